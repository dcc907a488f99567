"""How many sources an answer really has: articles that print the same words are one. Pure."""

import re
from collections.abc import Iterable, Mapping, Sequence

from ...index.article import Article
from ..answer import Citation

# Of two articles, the share of the shorter one's runs of five words that the longer one has: wire copies are cut.
SAME_SHARE = 0.5
_RUN = 5


def sources_in_words(citations: Sequence[Citation], articles: Mapping[str, Article]) -> str:
    """ "1 source, printed by 4 outlets", "2 sources"; empty where nothing is cited."""
    cited = dict.fromkeys(citation.article_id for citation in citations)
    groups = same_source([articles[article_id] for article_id in cited if article_id in articles])
    if not groups:
        return ""
    n_copies = max(len(group) for group in groups)
    count = f"{len(groups)} source{'' if len(groups) == 1 else 's'}"
    return f"{count}, printed by {n_copies} outlets" if len(groups) == 1 and n_copies > 1 else count


def same_source(articles: Iterable[Article]) -> list[list[Article]]:
    """The articles in groups that print the same words, in order of appearance."""
    groups: list[list[tuple[Article, frozenset[str]]]] = []
    for article in articles:
        runs = _runs(article.text)
        like = next((group for group in groups if any(_same(runs, other) for _, other in group)), None)
        if like is None:
            groups.append([(article, runs)])
        else:
            like.append((article, runs))
    return [[article for article, _ in group] for group in groups]


def _runs(text: str) -> frozenset[str]:
    words = re.findall(r"\w+", text.casefold())
    return frozenset(" ".join(words[place : place + _RUN]) for place in range(max(1, len(words) - _RUN + 1)))


def _same(some: frozenset[str], others: frozenset[str]) -> bool:
    return len(some & others) >= SAME_SHARE * min(len(some), len(others))
