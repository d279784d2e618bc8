"""Calibration: the fit finds what made the data, and the figures are what their definitions say."""

from __future__ import annotations

import math
import random

import pytest

from unspin.training.fit import brier, calibration_error, line_for, logistic, logit


def test_the_fit_finds_the_logistic_behind_the_data() -> None:
    chance = random.Random(1)
    pairs = []
    for _ in range(20_000):
        p = chance.uniform(0.05, 0.95)
        truth = 1 / (1 + math.exp(-(0.7 * logit(p) + 0.4)))
        pairs.append((p, chance.random() < truth))
    slope, shift = logistic(pairs)
    assert slope == pytest.approx(0.7, abs=0.05)
    assert shift == pytest.approx(0.4, abs=0.05)


@pytest.mark.parametrize("right", [True, False])
def test_data_without_a_mistake_still_has_a_fit(right: bool) -> None:
    slope, shift = logistic([(0.9, right), (0.6, right), (1.0, right), (0.0, right)])
    assert math.isfinite(slope)
    assert math.isfinite(shift)


def test_calibration_error_and_brier() -> None:
    honest = [(0.75, True)] * 3 + [(0.75, False)]
    assert calibration_error(honest, bins=1) == 0.0
    assert calibration_error([(1.0, False)] * 4) == 1.0
    assert brier([(1.0, True), (0.0, True)]) == 0.5


def test_a_line_never_parts_edits_of_one_confidence() -> None:
    assert line_for([(0.9, True), (0.9, False), (0.5, True)], 0.9) == (1.0, 0.0)
