"""One case measured: every figure on an example small enough to count by hand."""

from __future__ import annotations

import pytest

from unspin.engine.pipeline import Engine
from unspin.model import Alternative, Edit, Score, Span
from unspin.training.cases import Case
from unspin.training.measure import Counts, Measured, Outcome, measure
from unspin.training.reach import all_candidates, ranked

SPUN = "He mentioned the civil battle hurt the Nationwide Front badly."
GOLD = "He said the civil war hurt the National Front badly."


def edit(before: str, after: str, confidence: float = 0.9, other: str = "") -> Edit:
    start = SPUN.index(before)
    alternatives = (Alternative(other, 1 - confidence),) if other else ()
    return Edit(Span(start, start + len(before)), before, after, confidence, Score(), None, alternatives)


def measured(toy: Engine, restored: str, *edits: Edit, case: Case | None = None) -> Measured:
    options = all_candidates(toy, SPUN)
    return measure(case or Case("c", SPUN, GOLD), restored, edits, options, ranked(options.document, edits))


def test_a_perfect_restoration(toy: Engine) -> None:
    result = measured(toy, GOLD)
    assert (result.strict.precision, result.strict.recall, result.strict.f()) == (1.0, 1.0, 1.0)
    assert {w.outcome for w in result.windows} == {Outcome.HIT}
    assert result.names == (1, 1, 0, 0)


def test_nothing_done(toy: Engine) -> None:
    result = measured(toy, SPUN)
    assert (result.strict.precision, result.strict.recall) == (1.0, 0.0)
    assert [w.outcome for w in result.windows] == [Outcome.MISS] * 3


def test_wrong_missed_and_over_are_told_apart(toy: Engine) -> None:
    result = measured(toy, "He noted the civil war hurt the Nationwide Front severely.")
    assert [w.outcome for w in result.windows] == [Outcome.WRONG, Outcome.HIT, Outcome.MISS, Outcome.OVER]
    assert (result.strict.right, result.strict.made, result.strict.found, result.strict.wanted) == (1, 3, 1, 3)
    assert (result.detected.right, result.detected.made, result.detected.found) == (2, 3, 2)
    assert (result.words.right, result.words.made, result.words.wanted) == (1, 3, 3)


def test_a_fair_alternative_is_as_right_as_the_gold(toy: Engine) -> None:
    case = Case("c", SPUN, GOLD, {("mentioned",): frozenset({("noted",)})})
    result = measured(toy, "He noted the civil battle hurt the Nationwide Front badly.", case=case)
    assert (result.strict.right, result.gold_only.right) == (1, 0)


def test_an_intact_name_that_is_broken_counts(toy: Engine) -> None:
    case = Case("c", "They met New York friends.", "They met New York friends.")
    options = all_candidates(toy, case.spun)
    result = measure(case, "They met New Jersey friends.", (), options, ranked(options.document, ()))
    assert result.names == (0, 0, 1, 1)


def test_candidates_reach_what_the_table_knows(toy: Engine) -> None:
    assert (measured(toy, SPUN).reachable, measured(toy, SPUN).windows_of_gold) == (3, 3)
    case = Case("c", SPUN, GOLD.replace("badly", "gravely"))
    assert (measured(toy, SPUN, case=case).reachable, measured(toy, SPUN, case=case).windows_of_gold) == (3, 4)


def test_ranks_are_those_of_the_engines_options(toy: Engine) -> None:
    result = measured(toy, SPUN, edit("mentioned", "said"), edit("battle", "fight", 0.6, other="war"))
    assert result.ranks == (0, 1, None)


def test_each_edit_is_judged_by_itself(toy: Engine) -> None:
    result = measured(toy, SPUN, edit("mentioned", "said", 0.8), edit("battle", "fight", 0.3))
    assert result.sure == ((0.8, True), (0.3, False))


def test_nothing_made_is_no_mistake() -> None:
    assert (Counts().precision, Counts().recall) == (1.0, 1.0)
    assert Counts(right=9, made=10, found=6, wanted=10).f() == pytest.approx(0.818, abs=1e-3)
