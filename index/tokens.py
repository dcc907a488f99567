"""How many tokens a text has, for chunk sizes and prompt budgets: the room of tiktoken.

tiktoken downloads its vocabulary at first use. llama-index-core carries the same files, so the cache is pointed there;
the folder is found without importing llama_index.core, which costs 100 MB. It must never reach for the network.
"""

import importlib.util
import os
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import tiktoken

from .errors import StorageError

ENCODING = "cl100k_base"


@cache
def _encoding() -> tiktoken.Encoding:
    spec = importlib.util.find_spec("llama_index.core")
    if spec is None or spec.origin is None:
        raise StorageError("llama-index-core is not installed, which carries the token vocabulary; reinstall Dateline")
    folder = Path(spec.origin).parent / "_static" / "tiktoken_cache"
    before = os.environ.get("TIKTOKEN_CACHE_DIR")
    os.environ["TIKTOKEN_CACHE_DIR"] = str(folder)
    try:
        return tiktoken.get_encoding(ENCODING)
    finally:
        _restore("TIKTOKEN_CACHE_DIR", before)


def _restore(name: str, value: str | None) -> None:
    if value is None:
        del os.environ[name]
    else:
        os.environ[name] = value


def count_tokens(text: str) -> int:
    """Tokens of cl100k_base; words that look like control tokens are counted as the plain text they are.

    >>> count_tokens("Ask the news."), count_tokens("")
    (4, 0)
    """
    return len(_encoding().encode_ordinary(text))


def count_each(texts: Sequence[str]) -> list[int]:
    """Tokens of each text, in order."""
    encode = _encoding().encode_ordinary
    return [len(encode(text)) for text in texts]
