"""What reviewers decided, as evidence: accepted, turned back and typed restorations become rows of a list of one's own.

A pair that readers accept gets a heavier weight, one that they turn back a lighter one, and one that they turned back
three times and never took is switched off.  What they typed in its stead is a new row.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from unspin.lexicon import morph
from unspin.model import Dialect, Entry, Pos, Weight
from unspin.training.cases import CaseError

SCHEMA = "unspin/decisions/1"
# Decisions for and against that are assumed before any is seen, so that one alone moves little.
_PRIOR_FOR, _PRIOR_AGAINST = 0.5, 0.5
_SWITCHED_OFF = 3
_LONGEST = 5  # words; what is longer was a rewriting


@dataclass(frozen=True, slots=True)
class Decision:
    """One place that a reader decided.

    `row`: (original, spun form, part of speech) of what was suggested, None where nothing was.  `accepted`: whether it
    stands.  `typed`: (what stood there, what the reader put there) if that is neither.
    """

    row: tuple[str, str, Pos] | None
    accepted: bool
    typed: tuple[str, str] | None = None


def read(path: Path) -> list[Decision]:
    """Return the decisions of a file that ``unspin review --export`` wrote.  Raises `CaseError`."""
    try:
        data = json.loads(path.read_text("utf-8"))
        if data.get("schema") != SCHEMA:
            raise CaseError(f"{path}: not decisions of unspin review (no {SCHEMA} in it)")
        places = [place for file in data["files"] for place in file["places"]]
        return [decision for place in places if (decision := _decision(place)) is not None]
    except OSError as error:
        raise CaseError(f"{path}: {error.strerror or error}") from None
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        if isinstance(error, CaseError):
            raise
        raise CaseError(f"{path}: damaged: {error!r}; export it again") from None


def _decision(place: Mapping[str, Any]) -> Decision | None:
    """Return what was decided at a place, None if nothing was: what stands untouched says nothing."""
    suggested = place.get("suggested")
    entry = suggested.get("entry") if suggested else None
    row = (entry["original"], entry["spun"], Pos(entry["pos"])) if entry else None
    standing, before, wording = place["standing"], place["before"], place["wording"]
    if standing == "accepted":
        return Decision(row, True)
    if standing == "rejected":
        return Decision(row, False)
    return Decision(row, False, (before, wording)) if standing in ("changed", "added") else None


def rows(decisions: Iterable[Decision]) -> list[Entry]:
    """Return the rows that decisions speak for, sorted; `source` says what was decided.

    >>> row = ("war", "battle", Pos.NOUN)
    >>> [(e.original, str(e.weight), e.source) for e in rows([Decision(row, True)] * 3)]
    [('war', 'habit', 'accepted 3, turned back 0')]
    >>> [str(e.weight) for e in rows([Decision(row, False)] * 3)]
    ['never']
    """
    accepted, turned = Counter[tuple[str, str, Pos]](), Counter[tuple[str, str, Pos]]()
    for decision in decisions:
        if decision.row is not None:
            (accepted if decision.accepted else turned)[decision.row] += 1
        typed = _typed(*decision.typed) if decision.typed else None
        if typed is not None:
            accepted[typed] += 1
    return sorted(_entries(accepted, turned), key=lambda e: (e.original.lower(), e.spun.lower(), e.pos))


def _entries(accepted: Counter[tuple[str, str, Pos]], turned: Counter[tuple[str, str, Pos]]) -> Iterator[Entry]:
    for row in {*accepted, *turned}:
        original, spun, pos = row
        source = f"accepted {accepted[row]}, turned back {turned[row]}"
        yield Entry(original, spun, pos, "", Dialect.ANY, weight(accepted[row], turned[row]), source=source)


def weight(accepted: int, turned: int) -> Weight:
    """Return the weight of a row that was accepted and turned back so often.

    >>> [str(weight(*n)) for n in ((1, 0), (2, 0), (1, 1), (0, 1), (1, 6), (0, 3))]
    ['usual', 'habit', 'usual', 'possible', 'rare', 'never']
    """
    if turned >= _SWITCHED_OFF and not accepted:
        return Weight.NEVER
    share = (accepted + _PRIOR_FOR) / (accepted + turned + _PRIOR_FOR + _PRIOR_AGAINST)
    return next(
        (w for w, least in ((Weight.HABIT, 0.8), (Weight.USUAL, 0.45), (Weight.POSSIBLE, 0.22)) if share >= least),
        Weight.RARE,
    )


def _typed(before: str, wording: str) -> tuple[str, str, Pos] | None:
    """Return the row that a typed wording makes, None if it is none: too long, empty, or the same words."""
    spun, original = (" ".join(side.replace("’", "'").split()) for side in (before, wording))
    words = [side.split() for side in (spun, original)]
    if not all(words) or max(map(len, words)) > _LONGEST or spun.lower() == original.lower():
        return None
    if not all(side.isprintable() and any(map(str.isalnum, side)) for side in (spun, original)):
        return None
    pos = morph.likely_pos(original, spun)
    return (
        (original, spun, pos)
        if pos is Pos.NAME
        else (original.lower(), spun.lower(), morph.likely_pos(original.lower(), spun.lower()))
    )
