"""The whole of an evaluation: cases restored and measured, added up, with intervals, as one JSON-able report.

The protocol is told in docs/evaluation.md; figures of single cases come from `unspin.training.measure`.
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

from unspin.model import Dialect, Restoration
from unspin.restorer import Restorer
from unspin.training.align import similarity, tokens
from unspin.training.cases import Case
from unspin.training.fit import brier, calibration_error, line_for, logistic
from unspin.training.measure import LINES, Counts, Measured, Outcome, measure
from unspin.training.reach import all_candidates, ranked

_DRAWS = 2_000


@dataclass(frozen=True)
class Evaluation:
    """Every case measured, how many originals a spun form that occurs has, on average, and each case's dialect."""

    cases: tuple[Measured, ...]
    originals_per_form: float
    dialects: tuple[Dialect, ...] = ()

    def total(self, part: Callable[[Measured], Counts]) -> Counts:
        """Add up one kind of count over the cases."""
        return sum((part(case) for case in self.cases), Counts())


def evaluate(restorer: Restorer, cases: Sequence[Case]) -> Evaluation:
    """Restore and measure cases."""
    measured, forms, dialects = [], list[int](), list[Dialect]()
    for case in cases:
        restoration = restorer.restore(case.spun)
        options = all_candidates(restorer.engine, case.spun)
        edits = [*restoration.edits, *restoration.offered]
        forms += options.forms
        dialects.append(restoration.evidence.dialect)
        measured.append(measure(case, restoration.text, edits, options, ranked(restoration.document, edits)))
    return Evaluation(tuple(measured), sum(forms) / max(1, len(forms)), tuple(dialects))


def report(evaluation: Evaluation) -> dict[str, Any]:
    """Return everything as JSON-able data, under the names that docs/evaluation.md explains."""
    cases = evaluation.cases
    ranks = [rank for case in cases for rank in case.ranks]
    wanted, reachable = sum(case.windows_of_gold for case in cases), sum(case.reachable for case in cases)
    names = [sum(case.names[i] for case in cases) for i in range(4)]
    return {
        "windows": {name: _counts(evaluation.total(part)) for name, part in _KINDS.items()},
        "lengths": lengths(cases),
        "dialects": by_dialect(evaluation),
        "spread": spread(cases),
        "outcomes": {o: sum(w.outcome is o for case in cases for w in case.windows) for o in Outcome},
        "intervals": intervals(cases),
        "names": {"restored": names[0], "spun": names[1], "broken": names[2], "intact": names[3]},
        "candidates": {
            "recall": reachable / max(1, wanted),
            "originals_per_form": evaluation.originals_per_form,
            "acc@1": _share(ranks, lambda r: r < 1),
            "acc@5": _share(ranks, lambda r: r < 5),
            "mrr": sum(1 / (max(0, r) + 1) for r in ranks if r is not None) / max(1, len(ranks)),
        },
        "text": text_figures(cases),
        "confidence": confidence(cases),
        "cases": [_case(case) for case in cases],
    }


_KINDS: dict[str, Callable[[Measured], Counts]] = {
    "strict": lambda m: m.strict,
    "gold only": lambda m: m.gold_only,
    "loose": lambda m: m.loose,
    "words": lambda m: m.words,
    "detection": lambda m: m.detected,
}


def _counts(counts: Counts) -> dict[str, float]:
    return {
        "made": counts.made,
        "wanted": counts.wanted,
        "precision": counts.precision,
        "recall": counts.recall,
        "f0.5": counts.f(),
        "f1": counts.f(1.0),
    }


def _share(ranks: Sequence[int | None], good: Callable[[int], bool]) -> float:
    return sum(rank is not None and good(rank) for rank in ranks) / max(1, len(ranks))


def _case(case: Measured) -> dict[str, Any]:
    return {
        "name": case.case.name,
        "windows": _counts(case.strict),
        "words": _counts(case.words),
        "candidate_recall": case.reachable / max(1, case.windows_of_gold),
    }


def lengths(cases: Sequence[Measured]) -> dict[str, dict[str, float]]:
    """Return the windows that should change by how many tokens of the spun text they hold, and the share that are hits."""
    wanted = [(len(w.spun.split()), w.outcome) for case in cases for w in case.windows if w.outcome is not Outcome.OVER]
    held = [w for w in wanted if w[0]]
    groups = {"1": [o for n, o in held if n == 1], "2": [o for n, o in held if n == 2], "3+": [o for n, o in held if n > 2]}
    return {
        name: {"windows": len(outcomes), "hits": sum(o is Outcome.HIT for o in outcomes) / max(1, len(outcomes))}
        for name, outcomes in groups.items()
    }


def by_dialect(evaluation: Evaluation) -> dict[str, dict[str, float]]:
    """Return strict counts by the dialect that each case was taken for."""
    totals: dict[str, Counts] = {}
    for case, dialect in zip(evaluation.cases, evaluation.dialects, strict=True):
        totals[str(dialect)] = totals.get(str(dialect), Counts()) + case.strict
    return {name: _counts(total) for name, total in sorted(totals.items())}


def spread(cases: Sequence[Measured]) -> dict[str, float]:
    """Return how alike spins of one original are, spun and restored: common tokens in order, 0 to 1, mean over pairs."""
    pairs = [(a, b) for a, b in combinations(cases, 2) if a.case.family == b.case.family]
    spun = [similarity(tokens(a.case.spun), tokens(b.case.spun)) for a, b in pairs]
    restored = [similarity(tokens(a.restored), tokens(b.restored)) for a, b in pairs]
    count = max(1, len(pairs))
    return {"pairs": len(pairs), "spun": sum(spun) / count, "restored": sum(restored) / count}


