"""Tortured phrases one by one: each in a neutral sentence of a spun paper, restored exactly or not.

Phrases that a row of the table knows as a whole are told apart from those that it can only put together, or not at all:
mixed, the two would flatter.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from unspin.restorer import Restorer
from unspin.training.reach import all_candidates

_BEFORE = (
    "In this paper the creators utilize a profound learning calculation on the informational collection, and the "
    "outcomes are contrasted and those of the customary techniques. The results of "
)
_AFTER = (
    " are discussed here. The proposed strategy accomplishes better execution on the off chance that the quantity of "
    "tests is expanded."
)


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase, what it should read, whether a row knows it whole, whether the table reaches it, what it became."""

    spun: str
    expected: str
    known: bool
    reachable: bool
    exact: bool
    got: str


def read_phrases(path: Path) -> Iterator[tuple[str, str]]:
    """Yield (phrase, expected) of a TSV, but for phrases that are marked ``ambiguous`` in a third column."""
    for line in path.read_text("utf-8").splitlines():
        columns = line.split("\t")
        if len(columns) > 1 and "ambiguous" not in columns[2:]:
            yield columns[0], columns[1]


def restore_phrase(restorer: Restorer, spun: str, expected: str) -> Phrase:
    """Restore one phrase inside its sentence; `expected` may name several wordings, slashes between."""
    wordings = [_plain(wording) for wording in expected.split("/")]
    text = _BEFORE + spun + _AFTER
    restored = restorer.restore(text).text
    tail = restored.rfind("are discussed here")
    start = restored.find("esults of ")
    got = restored[start + 10 : tail].strip() if 0 <= start < tail else restored
    options = all_candidates(restorer.engine, spun)
    return Phrase(
        spun,
        expected,
        known=_plain(spun) in restorer.engine.table.forms,
        reachable=any(options.rank(0, len(spun), [wording]) is not None for wording in wordings),
        exact=any(f" {wording} " in f" {_plain(got)} " for wording in wordings),
        got=got,
    )


def _plain(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", " ", text.lower()).strip()
