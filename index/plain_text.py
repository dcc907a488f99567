"""Plain text into an article's main text and facts: what is read above it, at its head, in its lead and under it.

Pure: no file, no clock. The day after which no date is believed comes in as `today`. Formats that carry facts of their own
(JSON Lines, web pages, Markdown) hand their text here and prefer their own facts to the ones read here.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from .boilerplate import is_furniture, without_furniture
from .datelines import Dateline, read_dateline
from .facts import Draft, Fact, Facts
from .header_lines import author_of_credit, facts_of_line, facts_of_note, is_plain_name
from .language import guess_language
from .paragraphs import clean_characters, is_prose, join_paragraphs, split_paragraphs
from .publishers import is_known_publisher, publisher_of_lead, spell_out
from .written_dates import believable, find_dates

_DATE_PREFIX = re.compile(
    r"\s*(?:(?:date|published|pub_?date)\s*[:=]?\s+)?((?:19|20)\d\d-\d\d-\d\d)(?:[T ]\d\d:\d\d\S*)?[\s|:–—-]+(?=\S)",
    re.I,
)
_MAX_HEADER = 30
_MAX_FOOTER = 8
_MAX_TITLE_CHARS = 300
_MAX_LEAD_TITLE_CHARS = 110
_DATELINE_DAYS = 31


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
    """A title for an article without one: its first sentence without the dateline, cut at a word; None without words."""
    for paragraph in paragraphs:
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
    for i, line in enumerate(above):
        read = facts_of_line(line, today=today, unlabelled=True) or _facts_of_name(above, i)
        if read:
            facts = facts.or_else(read)
        elif not is_furniture(line) and not _is_repeat_of_outlet(above, i):
            left.append(line)
    end, below = _facts_under_standfirst(paragraphs, start, today=today)
    facts = facts.or_else(below)
    chosen = title or (facts.title.value if facts.title else None) or _choose_title(left, n_above=len(above))
    if chosen and not facts.title:
        facts = replace(facts, title=Fact(chosen, "first line"))
    rest = left[left.index(chosen) + 1 :] if chosen in left else left
    return _Header(facts, [*rest, *paragraphs[start : start + 1], *paragraphs[end:]])


def _first_prose(paragraphs: list[str], *, today: date) -> int:
    """Index of the first paragraph of running text, or of a dateline; all of a short text is its own first paragraph."""
    for i, paragraph in enumerate(paragraphs[:_MAX_HEADER]):
        if is_furniture(paragraph):
            continue
        if read_dateline(paragraph) or (is_prose(paragraph) and not _is_closed_headline(paragraphs, i, today=today)):
            return i
    return _last_line(paragraphs)


def _last_line(paragraphs: list[str]) -> int:
    """Where no running text is in sight: after the first line that could be a title, so that nothing is lost."""
    usable = [i for i, line in enumerate(paragraphs[:_MAX_HEADER]) if not is_furniture(line)]
    return usable[1] if len(usable) > 1 else (usable[0] if usable else 0)


def _is_closed_headline(paragraphs: list[str], i: int, *, today: date) -> bool:
    """A first line that ends like a sentence but stands right above a byline or a date: a headline all the same."""
    if i + 1 >= len(paragraphs) or len(paragraphs[i]) > 160 or any(not is_furniture(line) for line in paragraphs[:i]):
        return False
    return facts_of_line(paragraphs[i + 1], today=today, unlabelled=True) is not None


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


def _facts_of_name(lines: list[str], i: int) -> Facts | None:
    """A name without "By", right above the outlet ("Jane Doe / Valley Times") or a date."""
    if i + 1 < len(lines) and is_plain_name(lines[i]) and (i > 0 or is_known_publisher(lines[i + 1])):
        below = lines[i + 1]
        if is_known_publisher(below):
            return Facts(author=Fact(lines[i], "byline"), publisher=Fact(spell_out(below), "byline"))
    return None


def _is_repeat_of_outlet(lines: list[str], i: int) -> bool:
    return i > 0 and is_known_publisher(lines[i]) and is_plain_name(lines[i - 1])


def _choose_title(lines: list[str], *, n_above: int) -> str | None:
    """The headline among the lines above an article: the first of four words or more, else the longest of two."""
    usable = [line for line in lines if 8 <= len(line) <= _MAX_TITLE_CHARS and re.search(r"[^\W\d_]{2}", line)]
    long = next((line for line in usable if len(line.split()) >= 4), None)
    if long or not n_above:
        return long
    return max((line for line in usable if len(line.split()) >= 2), key=len, default=None)


def _read_footer(paragraphs: list[str], *, today: date) -> tuple[list[str], Facts]:
    """Facts in the last lines (source, copyright, dates with their label); the lines that are nothing else go."""
    facts, kept = Facts(), list(paragraphs)
    for i in range(len(paragraphs) - 1, max(0, len(paragraphs) - 1 - _MAX_FOOTER), -1):
        line = paragraphs[i]
        read = facts_of_line(line, today=today, unlabelled=False)
        if read:
            del kept[i]
            facts = facts.or_else(read)
            continue
        facts = facts.or_else(facts_of_note(line, today=today))
        author = author_of_credit(line)
        if author:
            facts = facts.or_else(Facts(author=Fact(author, "credit line")))
    return kept, facts


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
        if dateline.agency:
            facts = replace(facts, publisher=Fact(dateline.agency, "dateline"))
    if body and facts.publisher is None:
        reports = publisher_of_lead(body[i], has_dateline=dateline is not None)
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
