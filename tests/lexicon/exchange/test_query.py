"""Fingerprint queries: what they stand for, and what is refused."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from unspin.lexicon.exchange.query import Condition, QueryError, conditions, written


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ('"bosom peril"', [Condition("bosom peril")]),
        ("bosom peril", [Condition("bosom peril")]),
        ('"bosom" AND "breast"', [Condition("bosom", ("breast",))]),
        ('"bosom" AND "breast" OR "bosom" AND "cancer"', [Condition("bosom", ("breast", "cancer"))]),
        ('"a" OR ("a" AND "b")', [Condition("a")]),
        ('("a" OR "b") AND "c"', [Condition("a", ("c",)), Condition("b", ("c",))]),
        ('"a" NOT "b"', [Condition("a", (), ("b",))]),
        ('"a" AND NOT ("b" OR "c")', [Condition("a", (), ("b", "c"))]),
        ("“curly quotes” AND word", [Condition("curly quotes", ("word",))]),
    ],
)
def test_a_query_stands_for_rows(query: str, expected: list[Condition]) -> None:
    assert list(conditions(query)) == expected


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ('"a" AND "b" AND "c"', "more than two phrases"),
        ('NOT "a"', "only what must not stand"),
        ('("a" OR "b"', "bracket is missing"),
        ('"a" OR', "missing at its end"),
        ('"a" AND OR "b"', "missing before OR"),
        ('"a', "quotation mark is missing"),
        ('"a" "b"', "not understood from 'b'"),
        ('""', "empty phrase"),
        ('"a" NOT ("b" AND "c")', "NOT before phrases joined"),
        ('("a" NOT "b") OR ("a" NOT "c")', "differs between"),
        (" AND ".join(['("a" OR "b")'] * 12), "too many"),
    ],
)
def test_what_can_be_no_row_is_refused(query: str, said: str) -> None:
    with pytest.raises(QueryError, match=said):
        conditions(query)


_PHRASES = st.from_regex(r"[a-z]{1,5}( [a-z]{1,5})?", fullmatch=True)


@given(_PHRASES, st.lists(_PHRASES, max_size=3, unique=True), st.lists(_PHRASES, max_size=2, unique=True))
def test_what_is_written_is_read_again(spun: str, near: list[str], unless_near: list[str]) -> None:
    condition = Condition(spun, tuple(near), tuple(unless_near))
    assert conditions(written(condition)) == (condition,)


@given(st.text(alphabet='"“”() ANDORTabc', max_size=40))
def test_any_text_is_read_or_refused(query: str) -> None:
    with contextlib.suppress(QueryError):
        assert all(condition.spun for condition in conditions(query))
