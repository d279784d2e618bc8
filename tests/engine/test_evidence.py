"""How spun is it, sentence by sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from unspin.engine.evidence import Novelty, log_odds
from unspin.model import Dialect
from unspin.restorer import Restorer

SAMPLES = Path(__file__).parents[2] / "samples"
CLEAN = (SAMPLES / "phone-review.gold.txt").read_text("utf-8")


def test_neighbours_inform_each_other() -> None:
    alone, among = log_odds([0.0])[0], log_odds([3.0, 0.0, 3.0])[1]
    assert among > alone + 3


def test_a_spun_part_does_not_condemn_the_rest() -> None:
    odds = log_odds([-1.5] * 40 + [4.0] * 6 + [-1.5] * 40)
    assert odds[42] > 5
    assert odds[5] < -4
    assert odds[-5] < -4


def test_a_repeated_form_says_less_and_less() -> None:
    novelty = Novelty()
    shares = [novelty.of(7, 0) for _ in range(3)]
    assert shares == pytest.approx([1, 1 / 2, 1 / 3])
    assert novelty.of(7, 10_000) == pytest.approx(1.0)


@pytest.mark.parametrize("name", ["border-talks", "savings-guide", "phone-review", "sleep-advice"])
def test_samples_are_recognised(name: str, restorer: Restorer) -> None:
    assert restorer.score((SAMPLES / f"{name}.spun.txt").read_text("utf-8")).probability > 0.95
    assert restorer.score((SAMPLES / f"{name}.gold.txt").read_text("utf-8")).probability < 0.1


def test_dialects_are_told_apart(restorer: Restorer, border_talks: str) -> None:
    assert restorer.score(border_talks).dialect is Dialect.BLOG
    assert restorer.score((SAMPLES / "sleep-advice.spun.txt").read_text("utf-8")).dialect is Dialect.SPINBOT
    assert restorer.score((SAMPLES / "sleep-health.spun.txt").read_text("utf-8")).dialect is Dialect.PARAPHRASER


def test_half_a_page(restorer: Restorer, border_talks: str) -> None:
    page = CLEAN + "\n" + border_talks
    restoration = restorer.restore(page)
    assert all(edit.span.start >= len(CLEAN) for edit in restoration.edits)
    assert len(restoration.edits) > 20


def test_one_sentence_is_enough(restorer: Restorer) -> None:
    assert restorer.restore("The 2 international locations ended their 20 12 months battle.").text == (
        "The two countries ended their 20 year war."
    )


@pytest.mark.parametrize("text", ["", " ", "\n\n", "...", "12 345", "Hello."])
def test_nothing_to_go_by_is_not_spun(text: str, restorer: Restorer) -> None:
    assert restorer.score(text).probability < 0.5


@pytest.mark.parametrize(
    ("spun", "original"),
    [
        ("The Nationwide Resistance Entrance held the valley.", "National Resistance Front"),
        ("The World Well being Group is in Geneva.", "World Health Organization"),
    ],
)
def test_a_whole_name_tells_by_itself(spun: str, original: str, restorer: Restorer) -> None:
    assert original in restorer.restore(spun).text
