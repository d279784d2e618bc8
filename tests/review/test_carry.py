from __future__ import annotations

from unspin.model import Span
from unspin.review.carry import carried

BEFORE = "Head\n\nA civil battle raged. The battle ended.\nThe battle again.\n"


def spans_of(word: str, text: str) -> list[Span]:
    starts = [i for i in range(len(text)) if text.startswith(word, i)]
    return [Span(i, i + len(word)) for i in starts]


def test_a_typing_error_mended_in_a_paragraph_costs_no_decision() -> None:
    after = BEFORE.replace("raged", "had raged").replace("Head", "A new head\nof two lines")
    decisions = dict.fromkeys(spans_of("battle", BEFORE), "war")
    assert carried(BEFORE, after, decisions) == dict.fromkeys(spans_of("battle", after), "war")


def test_words_that_are_gone_take_their_decision_along() -> None:
    after = BEFORE.replace("The battle ended. ", "").replace(
        "A civil battle raged. The battle ended.", "A civil battle raged."
    )
    first, _, third = spans_of("battle", BEFORE)
    kept = carried(BEFORE, after, {first: "war", third: "fight"})
    assert kept == dict(zip(spans_of("battle", after), ("war", "fight"), strict=True))


def test_a_changed_word_is_not_the_same_word() -> None:
    assert carried("a battle", "a battleship", {Span(2, 8): "war"}) == {}


def test_repeated_lines_keep_their_own_decisions() -> None:
    before = "The battle.\n" * 5
    decided = {spans_of("battle", before)[3]: "war"}
    assert carried(before, "Head\n" + before, decided) == {spans_of("battle", "Head\n" + before)[3]: "war"}
