"""A saved web page into a draft: main text through trafilatura, dates through the page's own statements and htmldate.

The only room for trafilatura, htmldate and lxml; they are imported when the first page comes. No network. The page's
machine-readable facts (JSON-LD, meta, `<time>`) are preferred to what its words say.
"""

import re
from datetime import date
from typing import Any

from .facts import Draft, Fact, Facts
from .json_ld import facts_of_json_ld
from .plain_text import read_plain_text
from .publishers import spell_out
from .written_dates import believable, read_date

_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]+)""", re.I)
_PUBLISHED_META = (
    "article:published_time", "og:published_time", "datePublished", "date", "dc.date", "dc.date.issued",
    "dcterms.created",
    "dcterms.issued", "pubdate", "publishdate", "publish_date", "publish-date", "publication_date", "parsely-pub-date",
    "sailthru.date", "cxenseparse:recs:publishtime", "article.published", "citation_publication_date",
    "originalpublicationdate",
)  # fmt: skip
_UPDATED_META = (
    "article:modified_time", "og:updated_time", "dateModified", "dcterms.modified", "dc.date.modified",
    "last-modified", "lastmod",
    "article.updated", "revision_date",
)  # fmt: skip
_BESIDE = re.compile(r"related|sidebar|teaser|comment|recommend|popular|trending|latest|more-news|widget", re.I)
_TITLE_META = ("og:title", "twitter:title", "headline", "dc.title", "parsely-title")
_PUBLISHER_META = ("og:site_name", "dc.publisher", "publisher", "application-name", "citation_publisher")
_AUTHOR_META = ("author", "article:author", "dc.creator", "parsely-author", "byl", "sailthru.author")


def declared_encoding(data: bytes) -> str | None:
    """The encoding that a page names in its own head; None when it names none."""
    found = _CHARSET.search(data[:4096])
    return found[1].decode("ascii", "ignore") if found else None


def read_web_page(html: str, *, today: date) -> Draft:
    """The article of a page; an empty `Draft.text` when the page holds none."""
    import trafilatura
    from lxml import html as lxml_html

    try:
        tree = lxml_html.document_fromstring(html.encode("utf-8", "replace"), parser=_utf8_parser())
    except (ValueError, AssertionError, lxml_html.etree.ParserError):
        return Draft(text="", facts=Facts())
    facts = _facts_of_head(tree, today=today)
    found: Any = trafilatura.bare_extraction(html, include_comments=False, include_images=False, with_metadata=True)
    if found is None or not found.text:
        return Draft(text="", facts=facts)
    if facts.title is None and found.title:
        facts = facts.or_else(Facts(title=Fact(found.title, "headline")))
    inner = read_plain_text(found.text, today=today, title=facts.title.value if facts.title else None)
    facts = facts.or_else(inner.facts)
    return Draft(text=inner.text, facts=_with_extractors_facts(facts, found, tree=tree, today=today))


def _utf8_parser() -> Any:
    from lxml import html as lxml_html

    return lxml_html.HTMLParser(encoding="utf-8")


def _facts_of_head(tree: Any, *, today: date) -> Facts:
    scripts = [script.text or "" for script in tree.iterfind(".//script[@type='application/ld+json']")]
    meta = _meta(tree)
    facts = facts_of_json_ld(scripts, today=today)
    facts = facts.or_else(
        Facts(
            title=_meta_text(meta, _TITLE_META),
            publisher=_meta_text(meta, _PUBLISHER_META),
            author=_meta_author(meta),
            published=_meta_day(meta, _PUBLISHED_META, today=today),
            updated=_meta_day(meta, _UPDATED_META, today=today),
            url=_canonical_url(tree, meta),
            language=_declared_language(tree),
        )
    )
    facts = facts.or_else(_facts_of_time_elements(tree, today=today))
    return facts.or_else(Facts(title=_heading(tree))) if facts.title is None else _without_site_name(facts, tree)


def _meta(tree: Any) -> dict[str, str]:
    """Name (lower case) → content of the first meta element of that name."""
    found: dict[str, str] = {}
    for element in tree.iterfind(".//meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop") or element.get("http-equiv")
        content = (element.get("content") or "").strip()
        if name and content:
            found.setdefault(name.lower(), content)
    return found


def _meta_text(meta: dict[str, str], names: tuple[str, ...]) -> Fact[str] | None:
    value = next((meta[name.lower()] for name in names if name.lower() in meta), None)
    value = " ".join(value.split()) if value else None
    return Fact(spell_out(value) if names is _PUBLISHER_META else value, "meta") if value else None


def _meta_author(meta: dict[str, str]) -> Fact[str] | None:
    for name in _AUTHOR_META:
        value = " ".join(re.sub(r"(?i)^by\s+", "", meta.get(name, "")).split())
        if value and not value.startswith(("http", "@")) and len(value) <= 200:
            return Fact(value, "meta")
    return None


def _meta_day(meta: dict[str, str], names: tuple[str, ...], *, today: date) -> Fact[date] | None:
    for name in names:
        day = believable(read_date(meta.get(name.lower(), "")), today=today)
        if day:
            return Fact(day, "meta")
    return None


def _canonical_url(tree: Any, meta: dict[str, str]) -> Fact[str] | None:
    link = tree.find(".//link[@rel='canonical']")
    url = (link.get("href") if link is not None else None) or meta.get("og:url") or ""
    return Fact(url.strip(), "meta") if re.match(r"https?://[^/\s]+/\S+$", url.strip()) else None


def _declared_language(tree: Any) -> Fact[str] | None:
    found = re.match(r"[A-Za-z]{2}(?=$|[-_])", tree.get("lang") or "")
    return Fact(found[0].lower(), "html") if found else None


def _facts_of_time_elements(tree: Any, *, today: date) -> Facts:
    """The first `<time>` of the article; one that its class or itemprop calls an update is the update."""
    published = updated = None
    for element in [time for time in tree.iterfind(".//time") if not _is_beside_article(time)][:10]:
        day = believable(read_date(element.get("datetime") or element.text_content()), today=today)
        about = " ".join(
            [element.get("class") or "", element.get("itemprop") or "", element.getparent().text or ""]
        ).lower()
        if day and re.search(r"updat|modif|revis", about):
            updated = updated or Fact(day, "time element")
        elif day:
            published = published or Fact(day, "time element")
    return Facts(published=published, updated=updated)


def _is_beside_article(element: Any) -> bool:
    """Does it stand in a list of other articles, a sidebar, a menu, the comments or the footer?"""
    return any(above.tag == "li" or _names_other_articles(above) for above in element.iterancestors())


def _names_other_articles(element: Any) -> bool:
    names = f"{element.get('class') or ''} {element.get('id') or ''}"
    return element.tag in ("aside", "nav", "footer") or bool(_BESIDE.search(names) and not element.findall(".//h1"))


def _heading(tree: Any) -> Fact[str] | None:
    headings = [" ".join(element.text_content().split()) for element in tree.iterfind(".//h1")]
    headings = [heading for heading in headings if heading]
    return Fact(headings[0], "heading") if len(headings) == 1 else None


def _without_site_name(facts: Facts, tree: Any) -> Facts:
    """The page's one `<h1>` where the title in its head is that and the name of the site."""
    heading = _heading(tree)
    if heading and facts.title and len(heading.value) >= 8 and facts.title.value.startswith(heading.value):
        return Facts(title=Fact(heading.value, facts.title.origin)).or_else(facts)
    return facts


def _with_extractors_facts(facts: Facts, found: Any, *, tree: Any, today: date) -> Facts:
    """What trafilatura and htmldate read, for the facts still missing."""
    more = Facts(
        publisher=Fact(spell_out(found.sitename), "site name")
        if found.sitename and "." not in found.sitename
        else None,
        author=Fact(found.author.replace("; ", ", "), "extracted") if found.author else None,
        url=Fact(found.url, "extracted") if found.url and facts.url is None else None,
    )
    facts = facts.or_else(more)
    if facts.published is None and (day := _htmldate(tree, today=today)):
        facts = facts.or_else(Facts(published=Fact(day, "htmldate")))
    return facts


def _htmldate(tree: Any, *, today: date) -> date | None:
    """htmldate's careful search for the original date; its extensive one guesses from any number in the page.

    It looks at the whole page, so what stands beside the article is cut out of the tree first.
    """
    from htmldate import find_date

    for element in list(tree.iter("aside", "nav", "footer", "div", "section", "ul")):
        if _names_other_articles(element) and element.getparent() is not None:
            element.drop_tree()
    found = find_date(tree, original_date=True, extensive_search=False, max_date=today.isoformat())
    return believable(read_date(found), today=today) if found else None
