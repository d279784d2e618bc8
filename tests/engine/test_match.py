"""Every place where a spun form stands, and nothing else."""

from __future__ import annotations

import pytest

from unspin.engine.match import candidates
from unspin.lexicon.table import Table
from unspin.text.document import read


def found(text: str, table: Table) -> set[tuple[str, str]]:
    document = read(text)
    return {
        (document.source(c.first, c.last), c.after)
        for first, last in document.sentence_bounds()
        for c in candidates(document, table, first, last)
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a battle", {("battle", "war")}),
        ("the battles", {("battles", "wars")}),
        ("battlefield embattled", set()),
        ("a civil battle", {("civil battle", "civil war"), ("battle", "war")}),
        ("a civil\u00a0battle", {("civil\u00a0battle", "civil war"), ("battle", "war")}),
        ("a civil  battle", {("civil  battle", "civil war"), ("battle", "war")}),
        ("a civil\nbattle", {("civil\nbattle", "civil war"), ("battle", "war")}),
        ("civil. Battle", {("Battle", "war")}),
        ("civil, battle", {("battle", "war")}),
        ("the battle's end", {("battle's", "war's")}),
        ("they don’t", {("don’t", "do not")}),
        ("20 12 months", {("12 months", "year")}),
        ("a 10-12 months wait", set()),
        ("the Entrance", {("Entrance", "Front")}),
        ("the entrance", set()),
        ("an tough evening", {("tough", "awful")}),
        ("a tough evening", {("a tough", "an awful")}),
        ("animals, for example, cats", {("for example", "such as")}),
        ("for example cats", set()),
        ("the inventory market", {("inventory", "stock")}),
        ("the inventory list", set()),
        ("a battle royale", set()),
        ("see https://x.org/battle", set()),
        ("", set()),
    ],
)
def test_matches(text: str, expected: set[tuple[str, str]], toy_table: Table) -> None:
    assert found(text, toy_table) == expected
