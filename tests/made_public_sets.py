"""A data folder with public sets in miniature: everything invented, in the forms of the real files."""

import gzip
import json
from collections.abc import Iterable, Mapping
from pathlib import Path

NEWS = {
    "https://news.example/harbour-opens": "Mayor Ida Holm opened the harbour of Varby on Monday. It cost 40 million.",
    "https://news.example/bridge-closed": "The old bridge was closed on Tuesday after engineer Ole Berg found cracks.",
    "https://news.example/fair": "The autumn fair drew visitors from all over the island. Bakers sold apple cakes.",
}
HARBOUR, BRIDGE, FAIR = NEWS


def write_lines(path: Path, rows: Iterable[Mapping[str, object]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    text = "".join(json.dumps(row) + "\n" for row in rows)
    if path.suffix == ".gz":
        path.write_bytes(gzip.compress(text.encode()))
    else:
        path.write_text(text, encoding="utf-8")


def quiz_row(
    name: str, question: str, answer: str, *, found: Iterable[str], holding: Iterable[str], **more: object
) -> dict:
    return {
        "question_id": name,
        "date": "2023/03/06",
        "question": question,
        "answers": [answer],
        "gold_urls": [],
        "gold_urls_in_articles": [],
        "retrieved_urls": list(found),
        "urls_with_answer_string": list(holding),
    } | more


QUIZ = (
    quiz_row(
        "20230306_0", "Who opened the harbour of Varby?", "Ida Holm", found=(FAIR, HARBOUR), holding=(HARBOUR,),
        gold_urls=[HARBOUR], gold_urls_in_articles=[HARBOUR],
    ),
    quiz_row("20230306_1", "Who found cracks in the old bridge?", "Ole Berg", found=(BRIDGE,), holding=(BRIDGE,)),
    quiz_row("20230306_2", "Which comet passed Earth?", "Halvorsen", found=(FAIR,), holding=()),
    quiz_row("20230306_3", "These were sold at the fair, except:", "apple cakes", found=(FAIR,), holding=(FAIR,)),
    quiz_row("20230306_4", "What was sold at the fair?", "apple cakes", found=(FAIR,), holding=(FAIR,)),
)  # fmt: skip
# Of the last question nothing is published, and of the first two answers with one id the first is ours.
PREDICTIONS = (
    {"question_id": "20230306_0", "system": "open_gpt3_gcs", "task": "gen", "prediction": "Ida Holm", "score": 0.9},
    {"question_id": "20230306_0", "system": "open_gpt3_gcs", "task": "gen", "prediction": "A comet", "score": 0.1},
    {"question_id": "20230306_0", "system": "open_gpt3_gcs", "task": "mc", "prediction": ["1"], "score": 0.1},
    {"question_id": "20230306_1", "system": "open_gpt3_gcs", "task": "gen", "prediction": "Berg", "score": 0.5},
    {"question_id": "20230306_2", "system": "open_gpt3_gcs", "task": "gen", "prediction": "Venus", "score": 0.4},
    {"question_id": "20230306_3", "system": "open_gpt3_gcs", "task": "gen", "prediction": "Cakes", "score": 0.4},
    {"question_id": "20220306_0", "system": "open_gpt3_gcs", "task": "gen", "prediction": "Rain", "score": 0.4},
)


def write_quiz(data: Path, *, published: bool = True) -> None:
    """A year of quizzes, one file gzipped and the others not."""
    folder = data / "realtimeqa"
    write_lines(folder / "questions_2023.jsonl.gz", QUIZ)
    articles = (
        {"url": url, "title": None, "text": text, "authors": ["Liv Dahl"], "publish_date": "2023/03/01"}
        for url, text in NEWS.items()
    )
    write_lines(folder / "articles_2023.jsonl", articles)
    if published:
        write_lines(folder / "predictions_2022_2023.jsonl", PREDICTIONS)


def qa(name: str, question: str, context: str, *answers: str) -> dict:
    given = [{"text": answer, "answer_start": context.index(answer)} for answer in answers]
    return {"id": name, "question": question, "answers": given, "is_impossible": not answers}


PARAGRAPHS = {
    "First_Town": "Varby has 4,200 people. Its mayor is Ida Holm.",
    "Second_Town": "Lunde lies on a lake. The lake is called Stilla.",
    "Third_Town": "Ostby burned down in 1702.",
    "Fourth_Town": "Norby makes clocks.",
}


def write_squad(data: Path, file: str = "squad2_a_public.json") -> None:
    """Four articles of one paragraph and two questions each, one of them impossible."""
    entries = []
    asked = {
        "First_Town": ("Who is the mayor of Varby?", "Ida Holm"),
        "Second_Town": ("What is the lake called?", "Stilla"),
        "Third_Town": ("When did Ostby burn down?", "1702"),
        "Fourth_Town": ("What does Norby make?", "clocks"),
    }
    for title, context in PARAGRAPHS.items():
        question, answer = asked[title]
        rows = [qa(f"{title}-a", question, context, answer), qa(f"{title}-b", "Who painted the ceiling?", context)]
        entries.append({"title": title, "paragraphs": [{"context": context, "qas": rows}]})
    path = data / "reader" / file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps({"data": entries}), encoding="utf-8")


def write_clapnq(data: Path) -> None:
    """One paragraph whose answer is two sentences, and a question that it does not answer."""
    context = "The mill stands on a hill. It grinds oats. Sailors see it from afar."
    rows = [
        qa("mill-a", "what does the mill do", context, "It grinds oats.", "The mill stands on a hill."),
        qa("mill-b", "who built the mill", context),
    ]
    rows[0]["long_answers"] = ["The mill on the hill grinds oats."]
    path = data / "reader" / "clapnq_public.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(
        json.dumps({"data": [{"title": "Mill", "paragraphs": [{"context": context, "qas": rows}]}]}), "utf-8"
    )


def write_classic(data: Path, name: str = "med") -> None:
    """Four documents, one of them empty, and three queries, of which two are judged."""
    folder = data / "retrieval" / name
    texts = ("Herring swim in the cold bay.", "The lens of the eye bends light.", "", "Clocks are made of brass.")
    write_lines(folder / "corpus.jsonl.gz", ({"_id": str(i), "title": "", "text": t} for i, t in enumerate(texts, 1)))
    queries = ("where do herring swim", "what bends light in the eye", "who knows")
    write_lines(folder / "queries.jsonl", ({"_id": str(i), "text": text} for i, text in enumerate(queries, 1)))
    (folder / "qrels.tsv").write_text("query-id\tcorpus-id\tscore\n1\t1\t1\n2\t2\t1\n2\t4\t0\n", encoding="utf-8")
