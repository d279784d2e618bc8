"""Rows are held to their own examples."""

from __future__ import annotations

from unspin.engine.examples import failures
from unspin.engine.pipeline import Engine
from unspin.model import Entry, Pos


def bound(spun: str, keep: str) -> Entry:
    return Entry("stock", "inventory", Pos.NOUN, "toy", near=("market",), example=(spun, "…"), keep=keep)


def test_true_examples_pass(toy: Engine) -> None:
    assert list(failures(toy, [bound("the inventory market", "Count the inventory.")])) == []


def test_false_examples_are_told(toy: Engine) -> None:
    without_context = bound("the inventory grew", "Count the inventory.")
    changed = bound("the inventory market", "A 12 months battle in 2 international locations, he mentioned.")
    assert [reason.split(":")[0] for _, reason in failures(toy, [without_context, changed])] == [
        "its original is not proposed in its example",
        "a sentence to keep is changed",
    ]
