"""Text to `Document`: words with exact offsets, sentences, protected spans.

Whitespace, punctuation and markup are not tokens; what stands between two words is kept as a *gap* that says
whether a phrase may run across it.  The text itself is never changed here.

Ten megabytes are 1.6 million words, so the loops over words are ones that run inside ``re``, ``map`` and ``accumulate``.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterator
from itertools import accumulate, pairwise

from unspin.model import Document, Markup, Span
from unspin.text.markup import closed_spans, protected_spans
from unspin.text.tree import BREAK, Closed

# Letters and digits with inner apostrophes; an underscore makes code, not words.
_WORD = re.compile(r"([^\W_]+(?:['’ʼ][^\W_]+)*)")

_SENTENCE_END = re.compile(r"[\"'”’)\]]*[.!?…][\"'”’)\]]*\s")
_ABBREVIATIONS = frozenset(
    "mr mrs ms dr prof sr jr st vs etc inc ltd co corp gen col lt sgt capt gov sen rep rev hon no vol fig eq al "
    "cf jan feb mar apr jun jul aug sep sept oct nov dec approx dept est".split()
)
_HARD = "\0"
_STRETCH = 1 << 16
_LONGEST_SENTENCE = 200  # words; longer ones are made of lists, tables and transcripts
_VERDICTS = frozenset({"space", "line", "break", "stop", "inner"})
_PLAIN = {" ": " ", "-": "-", ", ": ", ", "\xa0": " ", "  ": " "}


def read(text: str, markup: Markup = Markup.TEXT) -> Document:
    """Split `text` into a document.  In HTML and Markdown, blocks end sentences and inline tags do not.

    >>> document = read("It was a civil  battle. See https://a.b/battle for more.")
    >>> [t.text for t in document.tokens]
    ['It', 'was', 'a', 'civil', 'battle', 'See', 'for', 'more']
    >>> [document.keys[first] for first, last in document.sentence_bounds()]
    ['it', 'see']
    """
    if markup is not Markup.TEXT:
        return _read_marked(text, closed_spans(text, markup))
    protected = protected_spans(text)
    starts, ends, keys, between = array("I"), array("I"), list[str](), list[str]()
    key_of, shared = _Keys(), _Shared()
    for start, end, fresh in _stretches(text, protected):
        parts = _WORD.split(text[start:end])
        if len(parts) == 1:
            continue
        if keys:  # what stands between two stretches holds something protected, which no phrase crosses
            between.append(_HARD + parts[0] if fresh else parts[0] or " ")
        offsets = list(accumulate(map(len, parts), initial=start))
        starts.extend(offsets[1:-1:2])
        ends.extend(offsets[2::2])
        keys.extend(map(key_of.__getitem__, parts[1::2]))
        between.extend(map(shared.__getitem__, parts[2:-1:2]))
    gaps, sentences = _gaps(text, starts, keys, between)
    return Document(text, starts, ends, keys, gaps, sentences, protected)


_BLANKS = str.maketrans("\r\n\t\f", "    ")


def _read_marked(text: str, pieces: list[Closed]) -> Document:
    """Read marked-up text: what stands between two words is what a reader hears there, and a line end is a blank."""
    starts, ends, keys, between = array("I"), array("I"), list[str](), list[str]()
    key_of, shared = _Keys(), _Shared()
    readable = text.translate(_BLANKS)
    heard, position = "", 0
    for piece in (*pieces, Closed(len(text), len(text), BREAK)):
        parts = _WORD.split(readable[position : piece.start])
        heard += parts[0]
        if len(parts) > 1:
            if keys:
                between.append(heard or _HARD)
            offsets = list(accumulate(map(len, parts), initial=position))
            starts.extend(offsets[1:-1:2])
            ends.extend(offsets[2::2])
            keys.extend(map(key_of.__getitem__, parts[1::2]))
            between.extend(map(shared.__getitem__, parts[2:-1:2]))
            heard = parts[-1]
        heard += piece.reading
        position = piece.end
    gaps, sentences = _gaps(text, starts, keys, between)
    protected = tuple(Span(piece.start, piece.end) for piece in pieces)
    return Document(text, starts, ends, keys, gaps, sentences, protected)


class _Keys(dict[str, str]):
    """Word to matching key; equal keys are one string."""

    def __missing__(self, word: str) -> str:
        key = word.lower().replace("’", "'").replace("ʼ", "'")
        if key != word:
            key = self[key]
        self[word] = key
        return key


class _Shared(dict[str, str]):
    """Equal strings to one string."""

    def __missing__(self, value: str) -> str:
        self[value] = value
        return value


def _stretches(text: str, protected: tuple[Span, ...]) -> Iterator[tuple[int, int, bool]]:
    """Yield (start, end, follows something protected) of what is open, cut at blanks into pieces of bounded size."""
    position = 0
    for span in (*protected, Span(len(text), len(text))):
        fresh = True
        while position < span.start:
            end = span.start
            if end - position > _STRETCH:
                cut = text.find(" ", position + _STRETCH, span.start)
                end = cut if cut > 0 else span.start
            yield position, end, fresh
            position, fresh = end, False
        position = span.end


def _gaps(text: str, starts: array[int], keys: list[str], between: list[str]) -> tuple[list[str], array[int]]:
    sentences = [0] if keys else []
    # What kind of gap it is, is judged once for each distinct one; the words around it only where they matter.
    kinds = {gap: _PLAIN.get(gap) or _judge(gap) for gap in set(between)}
    gaps = list(map(kinds.__getitem__, between))
    unsettled = [i for i, kind in enumerate(gaps) if kind in _VERDICTS]
    for i in unsettled:
        verdict, following = gaps[i], text[starts[i + 1]]
        gaps[i] = " " if verdict == "space" or (verdict == "line" and following.islower()) else _HARD
        if gaps[i] is _HARD and (
            verdict in ("line", "break")
            or (verdict == "stop" and not following.islower() and not (between[i][0] == "." and _abbreviated(keys[i])))
        ):
            sentences.append(i + 1)
    if keys:
        gaps.append(_HARD)
    return gaps, array("I", _bounded(sentences, gaps))


def _bounded(sentences: list[int], gaps: list[str]) -> Iterator[int]:
    """Yield where sentences begin, those of text without full stops cut short, after a comma if there is one."""
    for first, last in pairwise([*sentences, len(gaps)]):
        start = first
        yield start
        while last - start > _LONGEST_SENTENCE:
            ends = range(start + _LONGEST_SENTENCE - 1, start + _LONGEST_SENTENCE // 2, -1)
            start = next((i for i in ends if gaps[i] != " "), ends[0]) + 1
            yield start


def _judge(gap: str) -> str:
    """Say what kind of gap this is: space, line (a wrapped line, perhaps), break, stop or inner."""
    if gap.isspace():
        lines = gap.count("\n") + gap.count("\r") - gap.count("\r\n")
        return "space" if lines == 0 else "line" if lines == 1 else "break"
    if "\n" in gap or "\r" in gap:
        return (
            "break" if gap.strip(_HARD).isspace() or gap.count("\n") > 1 or not gap.lstrip(_HARD)[:1].isalnum() else "inner"
        )
    return "stop" if _SENTENCE_END.match(gap.lstrip(_HARD)) else "inner"


def _abbreviated(key: str) -> bool:
    return key in _ABBREVIATIONS or len(key) == 1
