"""The corpus: what goes in, what comes out, and what it does when things are not in order."""

import json
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from dateline.index.article import Article, Skipped
from dateline.index.chunk import Filters
from dateline.index.chunks import ChunkSettings
from dateline.index.corpus import Corpus
from dateline.index.embed import HashEmbedder
from dateline.index.errors import (
    ArticleNotFound,
    CorpusLocked,
    CorpusMismatch,
    CorpusReadOnly,
    ProviderUnavailable,
    StorageError,
)
from dateline.index.ingest_report import IngestProgress
from dateline.index.vectors.chroma import VectorSettings

HARBOUR = Article(
    article_id="harbour",
    title="Harbour reopens",
    publisher="Coast Courier",
    published=date(2021, 3, 4),
    text="The harbour of Ostby reopened on Thursday. Mayor Lind cut the ribbon. Ferries sail twice a day.",
    origins={"title": "first line"},
)
BRIDGE = Article(
    article_id="bridge",
    title="Bridge closed",
    publisher="Inland Post",
    published=date(2021, 5, 6),
    text="A lorry hit it.",
)
UNDATED = Article(article_id="undated", title="Fair", text="The fair draws crowds.")


class OtherModel(HashEmbedder):
    """Stands for another embedding model."""

    name = "other"


class CountingEmbedder(HashEmbedder):
    """Remembers what it was asked to embed."""

    def __init__(self) -> None:
        self.texts: list[str] = []

    def embed_texts(self, texts):
        self.texts += texts
        return super().embed_texts(texts)


def open_corpus(home: Path, **changes) -> Corpus:
    parts = {"embedder": HashEmbedder(), "chunking": ChunkSettings(max_tokens=16), "vectors": VectorSettings()}
    return Corpus.open(home, **parts | changes)


@pytest.fixture
def corpus(tmp_path: Path) -> Iterator[Corpus]:
    with open_corpus(tmp_path) as opened:
        yield opened


def nearest(corpus: Corpus, words: str, *, k: int = 1, filters: Filters | None = None) -> list[str]:
    """Article ids of the nearest chunks to the embedding text that holds these words."""
    embedding = corpus.embedder.embed_query(words)
    return [chunk_id.split("#")[0] for chunk_id, _ in corpus.search_dense(embedding, k=k, filters=filters)]


def embedding_text_of(corpus: Corpus, article_id: str) -> str:
    row = next(chunk_id for chunk_id, _ in corpus.search_lexical(corpus.article(article_id).title, k=1))
    return corpus.chunks([row])[row].embedding_text


def test_ingest_new_articles_are_added_and_found(corpus):
    report = corpus.ingest([HARBOUR, Skipped("x.bin", "binary"), BRIDGE])
    assert (report.added, report.updated, report.unchanged) == (("harbour", "bridge"), (), ())
    assert report.skipped == (Skipped("x.bin", "binary"),)
    assert report.n_articles == corpus.n_articles == 2
    text = embedding_text_of(corpus, "bridge")
    (hit,) = corpus.search_dense(corpus.embedder.embed_query(text), k=1)
    assert hit[0].startswith("bridge#")
    assert hit[1] == pytest.approx(1.0, abs=1e-5)
    assert corpus.notes == ()


def test_ingest_again_changes_nothing(corpus):
    corpus.ingest([HARBOUR])
    generation = corpus.generation
    assert corpus.ingest([HARBOUR]).unchanged == ("harbour",)
    assert corpus.generation == generation


def test_ingest_changed_article_embeds_only_its_new_chunks(tmp_path):
    embedder = CountingEmbedder()
    with open_corpus(tmp_path, embedder=embedder) as corpus:
        corpus.ingest([HARBOUR])
        embedder.texts.clear()
        report = corpus.ingest(
            [replace(HARBOUR, text=HARBOUR.text + " A storm had closed it in January of that year.")]
        )
        assert report.updated == ("harbour",)
        assert len(embedder.texts) == 1
        assert "storm" in embedder.texts[0]


def test_ingest_same_id_twice_in_one_run_keeps_the_last(corpus):
    report = corpus.ingest([HARBOUR, replace(HARBOUR, text="It closed again.")])
    assert (report.added, report.updated) == (("harbour",), ("harbour",))
    assert corpus.article("harbour").text == "It closed again."


def test_ingest_text_that_no_database_holds_is_skipped_with_a_reason(corpus):
    report = corpus.ingest([replace(HARBOUR, text="a\x00b"), replace(BRIDGE, text="a\ud800b"), UNDATED])
    assert [skipped.path for skipped in report.skipped] == ["harbour", "bridge"]
    assert report.added == ("undated",)


def test_ingest_tells_progress_article_by_article(corpus):
    told: list[IngestProgress] = []
    corpus.ingest([Skipped("x", "why"), HARBOUR, BRIDGE], progress=told.append)
    assert told == [
        IngestProgress(1, "x", "skipped"),
        IngestProgress(2, "harbour", "added"),
        IngestProgress(3, "bridge", "added"),
    ]


