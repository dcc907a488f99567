"""The lexical index: BM25 over chunks, kept on disk by tantivy. This is the only room for that library.

It is an index built from the record, never the truth: when its files are missing, torn or of another format it says so
(`generation` is None) and the next `apply` starts it anew. The generation is a document of the index itself, so that it
is committed together with what it speaks of. It must not read the record, and knows no query syntax.
"""

import shutil
import threading
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tantivy import (
    DocAddress,
    Document,
    Filter,
    Index,
    IndexWriter,
    Occur,
    Query,
    Schema,
    SchemaBuilder,
    Searcher,
    TextAnalyzer,
    TextAnalyzerBuilder,
    Tokenizer,
)

from ..errors import StorageError
from .terms import split_terms

# Raise it with any change to terms, stems or schema: an index on disk of another format is built again.
FORMAT = "1"
WRITER_HEAP_BYTES = 32_000_000
MAX_QUERY_TERMS = 256
_TIE_MARGIN = 16
_MANY_ARTICLES = 512
_WIDER = 4
_ANALYZER = "dateline"
# What tantivy raises when a file is not what it was: a ValueError, an OSError, or a Rust panic (a BaseException).
_PANIC = "PanicException"


@dataclass(frozen=True, slots=True)
class LexicalDoc:
    """One chunk as it is searched: its id, its article's id, and the words (title, publisher and date before them)."""

    chunk_id: str
    article_id: str
    text: str


class LexicalIndex:
    """BM25 (k1 1.2, b 0.75) over the stemmed, lower-cased, unaccented terms of chunks.

    One process writes; others may search the same folder meanwhile and see each commit as a whole. Safe for threads.
    """

    def __init__(self, path: Path | None) -> None:
        """Opens the folder if it holds a whole index; changes nothing there. None: in memory, gone at the end."""
        self._path = path
        self._lock = threading.RLock()
        self._analyzer = _analyzer()
        self._schema = _schema()
        self._index: Index | None = None
        self._writer: IndexWriter | None = None
        self._searcher: Searcher | None = None
        self._seen: tuple[int, int] | None = None
        self._generation: int | None = None
        with self._lock:
            self._refresh()

    @property
    def generation(self) -> int | None:
        """The record's generation that was committed last, here or by another process; None when new or unreadable."""
        with self._lock:
            self._refresh()
            return self._generation

    def apply(self, *, add: Iterable[LexicalDoc], delete_articles: Iterable[str], generation: int) -> None:
        """One commit: first the chunks of the articles go, then the documents come, then `generation` holds.

        Where `generation` was None this starts an empty index, so `add` must then be everything. If it fails, nothing
        of it is seen. Raises StorageError when the folder cannot be written or another process is writing there.
        """
        with self._lock, _as_storage_error(self._path):
            self._refresh()
            if self._generation is None:
                self._index = self._writer = None
            try:
                self._write(self._open_writer(), add=add, delete_articles=delete_articles, generation=generation)
            except BaseException:
                self._undo()
                raise
            self._load()

    def search(self, query: str, *, k: int, article_ids: Collection[str] | None = None) -> list[tuple[str, float]]:
        """At most k (chunk_id, BM25), best first, ties by chunk_id, every score above 0.

        Any text is a query; a chunk need hold only one of its terms. `article_ids` limits what is searched (none of
        them: nothing). An index that cannot be read gives nothing.
        """
        terms = self._terms(query)
        if k < 1 or not terms or (article_ids is not None and not article_ids):
            return []
        with self._lock:
            self._refresh()
            searcher = self._searcher
        if searcher is None:
            return []
        try:
            return self._best(searcher, terms, k=k, article_ids=article_ids)
        except BaseException as error:
            _reraise_if_not_damage(error)
            return []

    def close(self) -> None:
        """Waits for the writer and gives its lock back. Safe to call twice; a closed index finds nothing."""
        with self._lock:
            writer, self._writer = self._writer, None
            if writer is not None:
                writer.wait_merging_threads()
            self._index = self._searcher = None
            self._generation, self._path = None, None

    def _terms(self, text: str) -> list[str]:
        return self._analyzer.analyze(" ".join(split_terms(text)))

    def _best(
        self, searcher: Searcher, terms: list[str], *, k: int, article_ids: Collection[str] | None
    ) -> list[tuple[str, float]]:
        if article_ids is not None and len(article_ids) > _MANY_ARTICLES:
            # To tantivy a set of thousands costs more than more hits: 13 ms against 4 for 10,000 (67,000 chunks).
            rows, n_seen = _hits(searcher, self._query(terms, None), k=_WIDER * k)
            allowed = [row for row in rows if row.article_id in article_ids]
            if len(allowed) >= k or n_seen < _WIDER * k:
                return [(row.chunk_id, row.score) for row in allowed[:k]]
        rows, _ = _hits(searcher, self._query(terms, article_ids), k=k)
        return [(row.chunk_id, row.score) for row in rows]

    def _query(self, terms: list[str], article_ids: Collection[str] | None) -> Query:
        counts = Counter(terms).most_common(MAX_QUERY_TERMS)
        words = Query.boolean_query([(Occur.Should, self._term(term, weight=n)) for term, n in counts])
        if article_ids is None:
            return words
        within = Query.const_score_query(Query.term_set_query(self._schema, "article", list(article_ids)), 0.0)
        return Query.boolean_query([(Occur.Must, words), (Occur.Must, within)])

    def _term(self, term: str, *, weight: int) -> Query:
        query = Query.term_query(self._schema, "words", term, index_option="freq")
        return Query.boost_query(query, float(weight)) if weight > 1 else query

    def _write(
        self, writer: IndexWriter, *, add: Iterable[LexicalDoc], delete_articles: Iterable[str], generation: int
    ) -> None:
        for article_id in delete_articles:
            writer.delete_documents_by_term("article", article_id)
        for doc in add:
            words = " ".join(split_terms(doc.text))
            writer.add_document(Document(chunk=doc.chunk_id, article=doc.article_id, words=words))
        writer.delete_documents_by_term("mark", FORMAT)
        writer.add_document(Document(mark=FORMAT, generation=generation))
        writer.commit()

    def _open_writer(self) -> IndexWriter:
        if self._index is None:
            self._index = self._new_index()
        if self._writer is None:
            self._writer = self._index.writer(heap_size=WRITER_HEAP_BYTES, num_threads=1)
        return self._writer

    def _undo(self) -> None:
        """Forgets what was not committed."""
        writer = self._writer
        try:
            if writer is not None:
                writer.rollback()
        except BaseException as error:
            _reraise_if_not_damage(error)
            self._writer = None

    def _new_index(self) -> Index:
        """An empty index, in place of whatever lies there."""
        if self._path is not None:
            shutil.rmtree(self._path, ignore_errors=True)
            self._path.mkdir(parents=True, exist_ok=True)
        index = Index(self._schema, path=None if self._path is None else str(self._path))
        index.register_tokenizer(_ANALYZER, self._analyzer)
        return index

    def _refresh(self) -> None:
        """Takes up what was committed since, by whomever."""
        seen = self._stamp()
        if seen != self._seen:
            self._load()

    def _stamp(self) -> tuple[int, int] | None:
        """What changes on disk with every commit; None in memory and where there is no index."""
        if self._path is None:
            return None
        try:
            state = (self._path / "meta.json").stat()
        except OSError:
            return None
        return state.st_mtime_ns, state.st_ino

    def _load(self) -> None:
        """A searcher over the last commit, and its generation; both None when the files cannot be read."""
        self._seen = self._stamp()
        try:
            if self._index is None and self._seen is not None and Index.exists(str(self._path)):
                self._index = Index.open(str(self._path))
                self._index.register_tokenizer(_ANALYZER, self._analyzer)
            if self._index is not None:
                self._index.reload()
                searcher = self._index.searcher()
                self._generation = _generation(searcher, self._schema)
                self._searcher = None if self._generation is None else searcher
        except BaseException as error:
            _reraise_if_not_damage(error)
            self._index, self._searcher, self._generation = None, None, None


