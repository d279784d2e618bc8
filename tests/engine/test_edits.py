"""Edits are data: applied, composed and taken back by position."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from unspin.engine.edits import apply, calibrated, composed, inverted
from unspin.model import Edit, Score, Span


def edit(text: str, start: int, end: int, after: str, confidence: float = 0.9) -> Edit:
    return Edit(Span(start, end), text[start:end], after, confidence, Score(), None)


@st.composite
def edited(draw: st.DrawFn, text: str) -> list[Edit]:
    """Draw disjoint edits of a text."""
    cuts = sorted(draw(st.lists(st.integers(0, len(text)), max_size=8, unique=True)))
    pairs = zip(cuts[::2], cuts[1::2], strict=False)
    return [edit(text, a, b, draw(st.text("xyz ", max_size=4))) for a, b in pairs]


@given(st.data(), st.text("abcdef ", min_size=1, max_size=40))
def test_reverting_what_was_applied_is_the_identity(data: st.DataObject, text: str) -> None:
    edits = data.draw(edited(text))
    assert apply(apply(text, edits), inverted(edits)) == text


@given(st.data(), st.text("abcdef ", min_size=1, max_size=40))
def test_composed_edits_do_what_both_rounds_did(data: st.DataObject, text: str) -> None:
    first = data.draw(edited(text))
    middle = apply(text, first)
    second = data.draw(edited(middle))
    both = composed(text, first, second)
    assert apply(text, both) == apply(middle, second)
    assert all(a.span.end <= b.span.start for a, b in pairwise(both))


def test_an_edit_that_does_not_fit_is_refused() -> None:
    with pytest.raises(ValueError, match="does not fit"):
        apply("a war", [edit("a battle", 2, 8, "war")])


def test_calibration_keeps_the_order() -> None:
    values = [calibrated(p / 20) for p in range(21)]
    assert values == sorted(values)
    assert all(0 < v < 1 for v in values)