def test_ingest_embedder_fails_keeps_the_old_version(tmp_path):
    class Failing(CountingEmbedder):
        def embed_texts(self, texts):
            if self.texts:
                raise ProviderUnavailable("the server sleeps")
            return super().embed_texts(texts)

    with open_corpus(tmp_path, embedder=Failing()) as corpus:
        corpus.ingest([HARBOUR])
        with pytest.raises(ProviderUnavailable):
            corpus.ingest([replace(HARBOUR, text="Other words."), BRIDGE])
        assert corpus.article("harbour").text == HARBOUR.text
        assert corpus.n_articles == 1


def test_article_comes_back_as_it_went_in(corpus):
    corpus.ingest([HARBOUR])
    stored = corpus.article("harbour")
    assert replace(stored, ingested=None) == HARBOUR
    assert stored.ingested is not None
    (row,) = corpus.articles()
    assert (row.article_id, row.title, row.published, row.publisher) == (
        "harbour",
        "Harbour reopens",
        date(2021, 3, 4),
        "Coast Courier",
    )
    with pytest.raises(ArticleNotFound, match="nowhere"):
        corpus.article("nowhere")


def test_chunks_are_exact_spans_in_the_order_asked(corpus):
    corpus.ingest([HARBOUR, BRIDGE])
    ids = [chunk_id for chunk_id, _ in corpus.search_lexical("harbour bridge lorry", k=9)][::-1]
    chunks = corpus.chunks([*ids, "nowhere#0-1"])
    assert list(chunks) == ids
    for chunk in chunks.values():
        assert chunk.text == corpus.article(chunk.span.article_id).text[chunk.span.start : chunk.span.end] != ""


def test_delete_nothing_returns_it_any_more(corpus):
    corpus.ingest([HARBOUR, BRIDGE])
    text = embedding_text_of(corpus, "harbour")
    assert corpus.delete(["harbour", "nowhere"]) == ("harbour",)
    assert "harbour" not in nearest(corpus, text, k=50)
    assert corpus.search_lexical("harbour", k=5) == []
    assert [row.article_id for row in corpus.articles()] == ["bridge"]
    assert corpus.n_chunks == len(corpus.search_dense(corpus.embedder.embed_query(text), k=50))


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (Filters(article_ids=frozenset({"bridge", "nowhere"})), {"bridge"}),
        (Filters(publishers=frozenset({"Coast Courier"})), {"harbour"}),
        (Filters(published_from=date(2021, 4, 1)), {"bridge", "undated"}),
        (Filters(published_to=date(2021, 3, 4)), {"harbour", "undated"}),
        (Filters(published_to=date(2021, 3, 4), dated_only=True), {"harbour"}),
        (Filters(article_ids=frozenset()), set()),
        (Filters(), {"harbour", "bridge", "undated"}),
    ],
)
def test_search_filters_let_through_what_they_name(corpus, filters, expected):
    corpus.ingest([HARBOUR, BRIDGE, UNDATED])
    assert set(nearest(corpus, "any", k=50, filters=filters)) == expected
    lexical = corpus.search_lexical("harbour bridge fair", k=50, filters=filters)
    assert {chunk_id.split("#")[0] for chunk_id, _ in lexical} == expected


def test_open_second_writer_is_told_who_holds_it(tmp_path, corpus):
    with pytest.raises(CorpusLocked, match=r"process \d+ on .+, since 20"):
        open_corpus(tmp_path)


def test_open_read_only_beside_a_writer_sees_its_commits_and_changes_nothing(tmp_path, corpus):
    corpus.ingest([HARBOUR])
    with open_corpus(tmp_path, read_only=True) as reader:
        assert nearest(reader, "any") == ["harbour"]
        corpus.ingest([BRIDGE])
        assert set(nearest(reader, "any", k=50)) == {"harbour", "bridge"}
        assert reader.search_lexical("lorry", k=1)[0][0].startswith("bridge#")
        assert "reading only" in reader.notes[0]
        with pytest.raises(CorpusReadOnly):
            reader.ingest([UNDATED])
        with pytest.raises(CorpusReadOnly):
            reader.delete(["harbour"])


def test_open_read_only_without_a_lexical_index_follows_the_writer_all_the_same(tmp_path, corpus):
    corpus.ingest([HARBOUR])
    shutil.rmtree(tmp_path / "lexical")
    with open_corpus(tmp_path, read_only=True) as reader:
        assert reader.search_lexical("ribbon", k=1)
        corpus.ingest([BRIDGE])
        assert reader.search_lexical("lorry", k=1)
        assert corpus.search_lexical("lorry", k=1)


