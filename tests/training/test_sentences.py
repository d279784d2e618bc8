"""Sentences find their origin, whatever was dropped, split off or put elsewhere."""

from __future__ import annotations

from unspin.text import document as documents
from unspin.training.sentences import aligned

GOLD = (
    "The talks ended on Monday. Both sides want peace in the valley. A second round will follow in spring. "
    "Rain fell on the capital all day."
)


def pairs(spun: str, gold: str = GOLD) -> list[tuple[str, str]]:
    mine, theirs = documents.read(spun), documents.read(gold)
    return [(mine.source(p.start, p.end), theirs.source(p.to_start, p.to_end)) for p in aligned(mine, theirs)]


def test_sentences_in_step() -> None:
    assert pairs("The talks finished on Monday. Both sides need peace in the valley.") == [
        ("The talks finished on Monday", "The talks ended on Monday"),
        ("Both sides need peace in the valley", "Both sides want peace in the valley"),
    ]


def test_paragraphs_out_of_step_and_sentences_dropped() -> None:
    found = pairs("Rain fell on the capital the entire day.\n\nA second spherical will comply with in spring.")
    assert [original for _, original in found] == [
        "Rain fell on the capital all day",
        "A second round will follow in spring",
    ]


def test_what_has_no_origin_is_left_out() -> None:
    assert pairs("Click here to subscribe. The talks finished on Monday.")[0][0] == "The talks finished on Monday"
    assert pairs("Cheap pills online.") == []
    assert pairs("") == []


def test_of_two_that_want_one_origin_the_likelier_has_it() -> None:
    found = pairs("The talks ended. The talks ended on Monday night.", "The talks ended on Monday.")
    assert found == [("The talks ended on Monday night", "The talks ended on Monday")]
