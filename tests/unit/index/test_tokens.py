"""Token counts against numbers that OpenAI's tokenizer gives for cl100k_base."""

import os
import subprocess
import sys

import pytest

from dateline.index.tokens import count_each, count_tokens


@pytest.mark.parametrize(
    ("text", "n_tokens"),
    [
        ("", 0),
        ("hello world", 2),
        # The example of OpenAI's cookbook on counting tokens: "tiktoken is great!" has six in cl100k_base.
        ("tiktoken is great!", 6),
        # A control word is plain text: "<", "|", "endo", "ft", "ext", "|", ">" and not one token 100257.
        ("<|endoftext|>", 7),
    ],
)
def test_count_tokens_known_text_known_number(text: str, n_tokens: int) -> None:
    assert count_tokens(text) == n_tokens


def test_count_tokens_lone_surrogate_counted() -> None:
    assert count_tokens("a\ud800b") > 0


def test_count_each_several_texts_in_order() -> None:
    assert count_each(["hello world", "", "hello"]) == [2, 0, 1]
    assert count_each([]) == []


def test_count_tokens_fresh_process_no_cache_no_network_no_llama_index() -> None:
    program = (
        "import socket, sys\n"
        "def refuse(*_): raise AssertionError('reached for the network')\n"
        "socket.socket.connect = socket.getaddrinfo = refuse\n"
        "from dateline.index.tokens import count_tokens\n"
        "print(count_tokens('hello world'), 'llama_index.core' in sys.modules)"
    )
    environment = {name: value for name, value in os.environ.items() if "TIKTOKEN" not in name}
    done = subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=False)
    assert (done.stdout.split(), done.stderr) == (["2", "False"], "")


def test_count_tokens_own_cache_variable_left_as_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    from dateline.index import tokens

    monkeypatch.setenv("TIKTOKEN_CACHE_DIR", "elsewhere")
    tokens._encoding.cache_clear()
    assert count_tokens("hello world") == 2
    assert os.environ["TIKTOKEN_CACHE_DIR"] == "elsewhere"
