"""A whole evaluation, on the samples of this repository and, where they lie beside it, the development passages."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from unspin.restorer import Restorer
from unspin.training.cases import Case, read_cases
from unspin.training.evaluate import Evaluation, evaluate, never_spun, report, spread
from unspin.training.phrases import restore_phrase

REPOSITORY = Path(__file__).parents[2]
SHARED = REPOSITORY.parent / "shared"
beside = pytest.mark.skipif(not SHARED.is_dir(), reason="the development passages are not here")


@pytest.fixture(scope="module")
def samples(restorer: Restorer) -> Evaluation:
    return evaluate(restorer, read_cases(REPOSITORY / "samples"))


def test_the_report_is_json_with_every_part(samples: Evaluation) -> None:
    found = json.loads(json.dumps(report(samples)))
    assert set(found) == {
        "windows", "lengths", "dialects", "spread", "outcomes", "intervals", "names", "candidates", "text", "confidence",
        "cases",
    }  # fmt: skip
    assert found["names"]["broken"] == 0
    assert found["text"]["made_worse"] == 0
    low, high = found["intervals"]["f0.5"]
    assert low <= found["windows"]["strict"]["f0.5"] <= high


def test_spins_of_one_original_come_together(restorer: Restorer) -> None:
    gold = "He said that the civil war in the north of the two countries was over."
    spins = [
        gold.replace("war", "battle"),
        gold.replace("said", "mentioned").replace("two countries", "2 international locations"),
    ]
    found = spread(evaluate(restorer, [Case(str(i), spun, gold) for i, spun in enumerate(spins)]).cases)
    assert found["pairs"] == 1
    assert found["restored"] >= found["spun"]


@beside
def test_development_spins_come_together(restorer: Restorer) -> None:
    found = spread(evaluate(restorer, read_cases(SHARED / "corpus" / "dev")).cases)
    assert found["restored"] - found["spun"] >= 0.05


def test_gold_is_restored_to_itself(restorer: Restorer) -> None:
    figures = never_spun(restorer, sorted((REPOSITORY / "samples").glob("*.gold.txt")))
    assert (figures["edits"], figures["touched"]) == (0, 0)
    assert 0 < figures["high"] < 1e4


def test_a_phrase_is_judged_inside_its_sentence(restorer: Restorer) -> None:
    phrase = restore_phrase(restorer, "irregular timberland", "random forest")
    assert phrase.exact == ("random forest" in phrase.got.lower())
    assert not restore_phrase(restorer, "zzyzx qqq", "random forest").reachable


@beside
def test_figures_are_those_of_the_independent_yardstick(restorer: Restorer, tmp_path: Path) -> None:
    cases = read_cases(SHARED / "corpus" / "dev")
    evaluation = evaluate(restorer, cases)
    for case in evaluation.cases:
        (tmp_path / f"{case.case.name}.txt").write_text(case.restored, "utf-8")
    command = [sys.executable, str(SHARED / "tools" / "score.py"), str(SHARED / "corpus" / "dev"), str(tmp_path)]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    for name, part in (("ALL", lambda m: m.strict), ("WORDS", lambda m: m.words)):
        line = next(line for line in said.splitlines() if line.startswith(name))
        total = evaluation.total(part)
        figures = [float(f) for f in re.findall(r"(?:P|R|F0\.5) ([\d.]+)", line)]
        assert figures == pytest.approx([total.precision, total.recall, total.f()], abs=1e-4)