def _schema() -> Schema:
    builder = SchemaBuilder()
    builder.add_text_field("words", tokenizer_name=_ANALYZER, index_option="freq")
    builder.add_text_field("chunk", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("article", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("mark", tokenizer_name="raw", index_option="basic")
    builder.add_unsigned_field("generation", stored=True)
    return builder.build()


def _analyzer() -> TextAnalyzer:
    """From terms that blanks divide to stems."""
    builder = TextAnalyzerBuilder(Tokenizer.whitespace())
    for step in (Filter.lowercase(), Filter.ascii_fold(), Filter.stemmer("english")):
        builder = builder.filter(step)
    return builder.build()


def _generation(searcher: Searcher, schema: Schema) -> int | None:
    hits = searcher.search(Query.term_query(schema, "mark", FORMAT, index_option="basic"), 1).hits
    return int(searcher.doc(hits[0][1])["generation"][0]) if hits else None


@dataclass(frozen=True, slots=True)
class _Hit:
    chunk_id: str
    article_id: str
    score: float


def _hits(searcher: Searcher, query: Query, *, k: int) -> tuple[list[_Hit], int]:
    """The k best, and how many were looked at: on past k while scores are equal, so that chunk ids decide ties."""
    limit = k + _TIE_MARGIN
    while True:
        found = searcher.search(query, limit, count=False).hits
        if len(found) < limit or found[-1][0] < found[k - 1][0]:
            break
        limit *= 4
    hits = [_hit(searcher, address, score=score) for score, address in found if score > 0]
    return sorted(hits, key=lambda hit: (-hit.score, hit.chunk_id))[:k], len(hits)


def _hit(searcher: Searcher, address: DocAddress, *, score: float) -> _Hit:
    doc = searcher.doc(address)
    return _Hit(doc["chunk"][0], doc["article"][0], float(score))


def _reraise_if_not_damage(error: BaseException) -> None:
    if not isinstance(error, (ValueError, OSError)) and type(error).__name__ != _PANIC:
        raise error


@contextmanager
def _as_storage_error(path: Path | None) -> Iterator[None]:
    try:
        yield
    except BaseException as error:
        _reraise_if_not_damage(error)
        raise StorageError(
            f"The lexical index in {path} cannot be written: {error}. "
            "Check that the disk has room and that no other process is writing there."
        ) from error
