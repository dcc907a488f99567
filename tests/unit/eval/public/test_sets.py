"""Which questions the sets of a data folder ask, of which articles, and what they say of files that are not there."""

from pathlib import Path

import pytest
from made_public_sets import BRIDGE, FAIR, HARBOUR, write_clapnq, write_classic, write_quiz, write_squad

from dateline.eval.public.case import sample
from dateline.eval.public.suites import SuiteOptions, sets_of
from dateline.index.article import Article
from dateline.index.articles.read import article_id_of_url
from dateline.index.errors import BadInput


def _quiz(data: Path, **options: object):
    return sets_of("realtimeqa", data, SuiteOptions(year=2023, **options))[0]


def test_quiz_asks_what_was_published_and_answerable_and_never_except(tmp_path: Path) -> None:
    write_quiz(tmp_path)
    assert [case.id for case in _quiz(tmp_path).cases] == ["20230306_0", "20230306_1"]
    everything = _quiz(tmp_path, questions="all")
    assert [(case.id, case.kind) for case in everything.cases] == [
        ("20230306_0", "answer given"),
        ("20230306_1", "answer given"),
        ("20230306_2", "answer not given"),
    ]


def test_quiz_without_published_answers_asks_every_question_and_says_so(tmp_path: Path) -> None:
    write_quiz(tmp_path, published=False)
    asked = _quiz(tmp_path)
    assert [case.id for case in asked.cases] == ["20230306_0", "20230306_1", "20230306_4"]
    assert "published answers is not there" in asked.notes[0]


def test_quiz_limits_the_evidence_to_the_first_articles_found(tmp_path: Path) -> None:
    write_quiz(tmp_path)
    assert _quiz(tmp_path).cases[0].articles == (article_id_of_url(FAIR), article_id_of_url(HARBOUR))
    one = _quiz(tmp_path, n_given=1, questions="all").cases[0]
    assert (one.articles, one.kind) == ((article_id_of_url(FAIR),), "answer not given")
    assert _quiz(tmp_path, pool="year").cases[0].articles is None
    assert _quiz(tmp_path, as_of_day=True).cases[0].as_of.isoformat() == "2023-03-06"


def test_quiz_keeps_the_first_published_answer_of_an_id(tmp_path: Path) -> None:
    write_quiz(tmp_path)
    published = _quiz(tmp_path).compared["GPT-3 with search"]
    assert {name: one.answer for name, one in published.items()} == {
        "20230306_0": "Ida Holm",
        "20230306_1": "Berg",
        "20230306_2": "Venus",
        "20230306_3": "Cakes",
    }


def test_quiz_articles_come_from_the_products_own_parser(tmp_path: Path) -> None:
    write_quiz(tmp_path)
    (article,) = _quiz(tmp_path).articles({article_id_of_url(HARBOUR)})
    assert isinstance(article, Article)
    assert (article.url, article.author, str(article.published)) == (HARBOUR, "Liv Dahl", "2023-03-01")


def test_hidden_answers_are_pairs_and_the_second_lacks_every_holding_article(tmp_path: Path) -> None:
    write_quiz(tmp_path)
    cases = sets_of("abstention", tmp_path, SuiteOptions(sets=("realtimeqa-2023",)))[0].cases
    # Only the first question has an article left once those with the answer are gone.
    assert [(case.id, case.answerable, case.together) for case in cases] == [
        ("20230306_0", True, "20230306_0"),
        ("20230306_0#hidden", False, "20230306_0"),
    ]
    assert article_id_of_url(HARBOUR) in cases[0].articles
    assert cases[1].articles == (article_id_of_url(FAIR),)
    assert cases[1].answers == ()


def test_pool_counts_articles_that_hold_the_answer_and_those_linked(tmp_path: Path) -> None:
    write_quiz(tmp_path)
    cases = {c.id: c for c in sets_of("retrieval", tmp_path, SuiteOptions(sets=("realtimeqa-2023",)))[0].cases}
    harbour = frozenset({article_id_of_url(HARBOUR)})
    assert cases["20230306_0"].relevant == {"answer": harbour, "gold": harbour}
    assert cases["20230306_1"].relevant == {"answer": frozenset({article_id_of_url(BRIDGE)})}
    assert "20230306_2" not in cases


def test_classic_set_asks_judged_queries_only(tmp_path: Path) -> None:
    write_classic(tmp_path)
    asked = sets_of("retrieval", tmp_path, SuiteOptions(sets=("med",)))[0]
    assert {case.id: case.relevant["judged"] for case in asked.cases} == {"1": {"1"}, "2": {"2"}}
    assert [article.article_id for article in asked.articles(None)] == ["1", "2", "3", "4"]


