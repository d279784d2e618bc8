"""The lists that ship: clean by their own checker, large enough, and true to their examples."""

from __future__ import annotations

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
    engine = Engine(table, trigram)
    bound = [e for one in wordlist.read_all(store.list_files(LISTS)) for e in one.entries if e.near or e.unless_near]
    for entry in bound:
        assert entry.keep is not None
        restored = engine.restore(entry.keep)
        assert restored.text == entry.keep, entry.source
