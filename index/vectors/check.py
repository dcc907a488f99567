"""Holds what Chroma says of itself against the record: counts, generation, and the neighbours of some chunks.

Only an index that finds what exact search finds is in order: a torn one may answer quickly, and wrongly. Reads only.
"""

from collections.abc import Sequence

from ..record.reading import RecordReader
from ..record.rows import ChunkRow
from .exact import ExactIndex, Hits, same_neighbours
from .neighbours import WEIGHT
from .probe import Probe

N_SAMPLES, K = 10, 10


def built_with(record: RecordReader) -> str:
    """What made the embeddings that an index holds: two indexes of one corpus with the same are alike."""
    known = record.facts()
    return f"{known.get('embedder')} ({known.get('dim')}), {known.get('chunking')}, neighbours {WEIGHT}"


def sample_of(record: RecordReader) -> list[ChunkRow]:
    """One chunk of each of some articles, spread over the corpus."""
    ids = sorted(record.hashes())
    some = ids[:: max(1, len(ids) // N_SAMPLES)][:N_SAMPLES]
    return list({row.article_id: row for row in record.chunk_rows(some)}.values())


def disagreement(told: Probe, record: RecordReader, sample: Sequence[ChunkRow]) -> str | None:
    """Where an index that stands at the record's generation differs from it; None when it does not.

    `told` must hold the K hits of each chunk of the sample.
    """
    n_chunks = record.n_chunks
    if told.count != n_chunks or not told.is_whole:
        return f"it counts {told.count} chunks and reaches {told.n_reachable}; the record has {n_chunks}"
    expected = _exact_hits(record, sample)
    n_equal = sum(same_neighbours(found, exact) for found, exact in zip(told.hits, expected, strict=True))
    if n_equal != len(sample):
        return f"the neighbours of {len(sample) - n_equal} of {len(sample)} samples differ from exact search"
    return None


def _exact_hits(record: RecordReader, sample: Sequence[ChunkRow]) -> list[Hits]:
    if not sample:
        return []
    index = ExactIndex(*record.embeddings(dim=len(sample[0].embedding)))
    return [index.search(row.embedding, k=K) for row in sample]
