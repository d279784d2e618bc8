"""The best reading, decided jointly, against trying every reading one by one."""

from __future__ import annotations

from itertools import combinations, pairwise

import pytest

from unspin.engine import score
from unspin.engine.decode import Lattice, Scored
from unspin.engine.match import candidates
from unspin.engine.pipeline import Engine
from unspin.language import spoken
from unspin.language.trigram import Trigram
from unspin.lexicon.table import Table
from unspin.model import Dialect
from unspin.restorer import Restorer
from unspin.text.document import read

TUNING = score.Tuning()


def lattice_of(text: str, table: Table, model: Trigram, log_odds: float = 8.0) -> tuple[Lattice, list[Scored], list[str]]:
    document = read(text)
    scorer = score.Scorer.of(document, (0, len(document)), log_odds, Dialect.BLOG, TUNING)
    edges = [Scored(c, scorer.static(c), 1.0) for c in candidates(document, table, 0, len(document))]
    return Lattice(document, 0, len(document), edges, model, TUNING.language), edges, document.keys


def worth(path: tuple[Scored, ...], keys: list[str], model: Trigram) -> float:
    words: list[str] = []
    position = 0
    for edge in path:
        words += [*map(spoken, keys[position : edge.candidate.first]), *edge.candidate.words]
        position = edge.candidate.last
    words += map(spoken, keys[position:])
    total, before_that, before = 0.0, "", "<s>"
    for word in (*words, "</s>"):
        total += model.log_probability(word, before, before_that)
        before_that, before = before, word
    return TUNING.language * total + sum(edge.static for edge in path)


@pytest.mark.parametrize(
    "text",
    [
        "its 20 12 months civil battle in 2 international locations he mentioned",
        "as a result of the nationwide battles they mentioned a tough 12 months battle",
        "a tough battle in an tough 12 months",
        "nothing here",
    ],
)
def test_the_best_path_is_the_best_of_all(text: str, toy_table: Table, trigram: Trigram) -> None:
    lattice, edges, keys = lattice_of(text, toy_table, trigram)
    paths = [
        path
        for size in range(len(edges) + 1)
        for path in combinations(sorted(edges, key=lambda e: e.candidate.first), size)
        if all(a.candidate.last <= b.candidate.first for a, b in pairwise(path))
    ]
    best = max(worth(path, keys, trigram) for path in paths)
    assert worth(tuple(lattice.best_path()), keys, trigram) == pytest.approx(best)


def test_changing_nothing_is_a_path(toy_table: Table, trigram: Trigram) -> None:
    lattice, _, _ = lattice_of("the battle of hastings", toy_table, trigram, log_odds=-10.0)
    assert lattice.best_path() == []


def test_probabilities_of_a_place_sum_to_one(toy_table: Table, trigram: Trigram) -> None:
    lattice, _, _ = lattice_of("a civil battle", toy_table, trigram)
    for choice in lattice.judge(lattice.best_path()):
        assert choice.probability + sum(p for _, p in choice.others) == pytest.approx(1.0)


def test_what_is_surely_spun_is_sure(toy: Engine) -> None:
    restoration = toy.restore("The Nationwide Resistance Entrance fights a civil battle.", confidence=0.9)
    assert restoration.text.endswith("fights a civil war.")
    assert restoration.edits[-1].confidence > 0.95


def test_a_verb_is_no_candidate_where_a_noun_follows(restorer: Restorer) -> None:
    verbs = {"give", "sell", "provide"}
    spun = "In 2 international locations the civil battle ended, he mentioned, with each kind of offer from every firm."
    restoration = restorer.restore(spun)
    assert not any(edit.after in verbs for edit in restoration.edits)
    assert "said" in restoration.text
