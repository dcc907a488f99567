"""Markdown into a draft: front matter and the first heading are facts, marks of formatting go, the words stay.

Only what articles use: headings, emphasis, links, images, quotes, lists, rules. Not a Markdown parser.
"""

import re
from datetime import date

from .facts import Draft, Fact, Facts
from .paragraphs import clean_characters
from .plain_text import read_plain_text
from .publishers import spell_out
from .written_dates import believable, read_date

_FRONT_MATTER = re.compile(r"\A\s*---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.S)
_FIELD = re.compile(r"^([A-Za-z_-]+)[ \t]*:[ \t]*(.+?)[ \t]*$", re.M)
_TITLE = re.compile(r"\A\s*(?:#[ \t]+(?P<hash>[^\n]+?)[ \t]*#*|(?P<under>[^\n]+)\n=+)[ \t]*(?:\n|\Z)")
_MARKS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"<!--.*?-->", re.S), ""),
    (re.compile(r"!\[[^\]\n]*\]\([^)\n]*\)"), ""),
    (re.compile(r"\[([^\]\n]+)\]\((?:[^()\n]|\([^()\n]*\))*\)"), r"\1"),
    (re.compile(r"^[ \t]{0,3}#{1,6}[ \t]+(.*?)[ \t]*#*[ \t]*$", re.M), r"\1\n"),
    (re.compile(r"^[ \t]{0,3}(?:>[ \t]?)+", re.M), ""),
    (re.compile(r"^[ \t]{0,3}(?:[-*_][ \t]*){3,}$", re.M), ""),
    (re.compile(r"(?<![\w*])(\*{1,3})(?=\S)([^*\n]+?)(?<=\S)\1(?![\w*])"), r"\2"),
    (re.compile(r"(?<![\w_])(_{1,3})(?=\S)([^_\n]+?)(?<=\S)\1(?![\w_])"), r"\2"),
    (re.compile(r"(?<!`)`([^`\n]+)`(?!`)"), r"\1"),
    (re.compile(r"\\([\\`*_{}\[\]()#+.!>-])"), r"\1"),
)


def read_markdown(text: str, *, today: date) -> Draft:
    """The article of a Markdown text; an empty `Draft.text` when it holds none."""
    text = clean_characters(text)
    facts, text = _take_front_matter(text, today=today)
    heading = _TITLE.match(text)
    if heading:
        text = text[heading.end() :]
        title = without_marks(heading["hash"] or heading["under"]).strip()
        facts = facts.or_else(Facts(title=Fact(title, "heading") if title else None))
    draft = read_plain_text(without_marks(text), today=today, title=facts.title.value if facts.title else None)
    return Draft(text=draft.text, facts=facts.or_else(draft.facts))


def without_marks(text: str) -> str:
    """The words without the marks of formatting; a link leaves its words, an image nothing."""
    for mark, words in _MARKS:
        text = mark.sub(words, text)
    return text


def _take_front_matter(text: str, *, today: date) -> tuple[Facts, str]:
    found = _FRONT_MATTER.match(text)
    if not found:
        return Facts(), text
    fields = {key.lower(): value.strip("'\"") for key, value in _FIELD.findall(found[1])}

    def named(*keys: str) -> Fact[str] | None:
        value = next((fields[key].strip("[] ") for key in keys if fields.get(key)), None)
        return Fact(value, "front matter") if value else None

    def dated(*keys: str) -> Fact[date] | None:
        days = (believable(read_date(fields[key]), today=today) for key in keys if key in fields)
        day = next((day for day in days if day), None)
        return Fact(day, "front matter") if day else None

    publisher = named("publisher", "source", "outlet")
    facts = Facts(
        title=named("title", "headline"),
        author=named("author", "authors", "byline"),
        publisher=Fact(spell_out(publisher.value), publisher.origin) if publisher else None,
        published=dated("published", "date", "publish_date", "datepublished"),
        updated=dated("updated", "modified", "lastmod"),
        url=named("url", "link", "canonical"),
        language=named("language", "lang"),
    )
    return facts, text[found.end() :]
