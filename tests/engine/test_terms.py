"""Rows of terms are believed where they make a term that the collocations know, and nowhere else."""

from __future__ import annotations

import pytest

from unspin.engine.match import candidates
from unspin.engine.pipeline import Engine
from unspin.engine.terms import admitted, joined
from unspin.language.trigram import Trigram
from unspin.lexicon.compile import compile_entries
from unspin.lexicon.table import Table
from unspin.model import Dialect, Entry, Pos, Weight
from unspin.text.document import read

TERMS = [
    Entry("spectral", "otherworldly", Pos.ADJECTIVE, "t", Dialect.SPINBOT, Weight.TERM),
    Entry("cluster", "grouping", Pos.NOUN, "t", Dialect.SPINBOT, Weight.TERM),
    Entry("beauty", "loveliness", Pos.PHRASE, "t", Dialect.SPINBOT),
]
SPUN = [
    Entry(original, spun, Pos.PHRASE, "t", Dialect.SPINBOT, Weight.HABIT)
    for original, spun in (
        ("if", "on the off chance that"),
        ("algorithm", "calculation"),
        ("deep", "profound"),
        ("use", "utilize"),
    )
]
KNOWN = [("spectral", "cluster"), ("deep", "cluster"), ("spectral", "class")]


@pytest.fixture(scope="module")
def table(trigram: Trigram) -> Table:
    return compile_entries([*TERMS, *SPUN], trigram, collocations=KNOWN)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("an otherworldly grouping", {"a spectral", "cluster"}),  # each makes the other's term
        ("a spectral grouping", {"cluster"}),  # the text has the other word
        ("an otherworldly class", {"a spectral"}),
        ("an otherworldly loveliness", {"beauty"}),  # no term: an ordinary row stays
        ("a grouping", set()),
        ("otherworldly. Grouping", set()),  # nor across the end of a sentence
    ],
)
def test_a_term_needs_a_known_pair(text: str, expected: set[str], table: Table) -> None:
    document = read(text)
    kept = {
        candidate.after
        for bounds in document.sentence_bounds()
        for candidate in admitted(document, *bounds, candidates(document, table, *bounds), table.paired)
    }
    assert kept == expected


def test_joined_candidates_stand_side_by_side(table: Table) -> None:
    document = read("otherworldly grouping")
    found = candidates(document, table, 0, 2)
    assert [(found[i].after, found[j].after) for i, j in joined(found, table.paired)] == [("spectral", "cluster")]


def test_two_rare_images_are_read_as_the_term_they_make(table: Table) -> None:
    engine = Engine(table, Trigram(table.frequencies, table.arrays["pair"]))
    text = "We utilize a profound calculation on the off chance that it converges. The otherworldly grouping is profound."
    assert "spectral cluster is deep" in engine.restore(text).text
    other = text.replace("otherworldly grouping", "otherworldly music")
    assert "otherworldly music is deep" in engine.restore(other).text
