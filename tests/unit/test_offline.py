"""The guard of `conftest.py` works: nothing in a test can reach or look up another machine."""

import os
import socket

import pytest

# 192.0.2.0/24 and .invalid are set aside for examples and never answer (RFC 5737, RFC 2606).
ELSEWHERE = ("192.0.2.1", 443)


def test_connecting_elsewhere_is_an_error_that_no_product_code_swallows():
    with socket.socket() as plug, pytest.raises(BaseException, match="tried to reach") as caught:
        plug.connect(ELSEWHERE)
    assert not isinstance(caught.value, Exception)


def test_every_way_out_is_guarded():
    with socket.socket() as plug, pytest.raises(BaseException, match="tried to reach"):
        plug.connect_ex(ELSEWHERE)
    with socket.socket(type=socket.SOCK_DGRAM) as plug, pytest.raises(BaseException, match="tried to reach"):
        plug.sendto(b"?", ELSEWHERE)
    with pytest.raises(BaseException, match="tried to reach"):
        socket.create_connection(("name.invalid", 443))


def test_loopback_is_open():
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname()) as plug:
        assert plug.getpeername() == server.getsockname()


def test_no_key_and_no_telemetry():
    assert not [name for name in os.environ if name.startswith("OPENAI_")]
    assert os.environ["GRADIO_ANALYTICS_ENABLED"] == "False"
