"""Agreeing forms of both sides."""

from __future__ import annotations

import pytest

from unspin.lexicon.morph import paired_forms
from unspin.model import Pos


@pytest.mark.parametrize(
    ("original", "spun", "pos", "expected"),
    [
        ("country", "nation", Pos.NOUN, {("countries", "nations")}),
        ("child", "kid", Pos.NOUN, {("children", "kids")}),
        ("person", "individual", Pos.NOUN, {("people", "individuals")}),
        ("advice", "recommendation", Pos.NOUN, {("advice", "recommendations")}),
        ("chief of staff", "head of employees", Pos.NOUN, {("chiefs of staff", "heads of employees")}),
        ("fight", "combat", Pos.VERB, {("fights", "combats"), ("fighting", "combating")}),
        ("say", "mention", Pos.VERB, {("said", "mentioned"), ("says", "mentions"), ("saying", "mentioning")}),
        ("go", "move", Pos.VERB, {("went", "moved"), ("gone", "moved")}),
        ("take place", "happen", Pos.VERB, {("took place", "happened"), ("taking place", "happening")}),
        ("be able to", "be capable of", Pos.VERB, {("is able to", "is capable of"), ("were able to", "were capable of")}),
        ("young", "youthful", Pos.ADJECTIVE, {("younger", "more youthful"), ("youngest", "most youthful")}),
        ("good", "great", Pos.ADJECTIVE, {("better", "greater"), ("best", "greatest")}),
    ],
)
def test_forms_agree(original: str, spun: str, pos: Pos, expected: set[tuple[str, str]]) -> None:
    assert expected <= set(paired_forms(original, spun, pos))


@pytest.mark.parametrize("pos", [Pos.PHRASE, Pos.ADVERB, Pos.NAME])
def test_some_sections_do_not_inflect(pos: Pos) -> None:
    assert list(paired_forms("because", "as a result of", pos)) == [("because", "as a result of")]


def test_no_pair_maps_a_form_to_itself() -> None:
    assert all(original != spun for original, spun in paired_forms("spread", "unfold", Pos.VERB))
