"""Bytes to text: encodings, and mojibake repaired.  The only importer of ftfy.

ftfy would also straighten quotes and split ligatures, which nobody asked for; it is called with that switched off, on the
lines where a scan finds something odd, and what it did is reported.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable
from dataclasses import dataclass

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARED = re.compile(
    rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{2,40})|<\?xml[^>]{0,200}encoding=[\"']([A-Za-z0-9_.:-]{2,40})"
)
# What misread UTF-8 looks like: a lead byte of a two- or three-byte sequence read as Latin-1, then a continuation.
_ODD = re.compile(
    "[\xc2-\xf4][\x80-\xbf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122]|[\x80-\x9f]|\ufffd"
)
# More control characters than this share of a sample: not text.
_BINARY_SHARE = 0.02


class IntakeError(ValueError):
    """Bytes that cannot be read as text; the message says at which offset and what to do."""


@dataclass(frozen=True, slots=True)
class Intake:
    """Decoded text, how it was encoded (to write it back the same way), and what was repaired.

    `bom`: the text began with a byte order mark.  `repairs`: one sentence each, for the reader.
    """

    text: str
    encoding: str
    bom: bool = False
    repairs: tuple[str, ...] = ()

    def encode(self, text: str) -> bytes:
        """Return `text` in the encoding it came in.  Raises IntakeError if a restored word does not fit it."""
        encoding = {"utf-8-sig": "utf-8", "utf-16": "utf-16-le", "utf-16-be-bom": "utf-16-be", "utf-32": "utf-32-le"}.get(
            self.encoding, self.encoding
        )
        mark = {"utf-8": codecs.BOM_UTF8}.get(encoding, "\ufeff".encode(encoding) if encoding.startswith("utf-") else b"")
        try:
            return (mark if self.bom else b"") + text.encode(encoding)
        except UnicodeEncodeError as error:
            raise IntakeError(f"the restored text does not fit {self.encoding}: {error.reason}") from error


def take_in(data: bytes, *, encoding: str | None = None, repair: bool = True) -> Intake:
    """Decode bytes and repair mojibake.

    `encoding`: what the caller knows; otherwise a byte order mark, UTF-8, a declaration in HTML or XML, or detection
    decide, in this order.  Raises `IntakeError` for what is not text.

    >>> take_in("It’s naïve".encode("cp1252")).text
    'It’s naïve'
    >>> take_in("It’s naïve".encode().decode("cp1252").encode()).repairs
    ('mojibake in line 1: utf-8 read as sloppy-windows-1252',)
    """
    text, name, bom = _decode(data, encoding)
    repairs: tuple[str, ...] = ()
    if repair and not text.isascii() and _ODD.search(text):
        text, repairs = _repair(text)
    return Intake(text, name, bom, repairs)


def _decode(data: bytes, encoding: str | None) -> tuple[str, str, bool]:
    for mark, name in _BOMS:
        if data.startswith(mark) and encoding is None:
            big = mark == codecs.BOM_UTF16_BE
            try:
                return data.decode(name), "utf-16-be-bom" if big else name, True
            except UnicodeDecodeError as error:
                raise _undecodable(error, name) from error
    if encoding is not None:
        try:
            return data.decode(encoding), encoding, False
        except UnicodeDecodeError as error:
            raise _undecodable(error, encoding) from error
        except LookupError:
            raise IntakeError(f"no such encoding: {encoding}") from None
    wide = _wide(data)
    if wide is not None:
        return (*wide, False)
    try:
        text, name = data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError as error:
        text, name = _legacy(data, error)
    _refuse_binary(text)
    return text, name, False


def _wide(data: bytes) -> tuple[str, str] | None:
    """Decode UTF-16 without a mark, which every second byte being zero gives away."""
    sample = data[:4096]
    for name, zeros in (("utf-16-le", sample[1::2].count(0)), ("utf-16-be", sample[::2].count(0))):
        if zeros > 0.3 * len(sample) and sample.count(0) < 1.2 * zeros:
            try:
                return data.decode(name), name
            except UnicodeDecodeError:
                return None
    return None


def _legacy(data: bytes, error: UnicodeDecodeError) -> tuple[str, str]:
    """Decode what is not UTF-8: as declared, as detected, or as Windows-1252 if no byte speaks against it."""
    if b"\0" in data[:4096]:
        raise _undecodable(error, "utf-8")
    declared = _DECLARED.search(data[:4096])
    names = [next(g for g in declared.groups() if g).decode("ascii")] if declared else []
    for name in [*names, _detected(data), "cp1252"]:
        if name is not None:
            try:
                return data.decode(name), name
            except (UnicodeDecodeError, LookupError):
                continue
    raise _undecodable(error, "utf-8")


def _detected(data: bytes) -> str | None:
    from charset_normalizer import from_bytes

    # English with a few high bytes is Windows-1252 far more often than what statistics of few bytes suggest.
    high = sum(byte >= 0x80 for byte in data[:100_000])
    if high < 40 or high < 0.02 * len(data[:100_000]):
        return None
    best = from_bytes(data[:100_000]).best()
    return best.encoding if best else None


def _refuse_binary(text: str) -> None:
    sample = text[:8192]
    controls = sum(c < " " and c not in "\t\n\r\f\v\x1b" for c in sample)
    if controls > _BINARY_SHARE * max(len(sample), 50):
        place = next(i for i, c in enumerate(sample) if c < " " and c not in "\t\n\r\f\v\x1b")
        raise IntakeError(
            f"this is not text: control character {sample[place]!r} at character {place}, and {controls} in all"
        )


def _undecodable(error: UnicodeDecodeError, name: str) -> IntakeError:
    byte = error.object[error.start]
    return IntakeError(
        f"not {name} text: byte 0x{byte:02x} at offset {error.start} ({error.reason}); name the encoding with --encoding"
    )


def _repair(text: str) -> tuple[str, tuple[str, ...]]:
    from ftfy import TextFixerConfig, fix_and_explain

    config = TextFixerConfig(
        unescape_html=False,
        remove_terminal_escapes=False,
        fix_encoding=True,
        restore_byte_a0=True,
        replace_lossy_sequences=True,
        decode_inconsistent_utf8=True,
        fix_c1_controls=True,
        fix_latin_ligatures=False,
        fix_character_width=False,
        uncurl_quotes=False,
        fix_line_breaks=False,
        fix_surrogates=False,
        remove_control_chars=False,
        normalization=None,
        explain=True,
    )
    repairs, lines = [], text.splitlines(keepends=True)
    for number, line in enumerate(lines):
        if _ODD.search(line):
            fixed, steps = fix_and_explain(line, config)
            if fixed != line:
                lines[number] = fixed
                repairs.append(f"mojibake in line {number + 1}: {_explain(steps)}")
    return "".join(lines), tuple(repairs)


def _explain(steps: Iterable[tuple[str, str]] | None) -> str:
    names = [name for action, name in steps or () if action in ("encode", "decode")]
    return f"{names[-1]} read as {names[0]}" if len(names) > 1 else "repaired by ftfy"
