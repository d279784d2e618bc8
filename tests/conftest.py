"""Fixtures shared by all tests: a toy table with a handful of rows, and the real one, opened once."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import pytest

from unspin.engine.pipeline import Engine
from unspin.language.trigram import Trigram
from unspin.lexicon.compile import compile_entries
from unspin.lexicon.store import open_table
from unspin.lexicon.table import Table
from unspin.model import Alternative, Dialect, Edit, Entry, Pos, Score, Span, Weight
from unspin.restorer import Restorer
from unspin.review.proposal import Proposal
from unspin.review.session import Session, begin

# Whoever runs the tests may have lists and settings of their own; here they have none.
os.environ["XDG_CONFIG_HOME"] = tempfile.mkdtemp(prefix="unspin-tests-")

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


REVIEWED = "A civil battle of 20 12 months.\nThe battle, mentioned he, is over; the Battle Museum is shut.\n"


def suggested(text: str, before: str, after: str, confidence: float, nth: int = 0, others: tuple[str, ...] = ()) -> Edit:
    start = -1
    for _ in range(nth + 1):
        start = text.index(before, start + 1)
    entry = Entry(after, before, Pos.NOUN, "toy", source="toy.toml:7")
    alternatives = tuple(Alternative(wording, 0.1) for wording in others)
    return Edit(Span(start, start + len(before)), before, after, confidence, Score(language=1.0), entry, alternatives)


@pytest.fixture
def proposal() -> Proposal:
    """A text under review with three suggestions that are sure, and two questions."""
    edits = (
        suggested(REVIEWED, "battle", "war", 0.97, 0, ("fight", "battle")),
        suggested(REVIEWED, "12 months", "year", 0.95),
        suggested(REVIEWED, "battle", "war", 0.6, 1, ("fight",)),
        suggested(REVIEWED, "mentioned", "said", 0.3),
        suggested(REVIEWED, "Battle", "War", 0.2),
    )
    return Proposal(REVIEWED, edits, 0.57, frozenset(e.span for e in edits if e.confidence >= 0.57))


@pytest.fixture
def session(proposal: Proposal) -> Session:
    return begin(proposal)
