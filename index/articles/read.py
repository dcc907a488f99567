"""Files and folders into articles: which files there are, which reader takes each, and what it is called.

Nothing in here raises for a bad file: it becomes a `Skipped` with a reason, and the rest goes on. The readers of the
formats are `plain_text`, `markdown`, `json_lines` and `web_page`.
"""

import hashlib
import os
import re
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from urllib.parse import parse_qsl, urlencode, urlsplit

from ..article import Article, Skipped
from ..errors import BadInput
from .decoding import Undecodable, decode
from .facts import Draft, Fact
from .json_lines import BadLine, read_json_lines
from .markdown import read_markdown
from .plain_text import read_plain_text
from .written_dates import believable, date_of_url

MAX_ARTICLE_BYTES = 5_000_000
MAX_PAGE_BYTES = 10_000_000  # a page's scripts and styles weigh more than its words

_TEXT, _MARKDOWN, _PAGE, _LINES = "text", "markdown", "page", "lines"
_KINDS = {
    ".txt": _TEXT, ".text": _TEXT, ".md": _MARKDOWN, ".markdown": _MARKDOWN, ".html": _PAGE, ".htm": _PAGE,
    ".xhtml": _PAGE, ".jsonl": _LINES, ".ndjson": _LINES,
}  # fmt: skip
_TRACKING = re.compile(r"(?:utm_\w+|fbclid|gclid|cmpid|ref|ref_src|smid|ocid|ito|mod|partner|share|s|src|amp)$", re.I)
_NOTHING_LEFT = "no article text was found in it"


@dataclass(frozen=True, slots=True)
class _File:
    """A file to read, and the article id that its place gives it."""

    path: Path
    name: str


def read_articles(paths: Iterable[Path], *, today: date | None = None) -> Iterator[Article | Skipped]:
    """The articles of files and folders (with all folders below, sorted, hidden files passed over), lazily, in order.

    What cannot be read comes as a `Skipped` in its place, and so does a second article with an id that this run has
    given already. A date later than `today` (the current UTC day when None) by more than a day is not believed.
    """
    day = today or datetime.now(UTC).date()
    seen: dict[str, str | None] = {}
    for file in _files(paths):
        if isinstance(file, Skipped):
            yield file
            continue
        for article in _read_file(file, today=day):
            if isinstance(article, Article) and article.article_id in seen:
                yield Skipped(article.path or "", _duplicate(article.article_id, seen[article.article_id]))
                continue
            if isinstance(article, Article):
                seen[article.article_id] = article.path
            yield article


def read_article_text(text: str, *, name: str, today: date | None = None) -> Article:
    """The article in a pasted text; `name` becomes its id. Raises BadInput when nothing of an article is in it."""
    day = today or datetime.now(UTC).date()
    if len(text) > MAX_ARTICLE_BYTES:
        raise BadInput(f"the text of {name!r} has {len(text):,} characters; the limit is {MAX_ARTICLE_BYTES:,}; cut it")
    article = _article(read_plain_text(text, today=day), name=name, path=None, today=day)
    if article is None:
        raise BadInput(f"{name!r}: {_NOTHING_LEFT}; paste the words of the article")
    return article


def article_id_of_url(url: str) -> str:
    """A readable, stable id: the last words of the address and eight hex digits of the canonical address's SHA-256.

    Scheme, "www.", tracking parameters, fragment and a closing slash make no difference.

    >>> article_id_of_url("https://example.org/world/gas-union/") == article_id_of_url("http://www.example.org/world/gas-union?utm_source=x")
    True
    """
    try:
        parts = urlsplit(url.strip())
        host = (parts.hostname or "").removeprefix("www.")
        port = f":{parts.port}" if parts.port not in (None, 80, 443) else ""
    except ValueError:  # not an address after all; still a stable name
        parts, host, port = urlsplit(""), url, ""
    path = re.sub(r"/(?:index\.\w{3,5})?$", "", parts.path)
    query = sorted((key, value) for key, value in parse_qsl(parts.query) if not _TRACKING.match(key))
    canonical = f"{host}{port}{path}" + (f"?{urlencode(query)}" if query else "")
    segments = [segment for segment in path.split("/") if re.search(r"[^\W\d_]{3}", segment)]
    slug = (
        re.sub(r"[^a-z0-9]+", "-", re.sub(r"\.\w{2,5}$", "", segments[-1]).lower()).strip("-")[:60] if segments else ""
    )
    return (
        f"{slug.strip('-') or host or 'article'}-{hashlib.sha256(canonical.encode('utf-8', 'replace')).hexdigest()[:8]}"
    )


def _files(paths: Iterable[Path]) -> Iterator[_File | Skipped]:
    for path in map(Path, paths):
        if os.path.isdir(path):
            yield from _files_below(path, top=path, above=frozenset())
        else:
            yield _known(path, name=path.stem)


