"""What no edit may touch: addresses, markup, code, shortcodes, amounts, and regions switched off.

Finds spans; does not parse HTML or Markdown into trees.  Each kind is looked for only where its trigger occurs, and a
trigger is a literal wherever possible: ``str.find`` passes over a megabyte in a tenth of a millisecond, a pattern that
may begin anywhere needs fifty.  Text in quotation marks is not protected: spinners spin it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from unspin.model import Span

_FLAGS = re.IGNORECASE | re.DOTALL | re.MULTILINE

# Kinds that open with a literal: (the literal, pattern).  Bounded repetition keeps hostile input linear.
_OPENED: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (opener, re.compile(pattern, _FLAGS))
    for opener, pattern in (
        ("@", r"@\w{1,64}"),
        ("#", r"#[a-z]\w{0,100}"),
        ("&", r"&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z][a-z0-9]{1,31});"),
        ("<", r"<(script|style|code|pre|kbd|samp|var|textarea|svg|math)\b[^<>]{0,4000}>.{0,200000}?</\1\s*>"),
        ("<!--", r"<!--.{0,100000}?-->"),
        ("<", r"</?[a-z!?][^<>]{0,20000}>"),
        ("```", r"```.{0,200000}?^[ \t]{0,3}```"),
        ("~~~", r"~~~.{0,200000}?^[ \t]{0,3}~~~"),
        ("`", r"(`{1,2})(?!`)[^`\n]{1,1000}\1(?!`)"),
        ("](", r"\]\([^()\s]{0,4000}(?:\s+\"[^\"\n]{0,1000}\")?\)"),
        ("[", r"\[[^\]\n]{1,200}\]:[ \t]*\S{1,4000}"),
        # WordPress and plugin shortcodes, such as [ad_1] or [gallery ids="1,2"]; "[sic]" and "[1]" are left to be text.
        ("[", r"\[/?[a-z]{1,30}(?:[_\-]\w{1,40})+[^\[\]\n]{0,1000}\]"),
        ("[", r"\[/?[a-z]{1,30}(?:\s[^\[\]=\n]{0,1000})?=[^\[\]\n]{0,1000}\]"),
        ("[/", r"\[/[a-z_\-]{1,40}\]"),
    )
)
# Triggers inside a run of non-space characters that protect the whole run: addresses, domains, identifiers, calls.
_RUNS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (literal, re.compile(pattern, re.IGNORECASE))
    for literal, pattern in (
        ("://", r"[a-z][a-z0-9+.\-]{1,20}://[^\s<>\"'\]]+"),
        ("www.", r"www\.[^\s<>\"'\]]+"),
        ("@", r"[\w.+\-]{1,64}@[\w\-]{1,255}(?:\.[\w\-]{1,63}){1,8}"),
        (
            ".",
            r"(?:[a-z0-9][a-z0-9\-]{0,62}\.){1,4}(?:com|org|net|gov|edu|info|html?|php|aspx|json|pdf|jpe?g|png|io|uk|de)\b(?:/[^\s<>\"']*)?",
        ),
        ("()", r"[a-z][\w.]*\(\)"),
    )
)
_DOTTED = re.compile(r"\.(?:com|org|net|gov|edu|info|html?|php|aspx|json|pdf|jpe?g|png|io|uk|de)\b", re.IGNORECASE)
_RUN_LENGTH = 4000

_JOINED_UP = re.compile(r"_+(?=[^\W_])")
_CURRENCY = re.compile(r"[$€£¥₹]\s?\d[\d.,]{0,30}(?:\s?(?:thousand|million|billion|trillion|bn|tn|m|k)\b)?")
_FIGURE = re.compile(r"\d[\d.,]*(?:\s?(?:%|(?:percent|per cent|percentage points?)\b))?")
_YEAR = re.compile(r"(?:1\d|20)\d\d")
_SWITCH = re.compile(r"unspin:\s*(on|off)\b(?:[^\S\n]*(?:-->|\)))?", re.IGNORECASE)


def protected_spans(text: str) -> tuple[Span, ...]:
    """Return the protected spans of `text`, sorted and disjoint.

    >>> text = "Pay $5 million to a@b.org, 30 % off [ad_1] in 1999"
    >>> [span.of(text) for span in protected_spans(text)]
    ['$5 million', 'a@b.org', '30 %', '[ad_1]', '1999']
    """
    return _joined(sorted(_found(text)))


def _found(text: str) -> Iterator[tuple[int, int]]:
    for opener, pattern in _OPENED:
        if opener in text:
            for match in pattern.finditer(text):
                if opener not in "@#" or not _follows_word(text, match.start()):
                    yield match.span()
    for literal, pattern in _RUNS:
        yield from _runs(text, literal, pattern)
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
    for match in _JOINED_UP.finditer(text):
        start, end = match.span()
        if start and text[start - 1].isalnum():
            while start and end - start < _RUN_LENGTH and (text[start - 1].isalnum() or text[start - 1] == "_"):
                start -= 1
            while end < len(text) and end - start < _RUN_LENGTH and (text[end].isalnum() or text[end] == "_"):
                end += 1
            yield start, end


def _runs(text: str, literal: str, pattern: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    """Yield matches of `pattern` around each place of `literal`, within one run of non-space characters."""
    places = (m.start() for m in _DOTTED.finditer(text)) if literal == "." else _places(text, literal)
    done = 0
    for place in places:
        if place < done:
            continue
        start = place
        while start > done and place - start < _RUN_LENGTH and not text[start - 1].isspace():
            start -= 1
        for match in pattern.finditer(text, start, place + _RUN_LENGTH):
            if match.start() > place:
                break
            if match.end() > place:
                yield match.start(), match.end() - _trailing(match.group())
                done = match.end()
                break


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
