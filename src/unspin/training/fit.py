"""Confidence that means what it says: how well it does, and the logistic that makes it so.

Fitted is ``ln(q / (1 - q)) = slope * ln(p / (1 - p)) + shift`` (Platt 1999), by Newton's method, on pairs of a probability
and whether the edit was right.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

Pairs = Sequence[tuple[float, bool]]
_LIMIT = 1e-6


def logit(p: float) -> float:
    """Return ln(p / (1 - p)), `p` held off 0 and 1."""
    held = min(1 - _LIMIT, max(_LIMIT, p))
    return math.log(held / (1 - held))


def logistic(pairs: Pairs, *, rounds: int = 50) -> tuple[float, float]:
    """Return (slope, shift) of the likeliest logistic, with a whiff of a prior at (1, 0) so that it always exists.

    >>> slope, shift = logistic([(0.9, True)] * 6 + [(0.9, False)] * 4 + [(0.2, True)] * 1 + [(0.2, False)] * 9)
    >>> 0.5 < slope < 1 and shift < 0
    True
    """
    slope, shift, ridge = 1.0, 0.0, 0.01
    points = [(logit(p), float(right)) for p, right in pairs]
    for _ in range(rounds):
        g0, g1, h00, h01, h11 = ridge * (slope - 1), ridge * shift, ridge, 0.0, ridge
        for x, y in points:
            q = 1 / (1 + math.exp(-max(-30.0, min(30.0, slope * x + shift))))
            g0, g1 = g0 + (q - y) * x, g1 + q - y
            weight = q * (1 - q)
            h00, h01, h11 = h00 + weight * x * x, h01 + weight * x, h11 + weight
        determinant = h00 * h11 - h01 * h01
        step = (h11 * g0 - h01 * g1) / determinant, (h00 * g1 - h01 * g0) / determinant
        slope, shift = (old - max(-1.0, min(1.0, by)) for old, by in zip((slope, shift), step, strict=True))
        if max(map(abs, step)) < 1e-9:
            break
    return slope, shift


def calibration_error(pairs: Pairs, bins: int = 10) -> float:
    """Return the expected calibration error over bins of equal mass (Naeini et al. 2015): 0 is perfect, 1 the worst.

    >>> calibration_error([(0.5, True), (0.5, False)], bins=1)
    0.0
    """
    ordered = sorted(pairs)
    bounds = [round(i * len(ordered) / bins) for i in range(bins + 1)]
    error = 0.0
    for low, high in pairwise(bounds):
        held = ordered[low:high]
        if held:
            error += abs(sum(p for p, _ in held) - sum(right for _, right in held)) / len(ordered)
    return error


def brier(pairs: Pairs) -> float:
    """Return the mean squared distance of confidence from truth: 0 is perfect."""
    return sum((p - right) ** 2 for p, right in pairs) / max(1, len(pairs))


def line_for(pairs: Pairs, precision: float) -> tuple[float, float]:
    """Return (the lowest confidence above which that share is right, the share of all right edits that lie above it).

    >>> line_for([(0.9, True), (0.8, True), (0.7, False), (0.6, True)], 0.9)
    (0.8, 0.6666666666666666)
    """
    ordered = sorted(pairs, reverse=True)
    every, right, best, covered = max(1, sum(r for _, r in pairs)), 0, 1.0, 0
    for made, (p, is_right) in enumerate(ordered, 1):
        right += is_right
        last_of_its_value = made == len(ordered) or ordered[made][0] < p
        if last_of_its_value and right >= precision * made:
            best, covered = p, right
    return best, covered / every
