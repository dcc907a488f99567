"""Our retrieval measures against ir_measures on random rankings: equal to 1e-6 wherever both define one."""

import random

import ir_measures
import pytest
from ir_measures import RR, R, Success, nDCG

from dateline.eval.measures import ndcg_at_k, recall_at_k, reciprocal_rank, success_at_k

ARTICLES = [f"a{number}" for number in range(12)]


def _question(draw: random.Random) -> tuple[list[str], set[str]]:
    ranking = draw.sample(ARTICLES, draw.randint(1, 8))
    return ranking, set(draw.sample(ARTICLES, draw.randint(1, 5)))


@pytest.mark.parametrize("k", [1, 3, 5])
def test_measures_agree_with_ir_measures(k: int) -> None:
    draw = random.Random(k)
    questions = {f"q{number}": _question(draw) for number in range(60)}
    qrels = [ir_measures.Qrel(name, article, 1) for name, (_, relevant) in questions.items() for article in relevant]
    run = [
        ir_measures.ScoredDoc(name, article, -float(rank))
        for name, (ranking, _) in questions.items()
        for rank, article in enumerate(ranking)
    ]
    reference = {
        (metric.query_id, str(metric.measure)): metric.value
        for metric in ir_measures.iter_calc([R @ k, Success @ k, nDCG @ k, RR], qrels, run)
    }
    assert len(reference) == 4 * len(questions)
    for name, (ranking, relevant) in questions.items():
        assert recall_at_k(ranking, relevant, k=k) == pytest.approx(reference[name, f"R@{k}"], abs=1e-6)
        assert success_at_k(ranking, relevant, k=k) == pytest.approx(reference[name, f"Success@{k}"], abs=1e-6)
        assert ndcg_at_k(ranking, relevant, k=k) == pytest.approx(reference[name, f"nDCG@{k}"], abs=1e-6)
        assert reciprocal_rank(ranking, relevant) == pytest.approx(reference[name, "RR"], abs=1e-6)
