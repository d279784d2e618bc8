"""Alignment and windows: the ground that every figure stands on."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from unspin.training.align import changes, distance, places, rendered, tokens, window

words = st.lists(st.sampled_from("a b c d e".split()), max_size=12)


@given(words, words)
def test_the_whole_source_renders_as_the_target(source: list[str], target: list[str]) -> None:
    assert rendered(source, target, changes(source, target), 0, len(source)) == target


@given(words, words)
def test_changes_are_apart_and_cost_what_the_distance_says(source: list[str], target: list[str]) -> None:
    found = changes(source, target)
    assert all(a.end < b.start or a.to_end < b.to_start for a, b in pairwise(found))
    assert sum(c.end - c.start + c.to_end - c.to_start for c in found) == distance(source, target)


@given(words, words, words)
def test_no_change_crosses_the_edge_of_a_window(source: list[str], gold: list[str], got: list[str]) -> None:
    to_gold, to_got = changes(source, gold), changes(source, got)
    for change in (*to_gold, *to_got):
        start, end = window(change.start, change.end, to_gold, to_got)
        assert start <= change.start <= change.end <= end
        for other in (*to_gold, *to_got):
            assert other.end <= start or end <= other.start or (start <= other.start and other.end <= end)


@given(words, words)
def test_places_are_the_same_token(source: list[str], target: list[str]) -> None:
    assert all(source[i] == target[j] for i, j in places(source, target))


def test_marks_are_tokens_and_quotes_are_straight() -> None:
    assert tokens("“It’s OVER,” he said.", loose=True) == ['"', "it's", "over", ",", '"', "he", "said", "."]
