"""Whether two phrases stand for each other more often than chance has it."""

from __future__ import annotations

import math
from collections.abc import Sequence

# Terms this much smaller than the first add nothing.
_NEGLIGIBLE = 1e-9


def chance(together: int, first: int, second: int, places: int) -> float:
    """Return the probability that two phrases meet in `together` places or more by chance.

    Fisher's exact test, one-sided (Fisher 1922), as Moore (2004, "On log-likelihood-ratios and the significance of rare
    events") recommends for counts of one and two: the tail of the hypergeometric distribution of which `first` and
    `second` are the margins and `places` the sum of the table.

    >>> round(chance(1, 1, 1, 10_000), 9)
    0.0001
    >>> chance(3, 200, 150, 10_000) > 0.5, chance(12, 20, 15, 10_000) < 1e-20
    (True, True)
    """
    first, second = max(first, together), max(second, together)
    places = max(places, first + second - together)
    log_all = _log_choose(places, second)
    term = math.exp(_log_choose(first, together) + _log_choose(places - first, second - together) - log_all)
    total, least = term, term * _NEGLIGIBLE
    for n in range(together, min(first, second)):
        term *= (first - n) * (second - n) / ((n + 1) * (places - first - second + n + 1))
        total += term
        if term < least:
            break
    return min(1.0, total)


def _log_choose(n: int, k: int) -> float:
    return math.lgamma(n + 1) - math.lgamma(k + 1) - math.lgamma(n - k + 1)


def discoveries(probabilities: Sequence[float], rate: float) -> list[bool]:
    """Tell which of many tests count if at most a share `rate` of those that count may be chance.

    The step-up procedure of Benjamini and Hochberg (1995).

    >>> discoveries([0.001, 0.2, 0.012, 0.9], 0.05)
    [True, False, True, False]
    """
    ordered = sorted(probabilities)
    line = max((p for rank, p in enumerate(ordered, 1) if p <= rate * rank / len(ordered)), default=-1.0)
    return [p <= line for p in probabilities]
