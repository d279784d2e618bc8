"""What readers decide moves weights."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from unspin.model import Pos, Weight
from unspin.training.cases import CaseError
from unspin.training.decided import Decision, read, rows

WAR = ("war", "battle", Pos.NOUN)


def test_typing_another_wording_makes_a_row_and_speaks_against_the_suggestion() -> None:
    made = rows([Decision(WAR, False, ("battles", "fights"))])
    assert [(e.original, e.spun, e.weight) for e in made] == [
        ("fights", "battles", Weight.USUAL),
        ("war", "battle", Weight.POSSIBLE),
    ]


def test_what_is_no_row_is_passed_over() -> None:
    assert rows([Decision(None, False, ("one two three four five six", "x")), Decision(None, False, ("a", " "))]) == []


def test_decisions_are_read_as_they_were_exported(tmp_path: Path) -> None:
    entry = {"original": "war", "spun": "battle", "pos": "noun"}
    places = [
        {"before": "battle", "wording": "war", "standing": "accepted", "suggested": {"entry": entry}},
        {"before": "battle", "wording": "battle", "standing": "rejected", "suggested": {"entry": entry}},
        {"before": "battle", "wording": "war", "standing": "taken", "suggested": {"entry": entry}},
        {"before": "posh", "wording": "fancy", "standing": "added"},
    ]
    path = tmp_path / "decisions.json"
    path.write_text(json.dumps({"schema": "unspin/decisions/1", "files": [{"places": places}]}))
    assert read(path) == [Decision(WAR, True), Decision(WAR, False), Decision(None, False, ("posh", "fancy"))]


@pytest.mark.parametrize("content", ["", "[]", '{"schema": "x"}', '{"schema": "unspin/decisions/1"}'])
def test_other_files_are_refused_by_name(content: str, tmp_path: Path) -> None:
    path = tmp_path / "other.json"
    path.write_text(content)
    with pytest.raises(CaseError, match=r"other\.json"):
        read(path)
