"""Facts of an article from a page's JSON-LD (schema.org NewsArticle and its kin). Pure functions of the script
texts.
"""

import json
import re
from collections.abc import Iterable, Iterator
from datetime import date
from html import unescape
from typing import Any

from .facts import Fact, Facts
from .publishers import spell_out
from .written_dates import believable, read_date

_ARTICLE = re.compile(r"Article|BlogPosting|Report$|Review$|LiveBlog")
_PAGE = re.compile(r"WebPage|ItemPage")
_ORIGIN = "json-ld"


def facts_of_json_ld(scripts: Iterable[str], *, today: date) -> Facts:
    """The facts of the first article that the scripts describe (else of the page); empty when they describe none."""
    things = [thing for script in scripts for thing in _things(_parse(script))]
    articles = [thing for thing in things if _is(thing, _ARTICLE)] or [thing for thing in things if _is(thing, _PAGE)]
    if not articles:
        return Facts()
    names = {thing["@id"]: thing.get("name") for thing in things if isinstance(thing.get("@id"), str)}
    article = articles[0]
    publisher = _name(article.get("publisher"), names)
    return Facts(
        title=_fact(_text(article.get("headline"))),
        author=_fact(_name(article.get("author"), names)),
        publisher=_fact(spell_out(publisher) if publisher else None),
        published=_day(article.get("datePublished"), today=today),
        updated=_day(article.get("dateModified"), today=today),
    )


def _parse(script: str) -> Any:
    """The JSON of a script; None when it is broken, as many are."""
    script = re.sub(r"^\s*(?:<!--|//<!\[CDATA\[|<!\[CDATA\[)|(?:-->|//\]\]>|\]\]>)\s*$", "", script)
    try:
        return json.loads(script, strict=False)
    except (ValueError, RecursionError):
        return None


def _things(value: Any, depth: int = 0) -> Iterator[dict[str, Any]]:
    """Every object that has a type, outer ones first; lists and `@graph` are gone into."""
    if depth > 6:
        return
    if isinstance(value, list):
        for item in value:
            yield from _things(item, depth + 1)
    elif isinstance(value, dict):
        if "@type" in value:
            yield value
        for key in ("@graph", "mainEntity", "mainEntityOfPage", "itemListElement"):
            yield from _things(value.get(key), depth + 1)


def _is(thing: dict[str, Any], kind: re.Pattern[str]) -> bool:
    types = thing["@type"] if isinstance(thing["@type"], list) else [thing["@type"]]
    return any(isinstance(name, str) and kind.search(name) for name in types)


def _name(value: Any, names: dict[str, Any]) -> str | None:
    """The name of a person or organisation, or of several; a reference (`@id`) is looked up."""
    if isinstance(value, list):
        found = [name for item in value if (name := _name(item, names))]
        return ", ".join(dict.fromkeys(found)) or None
    if isinstance(value, dict):
        return _text(value.get("name") or names.get(value.get("@id", "")))
    text = _text(value)
    return None if text and text.startswith("http") else text


def _text(value: Any) -> str | None:
    if isinstance(value, list):
        value = value[0] if value else None
    return " ".join(unescape(value).split()) or None if isinstance(value, str) else None


def _fact(value: str | None) -> Fact[str] | None:
    return Fact(value, _ORIGIN) if value else None


def _day(value: Any, *, today: date) -> Fact[date] | None:
    day = believable(read_date(value), today=today) if isinstance(value, str) else None
    return Fact(day, _ORIGIN) if day else None
