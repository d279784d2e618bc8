"""Which edits are applied, and which are offered."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from unspin.engine.line import split_at
from unspin.model import Alternative, Edit, Score, Span

TEXT = "one two three four five"


def edit(word: str, confidence: float, *, after: str = "x", kept: float | None = None) -> Edit:
    """Return an edit of one word of `TEXT`; `kept`: how probable it is that nothing should change there."""
    start = TEXT.index(word)
    alternatives = () if kept is None else (Alternative(word, kept),)
    return Edit(Span(start, start + len(word)), word, after, confidence, Score(), None, alternatives)


def applied(*edits: Edit, line: float = 0.5) -> list[str]:
    return [e.before for e in split_at(edits, line)[0]]


def test_the_line_separates_applied_from_offered() -> None:
    above, below = split_at([edit("one", 0.9), edit("three", 0.3), edit("four", 0.01), edit("five", 0.9, after="five")], 0.5)
    assert [e.before for e in above] == ["one"]
    assert [e.before for e in below] == ["three"]


def test_two_that_touch_pass_together_or_not_at_all() -> None:
    assert applied(edit("two", 0.9), edit("three", 0.6)) == ["two", "three"]
    assert applied(edit("two", 0.9), edit("three", 0.6), line=0.7) == []
    assert applied(edit("two", 0.9), edit("three", 0.2)) == ["two"]  # surely left, so no doubt about the pair
    assert applied(edit("two", 0.7), edit("three", 0.45)) == []


def test_in_a_longer_run_the_line_lies_lower_beside_what_passes() -> None:
    far = edit("four", 0.3)
    assert applied(edit("two", 0.9), edit("three", 0.45), far) == ["two", "three"]
    assert applied(edit("two", 0.9), edit("three", 0.45, kept=0.5), far) == ["two"]


def test_of_overlapping_edits_the_first_counts() -> None:
    wide = Edit(Span(0, 7), "one two", "x", 0.9, Score(), None)
    assert split_at([wide, edit("two", 0.4)], 0.5) == ((wide,), ())


@given(st.lists(st.tuples(st.floats(0.1, 1), st.booleans()), min_size=5, max_size=5), st.floats(0, 1), st.floats(0, 1))
def test_a_lower_line_lets_no_less_pass(drawn: list[tuple[float, bool]], one: float, other: float) -> None:
    edits = [edit(word, p) for word, (p, there) in zip(TEXT.split(), drawn, strict=True) if there]
    low, high = sorted((one, other))
    assert set(split_at(edits, high)[0]) <= set(split_at(edits, low)[0])
