"""Ten prints of a wire story are one source: no more certain than one print, and said so."""

import json
from dataclasses import replace
from datetime import date

from dateline.app import Dateline, Settings
from dateline.app.main import main
from dateline.index.article import Article

STORY = (
    "A landslide blocked the railway between Granli and Ostmo on Thursday night, and no train will run before Sunday, "
    "the rail board said. Nobody was hurt, since the last train had passed an hour earlier. Geologist Sunniva Dahl "
    "said that eleven thousand cubic metres of clay had come down after a week of rain."
)
WIRE = Article(article_id="wire", title="Landslide", publisher="NTN", published=date(2023, 10, 13), text=STORY)
PRINTS = [
    replace(
        WIRE,
        article_id=f"print-{n}",
        title=f"Headline {n}",
        publisher=f"Paper {n}",
        published=date(2023, 10, 14),
        text=f"By Reporter {chr(64 + n)}\n\n{STORY}",
    )
    for n in range(1, 10)
]
ASKED = "When will trains run again between Granli and Ostmo?"


def test_ask_ten_prints_are_one_source_and_no_more_certain(tmp_path, capsys):
    settings = Settings(reader="extractive")
    with Dateline.open(tmp_path / "one", settings) as news:
        news.ingest_articles([WIRE])
        alone = news.ask(ASKED)
    with Dateline.open(tmp_path / "ten", settings) as news:
        news.ingest_articles([*PRINTS, WIRE])
        printed = news.ask(ASKED)
        assert len(news.copies("wire")) == 9
        assert {row.n_copies for row in news.articles()} == {9}
        before = news.ask(ASKED, as_of=date(2023, 10, 13))
    assert alone.kind == printed.kind == "answer"
    assert {citation.article_id for citation in printed.citations} == {"wire"}
    assert printed.confidence == alone.confidence
    assert printed.sources.in_words() == "1 source, printed by 10 outlets"
    assert (alone.sources.in_words(), before.sources.in_words()) == ("1 source", "1 source")
    assert main(["--home", str(tmp_path / "ten"), "ask", "--json", ASKED]) == 0
    assert json.loads(capsys.readouterr().out)["sources"]["n_outlets"] == 10
