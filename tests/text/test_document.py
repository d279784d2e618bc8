"""Words with exact offsets, sentences, gaps."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from unspin.text.document import read


def sentences(text: str) -> list[str]:
    document = read(text)
    return [document.source(first, last) for first, last in document.sentence_bounds()]


@given(st.text(max_size=300))
def test_tokens_lie_where_they_say_and_in_order(text: str) -> None:
    document = read(text)
    end = 0
    for token in document.tokens:
        assert token.span.of(text) == token.text
        assert token.span.start >= end
        end = token.span.end
    assert len(document.gaps) == len(document.keys) == len(document)


def test_keys_are_lower_case_with_straight_apostrophes() -> None:
    assert read("They’re HERE, don't").keys == ["they're", "here", "don't"]


@pytest.mark.parametrize(
    ("text", "gap"),
    [
        ("civil battle", " "),
        ("civil  battle", " "),
        ("civil\u00a0battle", " "),
        ("civil\nbattle", " "),
        ("civil\r\nbattle", " "),
        ("civil-battle", "-"),
        ("civil, battle", ", "),
        ("civil. Battle", "\0"),
        ("civil\nBattle", "\0"),
        ("civil\n\nbattle", "\0"),
        ("civil; battle", "\0"),
        ("civil [ad_1] battle", "\0"),
    ],
)
def test_gaps_say_whether_a_phrase_may_run_across(text: str, gap: str) -> None:
    assert read(text).gaps[0] == gap


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One. Two! Three?", ["One", "Two", "Three"]),
        ("Mr. Smith of the U.S. Army left. He ran.", ["Mr. Smith of the U.S. Army left", "He ran"]),
        ("“It is so.” She left.", ["It is so", "She left"]),
        ("A title\n\nThe body", ["A title", "The body"]),
        ("wrapped at the\nmargin here", ["wrapped at the\nmargin here"]),
        ("item one\nItem two", ["item one", "Item two"]),
        ("It cost 3.5 million. Then more", ["It cost 3.5 million", "Then more"]),
        ("", []),
        ("...", []),
    ],
)
def test_sentences(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


def test_tokens_can_be_sliced_and_counted_from_the_end() -> None:
    tokens = read("one two three. Four").tokens
    assert [t.key for t in tokens[1:3]] == ["two", "three"]
    assert tokens[-1].key == "four"
    assert tokens[-1].sentence == 1
    with pytest.raises(IndexError):
        tokens[4]


def test_long_text_without_blanks_is_one_word() -> None:
    assert len(read("x" * 200_000)) == 1


def test_text_without_full_stops_has_sentences_too() -> None:
    document = read("word " * 150 + "one, two " + "word " * 300)
    bounds = list(document.sentence_bounds())
    assert max(last - first for first, last in bounds) <= 200
    assert document.keys[bounds[1][0]] == "two"
    assert (bounds[0][0], bounds[-1][1]) == (0, 452)