def _files_below(folder: Path, *, top: Path, above: frozenset[tuple[int, int]]) -> Iterator[_File | Skipped]:
    """The files of a folder, then of the folders in it; a link that leads back into a folder above is not followed."""
    try:
        status = folder.stat()
        entries = sorted(folder.iterdir(), key=lambda entry: entry.name)
    except OSError as error:
        yield Skipped(_printable(folder), f"the folder cannot be read: {_why(error)}")
        return
    here = (status.st_dev, status.st_ino)
    if here in above:
        yield Skipped(_printable(folder), "it is a link back to a folder that it lies in")
        return
    for entry in entries:
        if entry.name.startswith("."):
            continue
        if os.path.isdir(entry):
            yield from _files_below(entry, top=top, above=above | {here})
        else:
            yield _known(entry, name=entry.relative_to(top).with_suffix("").as_posix())


def _known(path: Path, *, name: str) -> _File | Skipped:
    try:
        mode = path.stat().st_mode
    except ValueError:
        return Skipped(_printable(path), "its name holds a NUL character")
    except OSError as error:
        dangling = isinstance(error, FileNotFoundError) and path.is_symlink()
        return Skipped(_printable(path), "it is a link to a file that is not there" if dangling else _why(error))
    if not stat.S_ISREG(mode):
        return Skipped(_printable(path), "it is not a regular file")
    if path.suffix.lower() not in _KINDS:
        kind = f"files of the kind {path.suffix}" if path.suffix else "files without a suffix"
        return Skipped(_printable(path), f"{kind} are not read; these are: {', '.join(_KINDS)}")
    return _File(path, _printable(name))


def _read_file(file: _File, *, today: date) -> Iterator[Article | Skipped]:
    kind = _KINDS[file.path.suffix.lower()]
    try:
        if kind == _LINES:
            yield from _read_lines(file, today=today)
        else:
            yield _read_single(file, kind, today=today)
    except OSError as error:
        yield Skipped(_printable(file.path), _why(error))


def _read_single(file: _File, kind: str, *, today: date) -> Article | Skipped:
    where = _printable(file.path)
    limit = MAX_PAGE_BYTES if kind == _PAGE else MAX_ARTICLE_BYTES
    with file.path.open("rb") as opened:
        data = opened.read(limit + 1)
    if len(data) > limit:
        size = os.stat(file.path).st_size
        return Skipped(where, f"it is too long for one article ({size:,} bytes; the limit is {limit:,})")
    if not data.strip():
        return Skipped(where, "it is empty")
    draft = _draft(data, kind, today=today)
    if isinstance(draft, Undecodable):
        return Skipped(where, draft.reason)
    return _article(draft, name=file.name, path=where, today=today) or Skipped(where, _NOTHING_LEFT)


def _draft(data: bytes, kind: str, *, today: date) -> Draft | Undecodable:
    if kind == _PAGE:
        from .web_page import declared_encoding, read_web_page

        html = decode(data, declared=declared_encoding(data))
        return html if isinstance(html, Undecodable) else read_web_page(html, today=today)
    text = decode(data)
    if isinstance(text, Undecodable):
        return text
    return read_markdown(text, today=today) if kind == _MARKDOWN else read_plain_text(text, today=today)


def _read_lines(file: _File, *, today: date) -> Iterator[Article | Skipped]:
    n_lines = 0
    for row in read_json_lines(file.path, today=today, max_bytes=MAX_ARTICLE_BYTES):
        n_lines += 1
        where = f"{_printable(file.path)}:{row.line}"
        if isinstance(row, BadLine):
            yield Skipped(where, row.reason)
            continue
        article = _article(row.draft, name=f"{file.name}:{row.line}", path=where, today=today)
        yield article or Skipped(where, _NOTHING_LEFT)
    if not n_lines:
        yield Skipped(_printable(file.path), "it is empty")


def _article(draft: Draft, *, name: str, path: str | None, today: date) -> Article | None:
    """The article of a draft; None when it has no text. The day in its address is the last resort for its date."""
    facts = draft.facts
    if facts.url and facts.published is None and (day := believable(date_of_url(facts.url.value), today=today)):
        facts = replace(facts, published=Fact(day, "url"))
    if not draft.text or facts.title is None:
        return None
    article = Article(
        article_id=article_id_of_url(facts.url.value) if facts.url else name,
        text=draft.text,
        title=facts.title.value,
        path=path,
        url=facts.url.value if facts.url else None,
        origins=facts.origins(),
        metadata=draft.metadata,
    )
    return replace(
        article,
        publisher=facts.publisher.value if facts.publisher else None,
        author=facts.author.value if facts.author else None,
        published=facts.published.value if facts.published else None,
        updated=facts.updated.value if facts.updated else None,
        dateline_place=facts.dateline_place.value if facts.dateline_place else None,
        language=facts.language.value if facts.language else None,
    )


def _printable(path: Path | str) -> str:
    """A path as text that can be stored: bytes of a name that are not UTF-8 become U+FFFD."""
    return str(path).encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _duplicate(article_id: str, first: str | None) -> str:
    return f"its id {article_id!r} was given already to {first}; the first one stays"


def _why(error: OSError) -> str:
    """The reason of the operating system, in words for a person."""
    if isinstance(error, FileNotFoundError):
        return "it does not exist"
    if isinstance(error, PermissionError):
        return "there is no permission to read it"
    return f"it cannot be read: {(error.strerror or str(error)).lower()}"