def intervals(cases: Sequence[Measured], *, seed: int = 0) -> dict[str, tuple[float, float]]:
    """Return 95 % intervals of strict precision, recall and F0.5 by bootstrap over documents (Efron 1979)."""
    chance = random.Random(seed)
    drawn = [sum((c.strict for c in chance.choices(cases, k=len(cases))), Counts()) for _ in range(_DRAWS)] if cases else []
    figures: dict[str, Callable[[Counts], float]] = {
        "precision": lambda c: c.precision,
        "recall": lambda c: c.recall,
        "f0.5": Counts.f,
    }
    found = {}
    for name, figure in figures.items():
        values = sorted(map(figure, drawn)) or [0.0]
        found[name] = values[int(0.025 * len(values))], values[min(len(values) - 1, int(0.975 * len(values)))]
    return found


def text_figures(cases: Sequence[Measured]) -> dict[str, float]:
    """Return chrF2 and BLEU (sacrebleu) before and after, the share of the gap closed, and how many cases got worse."""
    from sacrebleu.metrics.bleu import BLEU
    from sacrebleu.metrics.chrf import CHRF

    golds = [[case.case.gold for case in cases]]
    figures: dict[str, float] = {}
    for name, metric in (("chrf", CHRF()), ("bleu", BLEU())):
        before = metric.corpus_score([case.case.spun for case in cases], golds).score
        after = metric.corpus_score([case.restored for case in cases], golds).score
        figures |= {f"{name}_before": before, f"{name}_after": after}
    figures["gap_closed"] = (figures["chrf_after"] - figures["chrf_before"]) / max(1e-9, 100 - figures["chrf_before"])
    score = CHRF().sentence_score
    worse = sum(score(c.restored, [c.case.gold]).score < score(c.case.spun, [c.case.gold]).score - 1e-9 for c in cases)
    return figures | {"made_worse": worse}


def confidence(cases: Sequence[Measured]) -> dict[str, Any]:
    """Return calibration: ECE, Brier, what passes the three lines, how much lies above 95 % and 99 % precision.

    A line's ``left_out`` is its precision over single edits whose confidence was fitted on other families only.
    """
    pairs, others = [pair for case in cases for pair in case.sure], left_out(cases)
    above = {}
    for name, line in LINES.items():
        held = [right for case in cases for right in case.passed[name]]
        unfitted = [right for p, right in others if p >= line]
        above[name] = {
            "line": line,
            "edits": len(held),
            "precision": sum(held) / max(1, len(held)),
            "left_out": sum(unfitted) / max(1, len(unfitted)),
        }
    return {
        "edits": len(pairs),
        "ece": calibration_error(pairs),
        "ece_left_out": calibration_error(others),
        "brier": brier(pairs),
        "lines": above,
        "coverage@95": line_for(pairs, 0.95)[1],
        "coverage@99": line_for(pairs, 0.99)[1],
    }


def left_out(cases: Sequence[Measured]) -> list[tuple[float, bool]]:
    """Return all (confidence, right) pairs, each recalibrated by a logistic fitted on the other families only."""
    from unspin.training.fit import logit

    pairs = []
    for family in sorted({case.case.family for case in cases}):
        slope, shift = logistic([p for case in cases if case.case.family != family for p in case.sure])
        for case in cases:
            if case.case.family == family:
                pairs += [(1 / (1 + math.exp(-(slope * logit(p) + shift))), right) for p, right in case.sure]
    return pairs


def fitted(cases: Sequence[Measured]) -> dict[str, Any]:
    """Return the logistic that the cases ask for on top of the one in force, and the lines of 97, 90 and 75 % precision."""
    pairs = [pair for case in cases for pair in case.sure]
    slope, shift = logistic(pairs)
    return {"slope": slope, "shift": shift, "lines": {str(p): line_for(pairs, p)[0] for p in (0.97, 0.9, 0.75)}}


def never_spun(restorer: Restorer, paths: Sequence[Path]) -> dict[str, float]:
    """Return false edits in texts that nobody spun, per 10,000 words, with exact 95 % Poisson bounds (Garwood 1936)."""
    restorations: list[Restoration] = [restorer.restore(path.read_text("utf-8")) for path in paths]
    edits = sum(len(r.edits) for r in restorations)
    count = sum(len(r.document) for r in restorations)
    low, high = poisson_bounds(edits)
    return {
        "words": count,
        "edits": edits,
        "per_10000": 1e4 * edits / max(1, count),
        "low": 1e4 * low / max(1, count),
        "high": 1e4 * high / max(1, count),
        "documents": len(paths),
        "touched": sum(bool(r.edits) for r in restorations),
    }


def poisson_bounds(events: int) -> tuple[float, float]:
    """Return the exact 95 % bounds of a Poisson mean, given how many events were seen.

    >>> [round(bound, 2) for bound in poisson_bounds(0)], [round(bound, 2) for bound in poisson_bounds(5)]
    ([0.0, 3.69], [1.62, 11.67])
    """

    def at_most(k: int, mean: float) -> float:
        return sum(math.exp(i * math.log(mean) - mean - math.lgamma(i + 1)) for i in range(k + 1))

    def solve(wanted: float, k: int) -> float:
        low, high = 1e-9, 10.0 * (k + 5)
        for _ in range(100):
            middle = (low + high) / 2
            low, high = (middle, high) if at_most(k, middle) > wanted else (low, middle)
        return low

    return solve(0.975, events - 1) if events else 0.0, solve(0.025, events)
