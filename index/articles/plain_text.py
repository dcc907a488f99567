"""Plain text into an article's main text and facts: what is read above it, at its head, in its lead and under it.

Pure: no file, no clock. The day after which no date is believed comes in as `today`. Formats that carry facts of
their own
(JSON Lines, web pages, Markdown) hand their text here and prefer their own facts to the ones read here.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from .boilerplate import is_furniture, without_furniture
from .bylines import author_of_credit, is_credit
from .datelines import Dateline, read_dateline
from .facts import Draft, Fact, Facts
from .header_lines import facts_of_line, facts_of_name, facts_of_note
from .language import guess_language
from .paragraphs import clean_characters, is_prose, join_paragraphs, split_paragraphs
from .publishers import publisher_of_lead
from .written_dates import believable, find_dates

_DATE_PREFIX = re.compile(
    r"\s*(?:(?:date|published|pub_?date)\s*[:=]?\s+)?((?:19|20)\d\d-\d\d-\d\d)(?:[T ]\d\d:\d\d\S*)?[\s|:–—-]+(?=\S)",
    re.I,
)
_MAX_HEADER = 30
_MAX_NOTES = 8
_MAX_TITLE_CHARS = 300
_MAX_LEAD_TITLE_CHARS = 110
_DATELINE_DAYS = 31
_CARRIERS = ("byline", "masthead", "copyright line")  # an agency's report is the agency's, whoever carries it


@dataclass(frozen=True, slots=True)
class _Header:
    """What stood above the article, and the paragraphs from its own first one on."""

    facts: Facts
    paragraphs: list[str]


def read_plain_text(text: str, *, today: date, title: str | None = None) -> Draft:
    """The article in a pasted or saved text. `title`, when known, is not looked for, and a line that repeats it goes.

    An empty `Draft.text` means that nothing of an article was there.
    """
    text, prefix = _take_date_prefix(clean_characters(text), today=today)
    paragraphs = split_paragraphs(text)
    header = _read_header(paragraphs, today=today, title=title)
    body, footer = _read_footer(header.paragraphs, today=today)
    body = without_furniture(body)
    facts = prefix.or_else(header.facts).or_else(footer)
    facts = _with_lead(facts, body, today=today)
    language = guess_language(join_paragraphs(body[:5]))
    if language:
        facts = facts.or_else(Facts(language=Fact(language, "words")))
    return Draft(text=join_paragraphs(body), facts=facts)


def title_from_lead(paragraphs: list[str]) -> str | None:
    """A title for an article without one: its first sentence without the dateline, cut at a word; None without
    words.
    """
    for paragraph in [p for p in paragraphs if is_prose(p)] or paragraphs:
        dateline = read_dateline(paragraph)
        words = " ".join(paragraph[dateline.end if dateline else 0 :].split())
        sentence = re.split(r"(?<=[a-zà-ÿ0-9)\]”\"»’%][.!?])[”\"»’]?\s+(?=[A-Z“\"«‘0-9])", words, maxsplit=1)[0]
        if len(sentence) > _MAX_LEAD_TITLE_CHARS:
            sentence = sentence[:_MAX_LEAD_TITLE_CHARS].rsplit(" ", 1)[0].rstrip(" ,;:–—-") + "…"
        sentence = sentence.rstrip(".").strip()
        if sentence:
            return sentence
    return None


def _take_date_prefix(text: str, *, today: date) -> tuple[str, Facts]:
    """A machine's date before the first word ("date 2023-03-24 ASTANA, …"), taken off the text."""
    prefix = _DATE_PREFIX.match(text)
    dates = find_dates(prefix[1]) if prefix else []
    if not prefix or not dates:
        return text, Facts()
    day = believable(dates[0].full, today=today)
    return text[prefix.end() :], Facts(published=Fact(day, "date prefix") if day else None)


def _read_header(paragraphs: list[str], *, today: date, title: str | None) -> _Header:
    start = _first_prose(paragraphs, today=today)
    above, facts = paragraphs[:start], Facts()
    left: list[str] = []
    candidates: list[str] = []
    for i, line in enumerate(above):
        read = facts_of_line(line, today=today, unlabelled=True) or facts_of_name(above, i, today=today)
        if read:
            facts = facts.or_else(read)
        elif not is_furniture(line):
            left.append(line)
            if _could_be_title(line, below=above[i + 1 : i + 2], today=today):
                candidates.append(line)
    end, below = _facts_under_standfirst(paragraphs, start, today=today)
    facts = facts.or_else(below)
    chosen = title or (facts.title.value if facts.title else None) or _best_title(candidates)
    if chosen and not facts.title:
        facts = replace(facts, title=Fact(chosen, "first line"))
    rest = left[left.index(chosen) + 1 :] if chosen in left else left
    return _Header(facts, [*rest, *paragraphs[start : start + 1], *paragraphs[end:]])


