"""Storing and opening tables."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from unspin.lexicon import store
from unspin.lexicon.table import LEFT, MORE, OWN, Table, TableError, digest_of, load


def test_a_stored_table_opens_as_it_was(toy_table: Table, tmp_path: Path) -> None:
    path = tmp_path / "t.bin"
    store.save(toy_table, path)
    again = load(path)
    assert again.forms == toy_table.forms
    assert again.dump() == toy_table.dump()
    assert again.entry(0) == toy_table.entry(0)
    assert again.rows(3) == toy_table.rows(3)


def test_nodes_say_what_may_follow(toy_table: Table) -> None:
    nodes = toy_table.nodes
    assert nodes["civil"] & MORE
    assert nodes["battle"] & MORE
    assert nodes["civil battle"] // OWN - 1 == toy_table.forms["civil battle"]
    assert nodes["battle royale"] & LEFT
    assert nodes["royale"] == 0


@pytest.mark.parametrize("damage", [b"", b"nonsense", b"unspin table 2\nabc\n\x05"])
def test_damaged_tables_are_refused(damage: bytes, tmp_path: Path) -> None:
    path = tmp_path / "t.bin"
    path.write_bytes(damage)
    with pytest.raises(TableError):
        load(path)
    assert digest_of(tmp_path / "absent") is None


def test_a_table_cut_short_is_refused(toy_table: Table, tmp_path: Path) -> None:
    path = tmp_path / "t.bin"
    path.write_bytes(toy_table.dump()[:-3])
    with pytest.raises(TableError, match="damaged"):
        load(path)


def test_edited_lists_are_compiled_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    lists = tmp_path / "lists"
    lists.mkdir()
    (lists / "a.toml").write_text('subject = "x"\n[noun]\nwar = "battle"\n')
    assert "battles" in store.open_table(lists).forms
    (lists / "a.toml").write_text('subject = "x"\n[noun]\nwar = "combat"\n')
    table = store.open_table(lists)
    assert "combats" in table.forms
    assert "battles" not in table.forms
    assert store.open_table(lists).digest == table.digest


def test_tables_that_were_longest_not_used_make_room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "_MOST_CACHED", 25)
    for age, name in enumerate(["new", "middle", "old"]):
        path = tmp_path / f"table-{name}.bin"
        path.write_bytes(b"x" * 10)
        os.utime(path, (1e9 - age, 1e9 - age))
    store._prune(tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == {"table-new.bin", "table-middle.bin"}
