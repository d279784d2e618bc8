"""Patterns of style checkers, spelled out."""

from __future__ import annotations

import contextlib
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from unspin.lexicon.exchange.patterns import PatternError, phrases


@pytest.mark.parametrize("pattern", ["a+", "[abc]", "a{2}", r"\w", "(?=a)", "(?:a", "a)", "*", r"\1", "(?i)a"])
def test_what_is_no_handful_of_phrases_is_refused(pattern: str) -> None:
    with pytest.raises(PatternError):
        phrases(pattern)


@given(st.text(alphabet=r"ac |?()\.:", max_size=15))
def test_what_is_spelled_out_is_matched(pattern: str) -> None:
    with contextlib.suppress(PatternError, re.error):
        compiled = re.compile(pattern)
        assert all(compiled.fullmatch(phrase) for phrase in phrases(pattern))
