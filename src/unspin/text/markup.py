"""What no edit may touch: addresses, markup, code, shortcodes, amounts, and regions switched off.

Finds spans; does not parse HTML or Markdown into trees.  Each kind is looked for only where its trigger occurs, and a
trigger is a literal wherever possible: ``str.find`` passes over a megabyte in a tenth of a millisecond, a pattern that
may begin anywhere needs fifty.  Text in quotation marks is not protected: spinners spin it.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator

from unspin.model import Markup, Span
from unspin.text.tree import BREAK, OBSTACLE, Closed, closed

# Suffixes of files of text, and how such files are marked up.
SUFFIXES = {
    ".txt": Markup.TEXT,
    ".text": Markup.TEXT,
    ".md": Markup.MARKDOWN,
    ".markdown": Markup.MARKDOWN,
    ".html": Markup.HTML,
    ".htm": Markup.HTML,
    ".xhtml": Markup.HTML,
}

_FLAGS = re.IGNORECASE | re.DOTALL | re.MULTILINE

# Kinds that open with a literal: (the literal, pattern).  Bounded repetition keeps hostile input linear.
_OPENED: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (opener, re.compile(pattern, _FLAGS))
    for opener, pattern in (
        ("@", r"@\w{1,64}"),
        ("#", r"#[a-z]\w{0,100}"),
        ("&", r"&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z][a-z0-9]{1,31});"),
        ("<", r"</?[a-z!?][^<>]{0,20000}>"),
        ("`", r"(`{1,2})(?!`)[^`\n]{1,1000}\1(?!`)"),
        ("](", r"\]\([^()\s]{0,4000}(?:\s+\"[^\"\n]{0,1000}\")?\)"),
        ("]:", r"\[[^\[\]\n]{1,200}\]:[ \t]*\S{1,4000}"),
        # WordPress and plugin shortcodes, such as [ad_1] or [gallery ids="1,2"]; "[sic]" and "[1]" are left to be text.
        ("[", r"\[/?[a-z]{1,30}[_\-][\w\-]{1,80}[^\[\]\n]{0,1000}\]"),
        ("[", r"\[/?[a-z]{1,30}(?:\s[^\[\]=\n]{0,1000})?=[^\[\]\n]{0,1000}\]"),
        ("[/", r"\[/[a-z_\-]{1,40}\]"),
    )
)
# Kinds found by a literal inside them: (the literal, how far back it may begin, which characters may stand there, pattern).
_AROUND: tuple[tuple[str, int, re.Pattern[str], re.Pattern[str]], ...] = tuple(
    (literal, back, re.compile(allowed), re.compile(pattern, re.IGNORECASE))
    for literal, back, allowed, pattern in (
        ("://", 20, r"[A-Za-z0-9+.\-]", r"[a-z][a-z0-9+.\-]{1,20}://[^\s<>\"'\]]{1,4000}"),
        ("www.", 0, r"", r"www\.[^\s<>\"'\]]{1,4000}"),
        ("@", 64, r"[\w.+\-]", r"[\w.+\-]{1,64}@[\w\-]{1,255}(?:\.[\w\-]{1,63}){1,8}"),
        ("()", 60, r"[\w.]", r"[a-z][\w.]{0,60}\(\)"),
    )
)
_TOP_LEVEL = r"(?:com|org|net|gov|edu|info|html?|php|aspx|json|pdf|jpe?g|png|io|uk|de)"
_DOTTED = re.compile(rf"\.{_TOP_LEVEL}\b", re.IGNORECASE)
_DOMAIN = re.compile(rf"(?:[a-z0-9][a-z0-9\-]{{0,62}}\.){{1,4}}{_TOP_LEVEL}\b(?:/[^\s<>\"']{{0,4000}})?", re.IGNORECASE)
_DOMAIN_CHARACTER = re.compile(r"[A-Za-z0-9.\-]")
# Elements whose content is not prose.
_OPAQUE = re.compile(r"<(script|style|code|pre|kbd|samp|var|textarea|svg|math)\b[^<>]{0,4000}>", re.IGNORECASE)
_FENCE = re.compile(r"^[ \t]{0,3}(```|~~~)", re.MULTILINE)
_RUN_LENGTH = 4000

_JOINED_UP = re.compile(r"_{1,40}(?=[^\W_])")
_CURRENCY = re.compile(r"[$€£¥₹]\s?\d[\d.,]{0,30}(?:\s?(?:thousand|million|billion|trillion|bn|tn|m|k)\b)?")
_FIGURE = re.compile(r"\d[\d.,]*(?:\s?(?:%|(?:percent|per cent|percentage points?)\b))?")
_YEAR = re.compile(r"(?:1\d|20)\d\d")
_SWITCH = re.compile(r"unspin:\s*(on|off)\b(?:[^\S\n]*(?:-->|\)))?", re.IGNORECASE)


def markup_of(name: str) -> Markup:
    """Return the markup that the name of a file speaks of.

    >>> markup_of("INDEX.HTM"), markup_of("notes.txt")
    (<Markup.HTML: 'html'>, <Markup.TEXT: 'text'>)
    """
    return SUFFIXES.get(os.path.splitext(name.lower())[1], Markup.TEXT)  # noqa: PTH122


def protected_spans(text: str) -> tuple[Span, ...]:
    """Return the protected spans of `text`, sorted and disjoint.

    >>> text = "Pay $5 million to a@b.org, 30 % off [ad_1] in 1999"
    >>> [span.of(text) for span in protected_spans(text)]
    ['$5 million', 'a@b.org', '30 %', '[ad_1]', '1999']
    """
    return _joined(sorted(_found(text)))


def closed_spans(text: str, markup: Markup) -> list[Closed]:
    """Return the protected spans of a marked-up text and how each reads, sorted and disjoint.

    >>> [c.reading for c in closed_spans("<p>civil <b>battle</b> of https://a.b</p>", Markup.HTML)]
    ['\\n\\n', '', '', '\\x00', '\\n\\n']
    """
    pieces = closed(text, markup)
    blanked = _blanked(text, pieces)
    found = [*_found(blanked), *_elements(text), *(_switched_off(text) if "unspin:" in text else ())]
    pieces += [Closed(start, end, OBSTACLE) for start, end in found if end > start]
    merged: list[Closed] = []
    for piece in sorted(pieces, key=lambda c: (c.start, c.end)):
        if merged and piece.start < merged[-1].end:
            last = merged[-1]
            reading = BREAK if BREAK in (last.reading, piece.reading) else OBSTACLE
            merged[-1] = Closed(last.start, max(last.end, piece.end), reading)
        else:
            merged.append(piece)
    return merged


def _blanked(text: str, pieces: list[Closed]) -> str:
    """Return the text with its markup blanked out, every offset as it was."""
    parts, position = [], 0
    for piece in pieces:
        parts += [text[position : piece.start], " " * (piece.end - piece.start)]
        position = piece.end
    return "".join([*parts, text[position:]])


def _found(text: str) -> Iterator[tuple[int, int]]:
    for opener, pattern in _OPENED:
        if opener in text:
            for match in pattern.finditer(text):
                if opener not in "@#" or not _follows_word(text, match.start()):
                    yield match.span()
    for literal, back, allowed, pattern in _AROUND:
        for place in _places(text, literal):
            yield from _around(text, place, back, allowed, pattern)
    for match in _DOTTED.finditer(text):
        yield from _around(text, match.start(), 253, _DOMAIN_CHARACTER, _DOMAIN)
    yield from _elements(text)
    yield from _comments(text)
    yield from _fences(text)
    yield from _identifiers(text)
    for match in _CURRENCY.finditer(text):
        yield match.span()
    yield from _figures(text)
    if "unspin:" in text:
        yield from _switched_off(text)


def _follows_word(text: str, place: int) -> bool:
    return place > 0 and (text[place - 1].isalnum() or text[place - 1] in "_&@")


def _figures(text: str) -> Iterator[tuple[int, int]]:
    """Yield percentages, numbers with a point or comma inside, and plain years.

    "20" and "2" are not protected: spinners turn "the two countries" into "the 2 countries", "20 year" into "20 12 months".
    """
    for match in _FIGURE.finditer(text):
        figure = match.group()
        digits = figure.rstrip(".,")
        start = match.start()
        if digits.isdigit():
            if len(digits) == 4 and _YEAR.fullmatch(digits) and not text[start + 4 : start + 5].isalpha():
                yield start, start + 4
        elif start == 0 or not text[start - 1].isalnum():
            yield start, start + len(digits)


def _identifiers(text: str) -> Iterator[tuple[int, int]]:
    """Yield words with an underscore inside, which are names in code; "_emphasis_" is not one."""
    done = 0
    for match in _JOINED_UP.finditer(text):
        start, end = match.span()
        if start > done and text[start - 1].isalnum():
            while start > done and end - start < _RUN_LENGTH and (text[start - 1].isalnum() or text[start - 1] == "_"):
                start -= 1
            while end < len(text) and end - start < _RUN_LENGTH and (text[end].isalnum() or text[end] == "_"):
                end += 1
            yield start, end
            done = end


def _around(
    text: str, place: int, back: int, allowed: re.Pattern[str], pattern: re.Pattern[str]
) -> Iterator[tuple[int, int]]:
    """Yield the match of `pattern` that holds `place` and begins at most `back` characters before it."""
    start = place
    while start > 0 and place - start < back and allowed.match(text, start - 1):
        start -= 1
    match = pattern.match(text, start)
    if match and match.end() > place:
        yield match.start(), match.end() - _trailing(match.group())


def _elements(text: str) -> Iterator[tuple[int, int]]:
    """Yield elements whose content is not prose, from tag to closing tag; an element that is never closed is only a tag."""
    unclosed: set[str] = set()
    position = 0
    while "<" in text and (match := _OPAQUE.search(text, position)):
        name = match.group(1).lower()
        position = match.end()
        if name not in unclosed:
            closing = re.compile(rf"</{name}\s{{0,20}}>", re.IGNORECASE).search(text, position)
            if closing is None:
                unclosed.add(name)
            else:
                position = closing.end()
                yield match.start(), position


def _comments(text: str) -> Iterator[tuple[int, int]]:
    start = text.find("<!--")
    while start >= 0:
        end = text.find("-->", start)
        if end < 0:
            return
        yield start, end + 3
        start = text.find("<!--", end)


def _fences(text: str) -> Iterator[tuple[int, int]]:
    """Yield fenced blocks of Markdown; one that is never closed reaches the end, as Markdown has it."""
    opened: re.Match[str] | None = None
    for match in _FENCE.finditer(text) if "```" in text or "~~~" in text else ():
        if opened is None:
            opened = match
        elif match.group(1) == opened.group(1):
            yield opened.start(), match.end()
            opened = None
    if opened is not None:
        yield opened.start(), len(text)


def _places(text: str, literal: str) -> Iterator[int]:
    place = text.find(literal)
    while place >= 0:
        yield place
        place = text.find(literal, place + 1)


def _trailing(address: str) -> int:
    """Return how many closing characters belong to the sentence rather than to the address."""
    return 0 if address.endswith("()") else len(address) - len(address.rstrip(".,;:!?)”’"))


def _switched_off(text: str) -> Iterator[tuple[int, int]]:
    """Yield the regions from an ``unspin: off`` comment to the next ``unspin: on``, or to the end."""
    since: int | None = None
    for match in _SWITCH.finditer(text):
        if match.group(1).lower() == "off":
            since = match.start() if since is None else since
        elif since is not None:
            yield since, match.end()
            since = None
    if since is not None:
        yield since, len(text)


def _joined(spans: list[tuple[int, int]]) -> tuple[Span, ...]:
    joined: list[tuple[int, int]] = []
    for start, end in spans:
        if joined and start < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        elif end > start:
            joined.append((start, end))
    return tuple(Span(start, end) for start, end in joined)
