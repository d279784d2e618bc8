"""The values that flow through the pipeline.

Frozen and slotted; this module imports nothing of ours and does nothing but describe.  Positions are
code points into ``Document.text``, half open.  Scores are natural logarithms ("nats") unless a field says
otherwise; probabilities lie in [0, 1].
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from itertools import pairwise
from typing import overload


class Pos(StrEnum):
    """The section of a wordlist: decides which inflected forms are generated."""

    NOUN = "noun"
    VERB = "verb"
    ADJECTIVE = "adjective"
    ADVERB = "adverb"
    PHRASE = "phrase"
    NAME = "name"


class Weight(StrEnum):
    """How probable a spun form is, given the original.

    *Term* is a rare image that is believed inside a known term alone; *never* switches the pair off.
    """

    HABIT = "habit"
    USUAL = "usual"
    POSSIBLE = "possible"
    RARE = "rare"
    TERM = "term"
    NEVER = "never"


class Markup(StrEnum):
    """How a text is marked up: decides what is prose and where sentences end."""

    TEXT = "text"
    HTML = "html"
    MARKDOWN = "markdown"


class Dialect(StrEnum):
    """The family of spinners that prints a form."""

    ANY = "any"
    BLOG = "blog"
    SPINBOT = "spinbot"
    PARAPHRASER = "paraphraser"

    @property
    def members(self) -> tuple[Dialect, ...]:
        """The families that a row of this dialect speaks for: its own, or all."""
        return (Dialect.BLOG, Dialect.SPINBOT, Dialect.PARAPHRASER) if self is Dialect.ANY else (self,)

    @property
    def borrows(self) -> bool:
        """Whether half of what its spinners print stands in rows of the other dialects, so that those count in its texts."""
        return self is Dialect.PARAPHRASER


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open stretch of code points.

    >>> Span(2, 5).of("a battle")
    'bat'
    """

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"not a span: {self.start}..{self.end}")

    def of(self, text: str) -> str:
        """Return the part of `text` that the span covers."""
        return text[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        """Tell whether the two spans share a code point.

        >>> Span(0, 2).overlaps(Span(2, 3))
        False
        """
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Token:
    """A word: where it stands, its matching key (lower case, straight apostrophes), its sentence number."""

    span: Span
    text: str
    key: str
    sentence: int


@dataclass(frozen=True)
class Document:
    """A text with its words.

    Ten megabytes hold 1.7 million words, so positions live in arrays and equal keys share one string; `tokens`
    makes `Token` values on demand.

    `starts`, `ends`: code point offsets, one per token.  `keys`: what is matched.  `gaps[i]`: what stands between
    token *i* and *i+1*, reduced to ``" "``, ``"-"``, ``", "`` or, where no phrase may cross, ``"\\0"``.
    `sentences`: index of each sentence's first token, ascending.
    `protected`: spans that no edit may touch, sorted, disjoint.
    """

    text: str
    starts: array[int]
    ends: array[int]
    keys: list[str]
    gaps: list[str]
    sentences: array[int]
    protected: tuple[Span, ...] = ()

    def __len__(self) -> int:
        return len(self.keys)

    @property
    def tokens(self) -> Sequence[Token]:
        """The tokens as values, made when asked for."""
        return _Tokens(self)

    def sentence_bounds(self) -> Iterator[tuple[int, int]]:
        """Yield (first, one past last) token index of each sentence."""
        bounds = [*self.sentences, len(self.keys)]
        return pairwise(bounds)

    def span(self, first: int, last: int) -> Span:
        """Return the span of tokens `first` up to, not including, `last`."""
        return Span(self.starts[first], self.ends[last - 1])

    def source(self, first: int, last: int) -> str:
        """Return the text of tokens `first` up to, not including, `last`, gaps as they are."""
        return self.text[self.starts[first] : self.ends[last - 1]]


class _Tokens(Sequence[Token]):
    """A read-only view that makes tokens as they are asked for."""

    def __init__(self, document: Document) -> None:
        self._document = document

    def __len__(self) -> int:
        return len(self._document.keys)

    @overload
    def __getitem__(self, index: int) -> Token: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Token]: ...
    def __getitem__(self, index: int | slice) -> Token | Sequence[Token]:
        if isinstance(index, slice):
            return tuple(self[i] for i in range(*index.indices(len(self))))
        document = self._document
        i = index + len(self) if index < 0 else index
        if not 0 <= i < len(self):
            raise IndexError(index)
        span = Span(document.starts[i], document.ends[i])
        return Token(span, span.of(document.text), document.keys[i], bisect_right(document.sentences, i) - 1)


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of a wordlist: an original and one form that spinners print for it.

    `near`, `unless_near`: words of which one must (none may) stand in the same sentence.
    `example`: a spun sentence and its restoration.  `keep`: a sentence that must stay as it is.
    `source`: ``file:line``, or who vouches for the row.
    """

    original: str
    spun: str
    pos: Pos
    subject: str
    dialect: Dialect = Dialect.ANY
    weight: Weight = Weight.USUAL
    near: tuple[str, ...] = ()
    unless_near: tuple[str, ...] = ()
    example: tuple[str, str] | None = None
    keep: str | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class Score:
    """Why a wording was preferred: named parts, in nats, that sum to `total`.

    `channel`: how likely a spinner prints this form for that original.  `language`: how much better the original
    reads in its place.  `evidence`: how spun the passage is.  `length`: allowance for a change in length.
    `bias`: what is held against rows of this kind here.  `consistency`: the same choice made elsewhere in the document.
    """

    channel: float = 0.0
    language: float = 0.0
    evidence: float = 0.0
    length: float = 0.0
    bias: float = 0.0
    consistency: float = 0.0

    @property
    def total(self) -> float:
        """The sum of the parts."""
        return self.channel + self.language + self.evidence + self.length + self.bias + self.consistency

    def parts(self) -> dict[str, float]:
        """Return the parts by name, in a fixed order."""
        return {name: getattr(self, name) for name in self.__slots__}


@dataclass(frozen=True, slots=True)
class Alternative:
    """Another wording for the same span, with its probability."""

    after: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Edit:
    """A restoration of one span: data, applied by position."""

    span: Span
    before: str
    after: str
    confidence: float
    score: Score
    entry: Entry | None
    alternatives: tuple[Alternative, ...] = ()


@dataclass(frozen=True, slots=True)
class Evidence:
    """How spun a document is.

    `probability` that any of it is spun; `share` of its sentences that are; `dialect`, the likelier family of
    spinners; `tells`, the spun phrases that say so, strongest first, with their weight in nats.
    """

    probability: float
    share: float
    dialect: Dialect
    tells: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True)
class Restoration:
    """A document with the edits that restore it.

    `edits` are applied; `offered` are the ones below the confidence line, for review.  Both are sorted, and an
    offered edit never overlaps an applied one.
    """

    document: Document
    edits: tuple[Edit, ...]
    offered: tuple[Edit, ...]
    evidence: Evidence
    signature: str
    repairs: tuple[str, ...] = field(default=())

    @cached_property
    def text(self) -> str:
        """The restored text."""
        pieces, position = [], 0
        for edit in self.edits:
            pieces.append(self.document.text[position : edit.span.start])
            pieces.append(edit.after)
            position = edit.span.end
        pieces.append(self.document.text[position:])
        return "".join(pieces)
