"""What holds for every test: no network but loopback, no key, no telemetry. Also the scripted language model's server.

Tests import the modules beside this file by their plain names: `from scripted_llm import Reply, ScriptedLLM`.
"""

import os
import socket
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

# Before any product module or library reads them.
os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
for _name in [name for name in os.environ if name.startswith(("OPENAI_", "DATELINE_"))]:
    if _name != "DATELINE_REQUIRE_BROWSER":  # a switch of the tests themselves
        del os.environ[_name]

from scripted_llm import ScriptedLLM  # noqa: E402


class LeftTheMachine(BaseException):
    """A test tried to reach another machine. Not an Exception, so that no product code can swallow it."""


def _is_local(family: int, address: object) -> bool:
    if family not in (socket.AF_INET, socket.AF_INET6):
        return True
    host = str(address[0]) if isinstance(address, tuple) else str(address)
    return host in ("localhost", "::1", "") or host.startswith("127.")


@pytest.fixture(autouse=True, scope="session")
def _offline() -> Iterator[None]:
    """Makes connecting or sending to, and looking up, any host but this one an error, in fixtures too."""
    with pytest.MonkeyPatch.context() as patches:
        _guard_sockets(patches)
        yield


def _guard_sockets(patches: pytest.MonkeyPatch) -> None:
    connect, connect_ex, sendto, look_up = (
        socket.socket.connect,
        socket.socket.connect_ex,
        socket.socket.sendto,
        socket.getaddrinfo,
    )

    def guard(family: int, address: object) -> None:
        if not _is_local(family, address):
            raise LeftTheMachine(f"a test tried to reach {address!r}")

    def guarded_connect(self: socket.socket, address: object) -> None:
        guard(self.family, address)
        return connect(self, address)

    def guarded_connect_ex(self: socket.socket, address: object) -> int:
        guard(self.family, address)
        return connect_ex(self, address)

    def guarded_sendto(self: socket.socket, data: bytes, *rest: object) -> int:
        guard(self.family, rest[-1])
        return sendto(self, data, *rest)

    def guarded_look_up(host: object, *rest: object, **named: object) -> object:
        plain = host.decode() if isinstance(host, bytes) else host
        guard(socket.AF_INET, (plain or "",))
        return look_up(host, *rest, **named)

    patches.setattr(socket.socket, "connect", guarded_connect)
    patches.setattr(socket.socket, "connect_ex", guarded_connect_ex)
    patches.setattr(socket.socket, "sendto", guarded_sendto)
    patches.setattr(socket, "getaddrinfo", guarded_look_up)


@pytest.fixture
def scripted_llm() -> Iterator[ScriptedLLM]:
    """A running OpenAI-compatible server on loopback that answers as it is told; see `scripted_llm.py`."""
    with ScriptedLLM() as server:
        yield server