def test_open_read_only_without_a_corpus_says_so(tmp_path):
    with pytest.raises(StorageError, match="no corpus yet"):
        open_corpus(tmp_path / "nothing", read_only=True)
    assert not (tmp_path / "nothing").exists()


@pytest.mark.parametrize("change", [{"embedder": OtherModel()}, {"chunking": ChunkSettings(max_tokens=64)}])
def test_open_with_another_model_or_chunks_names_both_and_offers_the_rebuild(tmp_path, change):
    with open_corpus(tmp_path) as corpus:
        corpus.ingest([HARBOUR])
    with pytest.raises(CorpusMismatch, match=r"hash-64 .*/16.* ask for .*rebuild"):
        open_corpus(tmp_path, **change)
    with open_corpus(tmp_path) as corpus:
        assert corpus.n_articles == 1


def test_open_empty_corpus_takes_over_other_settings(tmp_path):
    open_corpus(tmp_path).close()
    with open_corpus(tmp_path, embedder=OtherModel()) as corpus:
        assert corpus.manifest()["embedder"] == "other"


def test_reopen_finds_everything_without_embedding(tmp_path):
    with open_corpus(tmp_path) as corpus:
        corpus.ingest([HARBOUR, BRIDGE])
        before = corpus.search_dense(corpus.embedder.embed_query("x"), k=9)
    embedder = CountingEmbedder()
    shutil.rmtree(tmp_path / "vectors")
    shutil.rmtree(tmp_path / "lexical")
    with open_corpus(tmp_path, embedder=embedder) as corpus:
        assert [hit[0] for hit in corpus.search_dense(HashEmbedder().embed_query("x"), k=9)] == [
            hit[0] for hit in before
        ]
        assert corpus.search_lexical("lorry", k=1)
        assert corpus.notes == ()
    assert embedder.texts == []


def test_rebuild_with_another_model_replaces_all_embeddings(tmp_path):
    with open_corpus(tmp_path) as corpus:
        corpus.ingest([HARBOUR, BRIDGE])
    told: list[tuple[int, int]] = []
    parts = {"chunking": ChunkSettings(max_tokens=64), "vectors": VectorSettings()}
    with Corpus.rebuild(
        tmp_path, embedder=OtherModel(), progress=lambda n, of: told.append((n, of)), **parts
    ) as corpus:
        assert corpus.manifest()["embedder"] == "other"
        assert corpus.n_chunks == 2
        assert replace(corpus.article("harbour"), ingested=None) == HARBOUR
        assert len(corpus.search_dense(corpus.embedder.embed_query("x"), k=9)) == 2
        assert corpus.search_lexical("lorry", k=1)
    assert told == [(2, 2)]


def test_rebuild_that_fails_leaves_the_old_corpus(tmp_path):
    class Failing(OtherModel):
        def embed_texts(self, texts):
            raise ProviderUnavailable("the server sleeps")

    with open_corpus(tmp_path) as corpus:
        corpus.ingest([HARBOUR])
        manifest = corpus.manifest()
    with pytest.raises(ProviderUnavailable):
        Corpus.rebuild(tmp_path, embedder=Failing(), chunking=ChunkSettings(), vectors=VectorSettings())
    with open_corpus(tmp_path) as corpus:
        assert corpus.manifest() == manifest
        assert nearest(corpus, "any") == ["harbour"]


def test_vectors_left_unclean_are_rebuilt_at_a_new_location(tmp_path):
    with open_corpus(tmp_path) as corpus:
        corpus.ingest([HARBOUR])
    state_file = tmp_path / "vectors" / "current.json"
    state = json.loads(state_file.read_text())
    assert state["location"] == "gen-0001"
    state_file.write_text(json.dumps(state | {"clean": False}))
    with open_corpus(tmp_path) as corpus:
        assert nearest(corpus, "any") == ["harbour"]
        assert corpus.notes == ()
    assert json.loads(state_file.read_text())["location"] == "gen-0002"
    assert not (tmp_path / "vectors" / "gen-0001").exists()


def test_vectors_on_a_dead_server_search_is_exact_and_says_so(tmp_path):
    with open_corpus(tmp_path, vectors=VectorSettings(url="http://127.0.0.1:9")) as corpus:
        corpus.ingest([HARBOUR])
        assert nearest(corpus, "any") == ["harbour"]
        assert "exact" in corpus.notes[0]


def test_ingest_long_run_lets_the_indexes_follow_on_the_way(corpus, monkeypatch):
    monkeypatch.setattr("dateline.index.ingest.BATCH_CHUNKS", 1)
    monkeypatch.setattr("dateline.index.ingest.FOLLOW_CHUNKS", 1)
    found: list[bool] = []

    def look(_progress: IngestProgress) -> None:
        found.append(bool(corpus.search_lexical("harbour", k=1)) and corpus._vectors.generation == 1)

    corpus.ingest([HARBOUR, BRIDGE], progress=look)
    assert found == [False, True]
