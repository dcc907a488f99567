"""Example questions made from whatever articles are there: their names, their speakers, their offices.

They show what can be asked; nothing here knows any particular article. `Examples` asks them once, so that the page
offers only what is answered.
"""

import logging
import re
import threading
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from itertools import islice
from typing import TYPE_CHECKING

from ...index.article import Article
from ..answer import Answer
from .session import Exchange, Session

if TYPE_CHECKING:
    from ..api import Dateline

logger = logging.getLogger(__name__)

N_EXAMPLES = 4
N_FOLLOW_UPS = 3
# Enough to find good questions in, few enough to be ready when the page opens.
_READ, _TRIED = 60, 8
_PARTICLE = r"(?:(?:al|bin|da|de|del|den|der|di|dos|el|la|le|van|von) )?"
_NAME = rf"(?:[A-Z][\w’'-]+(?: {_PARTICLE}[A-Z][\w’'-]+){{1,2}})"
_SAYS = r"(?:said|says|told|noted|announced|stressed|explained|added|warned)"
_OFFICE = (
    r"(?i:president|prime minister|minister|chairman|chairwoman|chief executive|ceo|director|spokesman|spokeswoman|"
    r"spokesperson|head|secretary|governor|mayor|ambassador|professor|coach|captain)"
)
_SPEAKER = re.compile(rf"\b({_NAME}) {_SAYS}\b|\b{_SAYS} (?:[A-Z]\w+ ){{0,2}}?({_NAME})\b")
_HOLDER = re.compile(rf"\b{_OFFICE}\b(?: (?:of|for) [A-Z]\w+(?: [A-Z]\w+)?,?)? ({_NAME})")
_MEETING = re.compile(rf"\b({_NAME}) (?:met|meets|has met)(?: with)? ({_NAME})")
_NOT_NAMES = frozenset({
    "A", "An", "And", "At", "But", "CEO", "Deputy", "For", "In", "Minister", "Mr", "Mrs", "On", "President",
    "Prime", "That", "The", "These", "This", "Vice", "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
})  # fmt: skip


class Examples:
    """The example questions of an open corpus, made anew when its articles have changed. Safe for several threads."""

    def __init__(self, news: "Dateline") -> None:
        self._news = news
        self._made: tuple[tuple[tuple[str, datetime], ...], list[str]] = ((), [])
        self._making = threading.Lock()
        self._ending = threading.Event()

    @contextmanager
    def made_aside(self) -> Iterator[None]:
        """Makes the questions in a thread of its own meanwhile, so that the first visitor need not wait for them.

        Asking them also reads in the models, which the first real question would wait for. Ends with what is within:
        not before the question that is being asked is answered, and no other is asked then.
        """
        thread = threading.Thread(target=self._make, name="examples")
        thread.start()
        try:
            yield
        finally:
            self._ending.set()
            thread.join()

    def _make(self) -> None:
        try:
            self.questions()
        except Exception:  # whoever opens the page meets the same fault, and is told
            logger.exception("The example questions could not be made ahead")

    def questions(self) -> list[str]:
        """At most N_EXAMPLES questions; those that would be refused are left out, where asking costs nothing."""
        rows = self._news.articles()
        state = tuple((row.article_id, row.ingested) for row in rows)
        with self._making:
            if state != self._made[0]:
                articles = [self._news.article(row.article_id) for row in rows[:_READ]]
                self._made = (state, list(islice(self._answered(example_questions(articles, n=_TRIED)), N_EXAMPLES)))
            return self._made[1]

    def follow_ups(self, session: Session) -> list[str]:
        """At most N_FOLLOW_UPS questions from the evidence of the last answer that were not asked yet."""
        last = session.exchanges[-1] if session.exchanges else None
        if last is None or not isinstance(last.result, Answer):
            return []
        read = [
            replace(article, text=article.text[row.start : row.end])
            for row in last.result.evidence
            if (article := last.articles.get(row.article_id))
        ]
        asked = {text.casefold() for item in session.exchanges for text in _questions_of(item)}
        new = (text for text in example_questions(read, n=_TRIED) if text.casefold() not in asked)
        return list(islice(self._answered(new), N_FOLLOW_UPS))

    def _answered(self, questions: Iterable[str]) -> Iterator[str]:
        free = self._news.settings.reader_kind == "extractive"
        for question in questions:
            if self._ending.is_set():
                return
            if not free or isinstance(self._news.ask(question), Answer):
                yield question


def _questions_of(exchange: Exchange) -> tuple[str, ...]:
    result = exchange.result
    return (exchange.question,) if isinstance(result, str) else (exchange.question, result.standalone_question)


def example_questions(articles: Iterable[Article], *, n: int = N_EXAMPLES) -> list[str]:
    """At most n different questions, the kinds mixed, what most articles mention first; none for no articles."""
    kept = list(articles)
    kinds = [
        [f"When did {first} meet {second}?" for first, second in _pairs(kept)],
        [f"Who is {name}?" for name in _most_named(kept, _HOLDER)],
        [f"What did {name} say?" for name in _most_named(kept, _SPEAKER)],
        [f"What is reported about “{title}”?" for title in _titles(kept)],
    ]
    return _mixed(kinds, n=n)


def _mixed(kinds: Sequence[Sequence[str]], *, n: int) -> list[str]:
    longest = max((len(kind) for kind in kinds), default=0)
    questions = [kind[place] for place in range(longest) for kind in kinds if place < len(kind)]
    return list(dict.fromkeys(questions))[:n]


def _most_named(articles: Sequence[Article], pattern: re.Pattern[str]) -> list[str]:
    """Names that a pattern finds, those in most articles first, then in the order of the articles."""
    counts: Counter[str] = Counter()
    for article in articles:
        found = (next(filter(None, match.groups())) for match in pattern.finditer(article.text))
        counts.update(list(dict.fromkeys(name for name in map(_name, found) if name)))
    return [name for name, _ in counts.most_common(3)]


def _pairs(articles: Sequence[Article]) -> list[tuple[str, str]]:
    pairs = [match.groups() for article in articles for match in _MEETING.finditer(article.text)]
    named = [(_name(first), _name(second)) for first, second in pairs]
    return list(dict.fromkeys((first, second) for first, second in named if first and second))[:2]


def _name(found: str) -> str:
    """The last two words of a name (what stands before them is often an employer), with the particle between them.

    Empty when they are no name.
    """
    words = re.sub(r"[’']s$", "", found).split()
    capitals = [place for place, word in enumerate(words) if word[0].isupper()]
    kept = words[capitals[-2] :] if len(capitals) > 1 else []
    return "" if set(kept) & _NOT_NAMES else " ".join(kept)


def _titles(articles: Sequence[Article]) -> list[str]:
    return [article.title for article in articles if 15 <= len(article.title) <= 90][:2]