def _first_prose(paragraphs: list[str], *, today: date) -> int:
    """Index of the first paragraph of running text, or of a dateline; where there is none, after the first usable
    line.
    """
    for i, paragraph in enumerate(paragraphs[:_MAX_HEADER]):
        if is_furniture(paragraph):
            continue
        if is_prose(paragraph) and not _is_closed_headline(paragraphs, i, today=today):
            return i
        dateline = read_dateline(paragraph)
        if dateline and (dateline.agency or dateline.day or dateline.end >= len(paragraph)):
            return i
    lines = enumerate(paragraphs[:_MAX_HEADER])
    usable = [
        i for i, line in lines if not is_furniture(line) and not facts_of_line(line, today=today, unlabelled=True)
    ]
    return next(iter(usable[1:2] or usable), len(paragraphs))


def _is_closed_headline(paragraphs: list[str], i: int, *, today: date) -> bool:
    """A first line that ends like a sentence but stands right above a byline or a date: a headline all the same."""
    if i + 1 >= len(paragraphs) or len(paragraphs[i]) > 160 or any(not is_furniture(line) for line in paragraphs[:i]):
        return False
    return facts_of_line(paragraphs[i + 1], today=today, unlabelled=True) is not None


def _could_be_title(line: str, *, below: list[str], today: date) -> bool:
    """A headline: some words, not a closed sentence, no credit. A short or closed one needs a byline or date below
    it.
    """
    if not 8 <= len(line) <= _MAX_TITLE_CHARS or line.endswith((":", ",", "—", "–")) or "@" in line or is_credit(line):
        return False
    n_words = len(re.findall(r"[^\W\d_]{2,}", line))
    if n_words >= 4 and not re.search(r"[^.]\.[”\"’]?$", line):
        return True
    return n_words >= 2 and bool(below) and facts_of_line(below[0], today=today, unlabelled=True) is not None


def _best_title(candidates: list[str]) -> str | None:
    """The first of four words or more, else the first: a kicker is shorter than a headline."""
    return next((line for line in candidates if len(line.split()) >= 4), next(iter(candidates), None))


def _facts_under_standfirst(paragraphs: list[str], start: int, *, today: date) -> tuple[int, Facts]:
    """A byline and dates that come after a first sentence in bold: the index after them, and their facts."""
    end, facts = start + 1, Facts()
    for i in range(start + 1, min(start + 6, len(paragraphs))):
        read = facts_of_line(paragraphs[i], today=today, unlabelled=bool(facts.author))
        if read is None and not is_furniture(paragraphs[i]):
            break
        if read:
            end, facts = i + 1, facts.or_else(read)
    return end, facts


def _read_footer(paragraphs: list[str], *, today: date) -> tuple[list[str], Facts]:
    """Facts in the closing lines (source, copyright, byline, dates with their label), which go; and in closing
    notes.
    """
    end, facts = len(paragraphs), Facts()
    while end > 0:
        read = facts_of_line(paragraphs[end - 1], today=today, unlabelled=False)
        if read is None and not is_furniture(paragraphs[end - 1]):
            break
        facts = facts.or_else(read or Facts())
        end -= 1
    for line in reversed(paragraphs[max(0, end - _MAX_NOTES) : end]):
        facts = facts.or_else(facts_of_note(line, today=today))
        author = author_of_credit(line)
        if author:
            facts = facts.or_else(Facts(author=Fact(author, "credit line")))
    return paragraphs[:end], facts


def _with_lead(facts: Facts, body: list[str], *, today: date) -> Facts:
    """The facts, completed from the dateline and the first sentence."""
    dateline, i = _find_dateline(body[:4])
    if dateline:
        facts = facts.or_else(
            Facts(
                dateline_place=Fact(dateline.place, "dateline") if dateline.place else None,
                published=_dateline_day(dateline, facts, today=today),
            )
        )
        if dateline.agency and (facts.publisher is None or facts.publisher.origin in _CARRIERS):
            facts = replace(facts, publisher=Fact(dateline.agency, "dateline"))
    if body and facts.publisher is None:
        reports = publisher_of_lead(body[i], has_dateline=dateline is not None and dateline.day is not None)
        facts = replace(facts, publisher=Fact(reports, "lead") if reports else None)
    if facts.title is None and (title := title_from_lead(body)):
        facts = replace(facts, title=Fact(title, "lead"))
    return facts


def _find_dateline(paragraphs: Iterable[str]) -> tuple[Dateline | None, int]:
    for i, paragraph in enumerate(paragraphs):
        dateline = read_dateline(paragraph)
        if dateline:
            return dateline, i
        if is_prose(paragraph) and i > 0:
            break
    return None, 0


def _dateline_day(dateline: Dateline, facts: Facts, *, today: date) -> Fact[date] | None:
    """The dateline's day: with its own year, or with the year of the article's own stated update soon after it."""
    if dateline.day is None:
        return None
    day = dateline.day.full
    if day is None and facts.updated:
        stated = facts.updated.value
        years = (dateline.day.in_year(stated.year), dateline.day.in_year(stated.year - 1))
        day = next((d for d in years if d and 0 <= (stated - d).days <= _DATELINE_DAYS), None)
    day = believable(day, today=today)
    return Fact(day, "dateline") if day else None