def test_squad_paragraph_is_an_article_with_exact_gold_ranges(tmp_path: Path) -> None:
    write_squad(tmp_path)
    asked = sets_of("reader", tmp_path, SuiteOptions(sets=("squad2",), whole=True))[0]
    articles = {article.article_id: article for article in asked.articles(None)}
    case = asked.cases[0]
    ((article_id, start, end),) = case.gold
    assert case.articles == (article_id,)
    assert articles[article_id].text[start:end] == "Ida Holm"
    assert articles[article_id].title == "First Town"
    assert (asked.cases[1].answerable, asked.cases[1].answers, asked.cases[1].kind) == (False, (), "impossible")


def test_squad2_holds_out_every_second_article(tmp_path: Path) -> None:
    write_squad(tmp_path)
    held_out = sets_of("reader", tmp_path, SuiteOptions(sets=("squad2",)))[0]
    assert [case.id for case in held_out.cases] == ["Second_Town-a", "Second_Town-b", "Fourth_Town-a", "Fourth_Town-b"]
    whole = sets_of("reader", tmp_path, SuiteOptions(sets=("squad2",), whole=True))[0]
    assert len(whole.cases) == 8
    assert (held_out.name, whole.name) == ("reader-squad2", "reader-squad2-all")


def test_clapnq_is_right_by_citation_and_whole_by_nature(tmp_path: Path) -> None:
    write_clapnq(tmp_path)
    asked = sets_of("reader", tmp_path, SuiteOptions(sets=("clapnq",), whole=True))[0]
    assert (asked.name, asked.rightness, len(asked.cases)) == ("reader-clapnq", "cites", 2)
    assert asked.cases[0].answers[0] == "The mill on the hill grinds oats."
    assert len(asked.cases[0].gold) == 2


def test_sample_is_fixed_nested_and_keeps_pairs(tmp_path: Path) -> None:
    write_squad(tmp_path)
    asked = sets_of("reader", tmp_path, SuiteOptions(sets=("squad2",), whole=True))[0]
    few, more = ([case.id for case in sample(asked, n).cases] for n in (3, 6))
    assert (len(few), len(more)) == (3, 6)
    assert set(few) <= set(more)
    assert sample(asked, 99).cases == sample(asked, None).cases == asked.cases
    write_quiz(tmp_path)
    pairs = sets_of("abstention", tmp_path, SuiteOptions(sets=("realtimeqa-2023",)))[0]
    assert len(sample(pairs, 1).cases) == 2


def test_missing_file_is_named_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"no data folder .*--data"):
        sets_of("reader", tmp_path / "none", SuiteOptions())
    (tmp_path / "reader").mkdir()
    with pytest.raises(BadInput, match=r"neither new_wiki\.json nor new_wiki\.json\.gz"):
        sets_of("reader", tmp_path, SuiteOptions())


def test_set_without_a_question_is_not_run(tmp_path: Path) -> None:
    write_quiz(tmp_path)
    (tmp_path / "realtimeqa" / "questions_2023.jsonl.gz").write_bytes(b"")
    with pytest.raises(BadInput, match="realtimeqa-2023-given5-answerable has no question"):
        _quiz(tmp_path)


def test_unknown_set_is_answered_with_the_known_ones(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="no set 'nix'; its sets are new_wiki, reddit"):
        sets_of("reader", tmp_path, SuiteOptions(sets=("nix",)))


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("questions_2023.jsonl", b'{"question_id": "a"}', "line 1: it lacks date, question"),
        ("questions_2023.jsonl", b"[1]", "a JSON object was expected, not list"),
        ("questions_2023.jsonl", b"{", "cannot be read"),
        ("questions_2023.jsonl.gz", b"no gzip", "cannot be read"),
    ],
)
def test_broken_file_is_said_in_one_line(tmp_path: Path, name: str, content: bytes, said: str) -> None:
    write_quiz(tmp_path)
    (tmp_path / "realtimeqa" / "questions_2023.jsonl.gz").unlink()
    (tmp_path / "realtimeqa" / name).write_bytes(content)
    with pytest.raises(BadInput, match=said):
        _quiz(tmp_path)


def test_file_in_another_form_is_not_squad(tmp_path: Path) -> None:
    (tmp_path / "reader").mkdir()
    (tmp_path / "reader" / "new_wiki.json").write_text('{"data": [{"paragraphs": [{}]}]}', encoding="utf-8")
    with pytest.raises(BadInput, match="not in the form of SQuAD"):
        sets_of("reader", tmp_path, SuiteOptions(sets=("new_wiki",)))
