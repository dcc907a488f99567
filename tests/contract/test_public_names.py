"""The public surface is a fact that is tested: a name added or lost here is a decision, and goes into the changelog."""

import importlib

import pytest

SURFACE = {
    "dateline.app": ["Answer", "Chat", "Citation", "Dateline", "Refusal", "Settings", "Statement"],
}


@pytest.mark.parametrize("package", SURFACE)
def test_all_is_sorted_and_pinned(package):
    names = importlib.import_module(package).__all__
    assert names == sorted(SURFACE[package])


@pytest.mark.parametrize("package", SURFACE)
def test_all_names_are_there_and_say_what_they_are(package):
    module = importlib.import_module(package)
    for name in module.__all__:
        assert getattr(module, name).__doc__, name


def test_dateline_methods_are_pinned():
    from dateline.app import Dateline

    methods = sorted(name for name in vars(Dateline) if not name.startswith("_"))
    assert methods == [
        "article",
        "articles",
        "as_query_engine",
        "as_reranker",
        "as_retriever",
        "ask",
        "chat",
        "close",
        "copies",
        "corpus",
        "delete",
        "fingerprint",
        "ingest",
        "ingest_articles",
        "notes",
        "open",
        "search",
        "stream",
        "verify",
    ]
