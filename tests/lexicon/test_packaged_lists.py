"""The lists that ship: clean by their own checker, large enough, and true to their examples."""

from __future__ import annotations

from unspin.engine.examples import failures
from unspin.engine.pipeline import Engine
from unspin.language.trigram import Trigram
from unspin.lexicon import check, store, wordlist
from unspin.lexicon.table import Table

LISTS = store.packaged_lists()


def test_lists_are_clean() -> None:
    assert check.check(LISTS).complaints == ()


def test_lists_cover_what_they_should() -> None:
    totals = check.statistics(LISTS)["in all"]
    assert totals["distinct pairs"] >= 25_000
    assert totals["originals"] >= 8_000


def test_context_bound_rows_do_what_their_examples_say(table: Table, trigram: Trigram) -> None:
    bound = [e for one in wordlist.read_all(store.list_files(LISTS)) for e in one.entries if e.near or e.unless_near]
    assert all(entry.keep and entry.example for entry in bound)
    assert list(failures(Engine(table, trigram), bound)) == []
