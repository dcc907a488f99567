import pytest

from dateline.index.articles.decoding import Undecodable, decode

TEXT = "The port’s “new” café reopened on Tuesday, and ships were moving again by noon."


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252"])
def test_decode_usual_encoding_gives_the_text(encoding):
    assert decode(TEXT.encode(encoding)) == TEXT


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "binary"),
        (bytes(range(128, 256)) * 20, "binary"),
        ("Порт снова открыт, сообщил во вторник начальник порта".encode("cp1251"), "binary"),
        (TEXT.encode()[:-1] + "é".encode()[:1], "not UTF-8 at byte"),
        (b"\xff\xfeA\x00B", "damaged"),
    ],
)
def test_decode_what_is_no_text_says_why(data, reason):
    read = decode(data)
    assert isinstance(read, Undecodable)
    assert reason in read.reason


def test_decode_declared_encoding_is_used_where_utf8_fails():
    text = "Порт снова открыт"
    assert decode(text.encode("cp1251"), declared="windows-1251") == text
