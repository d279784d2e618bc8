"""The user's own rows: written in the lists' format, and in force over the packaged ones."""

from __future__ import annotations

from pathlib import Path

import pytest

from unspin.language.trigram import Trigram
from unspin.lexicon import own, wordlist
from unspin.lexicon.compile import compile_entries, compile_layers
from unspin.lexicon.stack import stacked
from unspin.lexicon.store import digest, layer
from unspin.lexicon.table import Table
from unspin.lexicon.wordlist import WordlistError
from unspin.model import Dialect, Entry, Pos, Weight


def originals(table: Table, form: str) -> list[str]:
    return [row.original for row in table.rows(table.forms[form])] if form in table.forms else []


def test_rows_are_added_in_canonical_form(tmp_path: Path) -> None:
    added = own.add_row("war", "battle", Pos.NOUN, folder=tmp_path)
    own.add_never("fight", "battle", folder=tmp_path)
    path = tmp_path / own.FILE
    assert (added.weight, added.source) == (Weight.HABIT, f"{own.FILE}:6")
    assert path.read_text("utf-8") == wordlist.write(wordlist.read(path))
    assert "never" in path.read_text("utf-8")


def test_a_pair_stands_once(tmp_path: Path) -> None:
    for _ in range(2):
        own.add_never("fight", "battle", folder=tmp_path)
    assert len(wordlist.read(tmp_path / own.FILE).entries) == 1


def test_a_file_with_mistakes_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / own.FILE
    path.write_text("[noun]\n", "utf-8")
    with pytest.raises(WordlistError, match=r"mine\.toml:1"):
        own.add_row("war", "battle", Pos.NOUN, folder=tmp_path)
    assert path.read_text("utf-8") == "[noun]\n"


def test_no_pair_is_refused_and_nothing_written(tmp_path: Path) -> None:
    with pytest.raises(WordlistError, match="its own spun form"):
        own.add_row("war", "War", Pos.NOUN, folder=tmp_path)
    assert not (tmp_path / own.FILE).exists()


def test_never_switches_every_form_of_a_pair_off(trigram: Trigram) -> None:
    rows = [Entry("war", "battle", Pos.NOUN, "t"), Entry("fight", "battle", Pos.NOUN, "t")]
    never = Entry("fights", "battles", Pos.PHRASE, "t", weight=Weight.NEVER)
    assert originals(compile_entries(rows, trigram), "battles") == ["fights", "wars"]
    only_base = Entry("fight", "battle", Pos.PHRASE, "t", weight=Weight.NEVER)
    assert originals(compile_entries([*rows, only_base], trigram), "battles") == ["wars"]
    assert "fights" in originals(compile_entries([*rows, never], trigram), "battles")


def test_later_layers_take_the_place_of_earlier_ones() -> None:
    low = Entry("war", "battle", Pos.NOUN, "t", Dialect.BLOG, Weight.RARE)
    high = Entry("war", "battle", Pos.NOUN, "t", Dialect.ANY, Weight.HABIT)
    never = Entry("war", "battle", Pos.PHRASE, "t", weight=Weight.NEVER)
    assert stacked([[low], [high]]) == [high]
    assert stacked([[low], [never]]) == [low, never]
    assert stacked([[low], [never], [high]]) == [high]


def test_folders_lie_over_each_other(tmp_path: Path) -> None:
    packaged, mine = tmp_path / "packaged", tmp_path / "mine"
    packaged.mkdir()
    mine.mkdir()
    (packaged / "a.toml").write_text('subject = "a"\n\n[noun]\nfight = "battle"\nwar = "battle"\n', "utf-8")
    before = digest(packaged)
    own.add_never("fight", "battle", folder=mine)
    assert originals(compile_layers([layer("low", packaged)]), "battle") == ["fight", "war"]
    assert originals(compile_layers([layer("low", packaged), layer("high", mine)]), "battle") == ["war"]
    assert digest(packaged) == before != digest(packaged, mine)


def test_what_a_later_layer_leaves_wins_over_rows_for_the_phrase(tmp_path: Path) -> None:
    for name, rows in (
        ("low", '[noun]\nwar = "battle"\n"civil war" = "civil battle"\n'),
        ("high", '[leave]\n"civil battle" = "a game"\n'),
    ):
        (tmp_path / f"{name}.toml").write_text(f'subject = "x"\n\n{rows}', "utf-8")
    low, high = (layer(name, tmp_path / f"{name}.toml") for name in ("low", "high"))
    assert originals(compile_layers([low]), "civil battle") == ["civil war"]
    both = compile_layers([low, high])
    assert originals(both, "civil battle") == []
    assert originals(both, "battle") == ["war"]


def test_nothing_is_loaded_of_layers_with_a_mistake(tmp_path: Path) -> None:
    (tmp_path / "good.toml").write_text('subject = "x"\n\n[noun]\nwar = "battle"\n', "utf-8")
    for name in ("bad", "worse"):
        (tmp_path / f"{name}.toml").write_text('subject = "x"\n\n[noun]\nwar = 3\n', "utf-8")
    with pytest.raises(WordlistError) as caught:
        compile_layers([layer(name, tmp_path / f"{name}.toml") for name in ("good", "bad", "worse")])
    assert [complaint.path.name for complaint in caught.value.complaints] == ["bad.toml", "worse.toml"]
