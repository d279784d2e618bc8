"""Bytes to text: what is read, what is repaired, what is refused."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from unspin.text.intake import IntakeError, take_in

TEXT = "It’s naïve — “quoted”, ﬁne, ｗｉｄｅ.\r\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_unicode_encodings_are_found_and_written_back(encoding: str) -> None:
    data = TEXT.encode(encoding)
    intake = take_in(data)
    assert intake.text == TEXT
    assert intake.encode(intake.text) == data
    assert intake.repairs == ()


def test_big_endian_mark_is_kept() -> None:
    data = codecs.BOM_UTF16_BE + "war\n".encode("utf-16-be")
    assert take_in(data).encode("war\n") == data


def test_latin_1_bytes_come_back_as_they_were() -> None:
    data = "caf\xe9 cr\xe8me, 20 \xa3\r\n".encode("latin-1")
    intake = take_in(data)
    assert "café" in intake.text
    assert intake.encode(intake.text) == data


def test_declared_encoding_is_believed() -> None:
    data = b'<meta charset="iso-8859-5">' + "привет мир".encode("iso-8859-5")
    assert "привет мир" in take_in(data).text


def test_named_encoding_wins() -> None:
    assert take_in("naïve".encode("cp437"), encoding="cp437").text == "naïve"


def test_curly_quotes_ligatures_and_widths_are_no_mojibake() -> None:
    assert take_in(TEXT.encode()).text == TEXT


def test_mojibake_is_repaired_and_reported_by_line() -> None:
    broken = "clean line\n" + "It’s naïve".encode().decode("cp1252") + "\n"
    intake = take_in(broken.encode())
    assert intake.text == "clean line\nIt’s naïve\n"
    assert len(intake.repairs) == 1
    assert "line 2" in intake.repairs[0]


@pytest.mark.parametrize(
    ("data", "encoding", "said"),
    [
        (b"caf\xe9", "utf-8", "0xe9 at offset 3"),
        (b"abc\xff\x00\x00\x01", None, "0xff at offset 3"),
        (bytes(range(32)) * 50, None, "not text"),
        (b"x", "klingon", "no such encoding"),
    ],
)
def test_refusals_say_where_and_what(data: bytes, encoding: str | None, said: str) -> None:
    with pytest.raises(IntakeError, match=said):
        take_in(data, encoding=encoding)


def test_text_that_does_not_fit_its_encoding_is_an_error() -> None:
    with pytest.raises(IntakeError, match="does not fit"):
        take_in(b"caf\xe9").encode("Привет")


@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        intake = take_in(data)
    except IntakeError:
        return
    assert isinstance(intake.text, str)


@given(st.text(max_size=200))
def test_utf_8_without_repairs_is_read_exactly(text: str) -> None:
    try:
        data = text.encode()
        intake = take_in(data)
    except (IntakeError, UnicodeEncodeError):
        return
    if not intake.repairs and not text.startswith("\ufeff"):
        assert intake.text == text or "\0" in text
        assert intake.encode(intake.text) == data
