"""Fixtures shared by all tests: a toy table with a handful of rows, and the real one, opened once."""

from __future__ import annotations

from pathlib import Path

import pytest

from unspin.engine.pipeline import Engine
from unspin.language.trigram import Trigram
from unspin.lexicon.compile import compile_entries
from unspin.lexicon.store import open_table
from unspin.lexicon.table import Table
from unspin.model import Dialect, Entry, Pos, Weight
from unspin.restorer import Restorer

REPOSITORY = Path(__file__).parents[1]
SAMPLES = REPOSITORY / "samples"

TOY = (
    Entry("war", "battle", Pos.NOUN, "toy", Dialect.BLOG),
    Entry("civil war", "civil battle", Pos.NOUN, "toy", Dialect.BLOG),
    Entry("country", "international location", Pos.NOUN, "toy", Dialect.BLOG),
    Entry("national", "nationwide", Pos.ADJECTIVE, "toy", Dialect.BLOG),
    Entry("Front", "Entrance", Pos.NAME, "toy", Dialect.BLOG),
    Entry("year", "12 months", Pos.PHRASE, "toy", Dialect.BLOG),
    Entry("say", "mention", Pos.VERB, "toy", Dialect.BLOG),
    Entry("because", "as a result of", Pos.PHRASE, "toy", Dialect.BLOG),
    Entry("awful", "tough", Pos.ADJECTIVE, "toy", Dialect.ANY, Weight.POSSIBLE),
    Entry("such as", "for example,", Pos.PHRASE, "toy", Dialect.SPINBOT),
    Entry("if", "on the off chance that", Pos.PHRASE, "toy", Dialect.SPINBOT),
    Entry(
        "stock",
        "inventory",
        Pos.NOUN,
        "toy",
        near=("market",),
        keep="Count the inventory.",
        example=("the inventory market", "the stock market"),
    ),
    Entry("do not", "don't", Pos.PHRASE, "toy"),
)


@pytest.fixture(scope="session")
def trigram() -> Trigram:
    return Trigram()


@pytest.fixture(scope="session")
def toy_table(trigram: Trigram) -> Table:
    return compile_entries(TOY, trigram, leave=["battle royale"])


@pytest.fixture(scope="session")
def toy(toy_table: Table, trigram: Trigram) -> Engine:
    return Engine(toy_table, trigram)


@pytest.fixture(scope="session")
def table() -> Table:
    return open_table()


@pytest.fixture(scope="session")
def restorer() -> Restorer:
    return Restorer()


@pytest.fixture(scope="session")
def border_talks() -> str:
    return (SAMPLES / "border-talks.spun.txt").read_text("utf-8")
