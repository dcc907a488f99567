"""Says what state a data folder is in, and mends what can be mended without a question.

Looking changes nothing and never opens Chroma's folder in this process, since a torn one could crash it. Mending is
opening: what is not in order is marked so, and a corpus that opens rebuilds it from the record. A damaged record is
never touched; what to do then is said. Works on any folder, however broken.
"""

import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Literal

from .chunks import ChunkSettings
from .corpus import Corpus, identity_of
from .embed import Embedder
from .errors import CorpusError, DatelineError, ProviderError
from .lexical.bm25 import LexicalIndex
from .lock import lock_owner
from .record.check import faults_of
from .record.rows import ChunkRow
from .record.store import Record
from .vectors.check import K, built_with, disagreement, sample_of
from .vectors.chroma import VectorSettings, collection_name, open_chroma
from .vectors.probe import Probe, probe
from .vectors.state import distrust, orphans, read_state

State = Literal["ok", "mended", "broken"]
_MIN_FREE_BYTES = 200_000_000
_N_EMBEDDED = 5
_SAME_COSINE = 0.99  # int8 arithmetic differs a little between processors


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at: what, its state, and in words what was found and what to do."""

    what: str
    state: State
    told: str


def diagnose(
    home: Path,
    *,
    embedder: Embedder,
    chunking: ChunkSettings,
    vectors: VectorSettings,
    database_url: str | None = None,
    mend: bool = True,
) -> list[Finding]:
    """Looks at everything; with `mend` mends what can be and looks again. Never raises for the folder's sake.

    While another process writes there, nothing is mended and Chroma's folder is left alone.
    """
    home = Path(home)
    look = partial(_look, home, embedder=embedder, chunking=chunking, vectors=vectors, database_url=database_url)
    before = look()
    broken = {finding.what for finding in before if finding.state == "broken"}
    if not mend or not broken & {"vector index", "lexical index", "left-over builds"} or "writer" in broken:
        return before
    opened = partial(Corpus.open, embedder=embedder, chunking=chunking, vectors=vectors, database_url=database_url)
    failed = _mend(home, broken, opened)
    was = {finding.what: finding.told for finding in before}
    after = [_mended(finding, was) if finding.what in broken else finding for finding in look()]
    return after + ([Finding("mending", "broken", failed)] if failed else [])


def _mended(finding: Finding, was: dict[str, str]) -> Finding:
    if finding.state != "ok":
        return finding
    return Finding(finding.what, "mended", f"It was not in order ({was[finding.what]}); now: {finding.told}")


def _mend(home: Path, broken: set[str], opened: Callable[[Path], Corpus]) -> str | None:
    """Marks what is broken so that opening rebuilds it, and opens; why that failed, if it did."""
    try:
        if "vector index" in broken:
            distrust(home / "vectors")
        if "lexical index" in broken:
            shutil.rmtree(home / "lexical", ignore_errors=True)
        with opened(home) as corpus:
            corpus.wait()
            return "; ".join(corpus.notes) or None
    except (DatelineError, OSError) as error:
        return str(error)


def _look(
    home: Path, *, embedder: Embedder, chunking: ChunkSettings, vectors: VectorSettings, database_url: str | None
) -> list[Finding]:
    found = list(_folder(home))
    if any(finding.state == "broken" for finding in found):
        return found
    try:
        record = Record.open(home, url=database_url, read_only=True)
    except CorpusError as error:
        return [*found, Finding("record", "broken", str(error))]
    with record:
        found += _record(record, embedder=embedder, chunking=chunking)
        if all(finding.state == "ok" for finding in found):
            sample = sample_of(record)
            found += [
                _model(record, sample, embedder),
                _lexical(record, home / "lexical", sample),
                _vectors(record, home, vectors, sample),
                _left_overs(home / "vectors"),
            ]
    return found


def _folder(home: Path) -> Iterator[Finding]:
    if not home.is_dir():
        yield Finding(
            "data folder", "broken", f"{home} is not there. Ingest articles to make it, or name another with --home."
        )
        return
    yield Finding("data folder", "ok", str(home))
    free = shutil.disk_usage(home).free
    room = f"{free / 1e9:.1f} GB free"
    if free < _MIN_FREE_BYTES:
        yield Finding("disk space", "broken", f"{room}. Make room before you ingest; what is stored is not in danger.")
    else:
        yield Finding("disk space", "ok", room)
    owner = lock_owner(home)
    yield Finding("writer", "ok", f"{owner} writes here now." if owner else "nobody writes here now.")


def _record(record: Record, *, embedder: Embedder, chunking: ChunkSettings) -> Iterator[Finding]:
    stored, asked = record.identity(), identity_of(embedder, chunking)
    if stored is None:
        yield Finding("record", "ok", "nothing ingested yet.")
        return
    try:
        faults = faults_of(record, dim=stored.dim)
    except CorpusError as error:
        faults = [str(error)]
    if faults:
        more = f" and {len(faults) - 3} more" if len(faults) > 3 else ""
        advice = "Delete those articles and ingest them again, or restore the record from a copy."
        yield Finding("record", "broken", f"{'; '.join(faults[:3])}{more}. {advice}")
        return
    counts = f"{record.n_articles} articles, {record.n_chunks} chunks, generation {record.generation}"
    yield Finding("record", "ok", counts)
    if stored != asked and record.n_articles:
        advice = "Set them back, or run `dateline doctor --rebuild`."
        yield Finding(
            "settings", "broken", f"The corpus was built with {stored}; the settings ask for {asked}. {advice}"
        )


def _model(record: Record, sample: Sequence[ChunkRow], embedder: Embedder) -> Finding:
    stored = dict(
        pair for row in sample[:_N_EMBEDDED] for pair in list(record.embeddings_of(row.article_id).items())[:2]
    )
    try:
        fresh = embedder.embed_texts(list(stored))
    except ProviderError as error:
        return Finding("embedding model", "broken", f"{embedder.name} does not answer: {error}")
    least = min((float(old @ new) for old, new in zip(stored.values(), fresh, strict=True)), default=1.0)
    if least < _SAME_COSINE:
        told = f"{embedder.name} gives other embeddings than are stored (cosine {least:.3f})."
        return Finding("embedding model", "broken", f"{told} Run `dateline doctor --rebuild`.")
    return Finding("embedding model", "ok", f"{embedder.name} gives the embeddings that are stored.")


def _lexical(record: Record, folder: Path, sample: Sequence[ChunkRow]) -> Finding:
    path = folder / record.corpus_id
    index = LexicalIndex(path if path.is_dir() else None)
    try:
        if index.generation != record.generation:
            told = f"stands at generation {index.generation}, the record at {record.generation}"
            return Finding("lexical index", "broken", told)
        lost = [row.chunk_id for row in sample if not _is_found(index, row)]
    finally:
        index.close()
    if lost:
        return Finding("lexical index", "broken", f"does not find {', '.join(lost[:3])}")
    return Finding("lexical index", "ok", f"generation {record.generation}, {len(sample)} samples found")


def _is_found(index: LexicalIndex, row: ChunkRow) -> bool:
    if not any(character.isalnum() for character in row.embedding_text):
        return True
    return bool(index.search(row.embedding_text, k=1, article_ids=[row.article_id]))


def _vectors(record: Record, home: Path, settings: VectorSettings, sample: Sequence[ChunkRow]) -> Finding:
    if settings.kind == "embedded" and lock_owner(home):
        return Finding("vector index", "ok", "in use by the process that writes here; not looked at.")
    told = _asked_chroma(record, home / "vectors", settings, sample)
    if isinstance(told, str):
        return Finding("vector index", "broken", told)
    generation = told.metadata.get("generation")
    if generation != record.generation:
        return Finding(
            "vector index", "broken", f"stands at generation {generation}, the record at {record.generation}"
        )
    wrong = disagreement(told, record, sample)
    facts = (
        f"generation {generation}, {told.count} chunks, neighbours of {len(sample)} samples as exact search has them"
    )
    return Finding("vector index", "broken" if wrong else "ok", wrong or facts)


def _asked_chroma(record: Record, folder: Path, settings: VectorSettings, sample: Sequence[ChunkRow]) -> Probe | str:
    """What Chroma says of itself, or why it is not to be trusted."""
    state = read_state(folder)
    if state is None or state.place != settings.place:
        return "There is none here yet."
    if not state.clean:
        return "It was not left in order."
    queries = [row.embedding for row in sample]
    if settings.kind == "embedded":
        name = collection_name(settings, location=state.location, corpus_id=record.corpus_id)
        return probe(folder / state.location, name=name, queries=queries, k=K) or "Its files are missing or damaged."
    try:
        index = open_chroma(
            settings, folder, location=state.location, corpus_id=record.corpus_id, built_with=built_with(record)
        )
    except DatelineError as error:
        return str(error)
    try:
        hits = tuple(index.search(query, k=K) for query in queries)
        return Probe(index.count(), index.count(), {"generation": index.generation}, hits)
    except DatelineError as error:
        return str(error)
    finally:
        index.close()


def _left_overs(folder: Path) -> Finding:
    names = [path.name for path in orphans(folder, read_state(folder))]
    if names:
        return Finding("left-over builds", "broken", f"{', '.join(names)} in {folder} are of no use.")
    return Finding("left-over builds", "ok", "none")
