"""The trigram and the frequency list: facts about English, and what happens to words they do not know."""

from __future__ import annotations

import math

import pytest

from unspin.language import log_probability_of
from unspin.language.collocations import FLOOR, signatures
from unspin.language.frequency import log_frequency, zipf
from unspin.language.trigram import Trigram


def test_collocations_are_likelier(trigram: Trigram) -> None:
    assert log_probability_of(trigram, ("civil", "war")) > log_probability_of(trigram, ("civil", "battle"))
    assert log_probability_of(trigram, ("battle", "of", "hastings")) > log_probability_of(trigram, ("war", "of", "hastings"))


def test_context_counts(trigram: Trigram) -> None:
    assert trigram.log_probability("states", "united", "the") > trigram.log_probability("states", "", "") + 3


@pytest.mark.parametrize("word", ["the", "zzyzxq", "taliban", "", "</s>", "\0", "word's"])
def test_every_word_has_a_finite_probability_of_at_most_one(trigram: Trigram, word: str) -> None:
    value = trigram.log_probability(word, "the", "of")
    assert math.isfinite(value)
    assert value <= 0


def test_known_frequencies_serve_words_the_trigram_lacks() -> None:
    model = Trigram({"zzyzxq": -9.0})
    assert model.log_probability("zzyzxq", "", "") > model.log_probability("qzzyzx", "", "")


def test_common_words_are_common() -> None:
    assert zipf("the") > zipf("war") > zipf("bosom") > 2
    assert zipf("zzyzxqq") == 0.0
    assert log_frequency("the") == pytest.approx(math.log(0.05), abs=0.4)


def test_pairs_that_belong_together_are_likelier_than_the_trigram_thinks(trigram: Trigram) -> None:
    told = Trigram(pairs=signatures([("tabu", "search")]))
    assert told.log_probability("search", "tabu", "the") == FLOOR > trigram.log_probability("search", "tabu", "the")
    assert told.log_probability("states", "united", "the") == trigram.log_probability("states", "united", "the")
    assert told.name != trigram.name
