"""Case and articles."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from unspin.text.surface import article_for, carry_case, like_apostrophes


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("battle", "war", "war"),
        ("Battle", "war", "War"),
        ("CIVIL BATTLE", "civil war", "CIVIL WAR"),
        ("Civil Battle", "civil war", "Civil War"),
        ("Civil battle", "civil war", "Civil war"),
        ("Nationwide", "national", "National"),
        ("international locations", "countries", "countries"),
        ("International locations", "countries", "Countries"),
        ("20 12 Months", "20 year", "20 Year"),
        ("nationwide congress", "National Congress", "National Congress"),
        ("I", "we", "We"),
        ("As A Result Of", "because", "Because"),
        ("iPhone store", "shop", "shop"),
        ("", "x", "x"),
        ("battle", "", ""),
    ],
)
def test_case_is_carried_word_by_word(before: str, after: str, expected: str) -> None:
    assert carry_case(before, after) == expected


def test_a_capital_at_a_sentence_start_moves_to_the_first_word() -> None:
    assert carry_case("Superb", "very good", sentence_start=True) == "Very good"


@pytest.mark.parametrize(
    ("word", "article"),
    [
        ("war", "a"), ("awful", "an"), ("hour", "an"), ("honest", "an"), ("house", "a"), ("European", "a"), ("union", "a"),
        ("unusual", "an"), ("unimportant", "an"), ("uninvited", "an"), ("university", "a"), ("useful", "a"), ("user", "a"),
        ("one-off", "a"), ("once-famous", "a"), ("onerous", "an"), ("MBA", "an"), ("UFO", "a"), ("NATO", "a"), ("8", "an"),
        ("11", "an"), ("18", "an"), ("100", "a"), ("18th", "an"), ("heir", "an"), ("umbrella", "an"), ("ubiquitous", "a"),
        ("ukulele", "a"), ("FBI", "an"), ("SUV", "an"), ("URL", "a"),
    ],
)  # fmt: skip
def test_articles(word: str, article: str) -> None:
    assert article_for(word) == article


def test_curly_apostrophes_stay_curly() -> None:
    assert like_apostrophes("they are", "they're", curly=True) == "they’re"
    assert like_apostrophes("they are", "they're", curly=False) == "they're"


@given(st.text(max_size=40), st.text(max_size=40))
def test_case_changes_nothing_but_case(before: str, after: str) -> None:
    assert carry_case(before, after).casefold() == after.casefold() or not (before + after).isascii()
