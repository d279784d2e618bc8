"""Reading, refusing and writing wordlists.  The checker is tested too: one bad row for each rule."""

from __future__ import annotations

import contextlib
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from unspin.lexicon.check import repeated_pairs
from unspin.lexicon.wordlist import WordlistError, _Reader, parse, read, write
from unspin.model import Dialect, Pos, Weight

GOOD = """\
# Opening words.
subject = "war"
dialect = "blog"

[noun]
"civil war" = "civil battle"
war = ["battle", { spun = ["combat", "fight"], weight = "rare", dialect = "any" }]

[phrase]
stock = { spun = "inventory", near = ["market"], example = ["the inventory market", "the stock market"], keep = "Count it." }
"""


def write_list(folder: Path, text: str, name: str = "a.toml") -> Path:
    path = folder / name
    path.write_text(text, "utf-8")
    return path


def test_rows_are_read_with_their_particulars(tmp_path: Path) -> None:
    wordlist = read(write_list(tmp_path, GOOD))
    rows = {(e.original, e.spun): e for e in wordlist.entries}
    assert rows["war", "battle"].weight is Weight.USUAL
    assert rows["war", "battle"].dialect is Dialect.BLOG
    assert rows["war", "fight"].weight is Weight.RARE
    assert rows["war", "fight"].dialect is Dialect.ANY
    assert rows["civil war", "civil battle"].pos is Pos.NOUN
    assert rows["war", "battle"].source == "a.toml:7"
    assert rows["stock", "inventory"].near == ("market",)


def test_writing_what_was_read_gives_the_same_rows(tmp_path: Path) -> None:
    wordlist = read(write_list(tmp_path, GOOD))
    again = read(write_list(tmp_path, write(wordlist)))
    assert {(e.original, e.spun, e.weight, e.dialect, e.near, e.keep) for e in again.entries} == {
        (e.original, e.spun, e.weight, e.dialect, e.near, e.keep) for e in wordlist.entries
    }
    assert write(again) == write(wordlist)
    assert write(again).startswith("# Opening words.\n")


def test_a_file_may_give_its_rows_another_weight(tmp_path: Path) -> None:
    head = 'subject = "war"\ndialect = "blog"\nweight = "term"\n'
    text = f'{head}\n[noun]\nwar = ["battle", {{ spun = "fight", weight = "usual" }}]\n'
    wordlist = read(write_list(tmp_path, text))
    assert {(e.spun, e.weight) for e in wordlist.entries} == {("battle", Weight.TERM), ("fight", Weight.USUAL)}
    assert read(write_list(tmp_path, write(wordlist))).entries == tuple(
        sorted(wordlist.entries, key=lambda e: e.weight == "term")
    )
    assert 'weight = "term"\n' in write(wordlist)


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ('[noun]\nwar = "battle"\nwar = "fight"', "stands twice"),
        ('[verbs]\nwar = "battle"', "no such section"),
        ('[noun]\nwar = "war"', "its own spun form"),
        ('[noun]\nwar = ["battle", "battle"]', "twice in this row"),
        ('[noun]\nwar = { spun = "battle", weight = "often" }', "weight = 'often'"),
        ('[noun]\nwar = { spun = "battle", dialect = "news" }', "dialect = 'news'"),
        ('[noun]\nwar = { spun = "battle", wieght = "rare" }', "no such field: wieght"),
        ('[noun]\nwar = { weight = "rare" }', "expected a spun form"),
        ("[noun]\nwar = 3", "expected a spun form"),
        ('[noun]\nwar = "two  blanks"', "single spaces"),
        ('[noun]\nwar = "they’re"', "straight"),
        ('[noun]\nwar = ""', "empty phrase"),
        ('[noun]\nwar = { spun = "battle", near = ["x"] }', "carries an example and a keep"),
        ('[noun]\nwar = { spun = "battle", example = ["one"], keep = "k", near = ["x"] }', "example ="),
        ("[noun]\nwar = battle", "Invalid"),
        ("noun = 3", "is a section"),
        ("[noun]\nwar = { spun = 3 }", "empty phrase"),
        ('[noun]\nwar = { spun = "battle", near = "x", example = ["a", "b"], keep = "k" }', 'near = ["word"'),
        ('[noun]\nwar = { spun = "battle", keep = 3 }', 'keep = "..."'),
        ('[noun]\nwar = "bat\\u001btle"', "no control characters"),
        ("[leave]\n'war cry' = ''", "needs a reason"),
    ],
)
def test_every_mistake_is_named_with_its_line(tmp_path: Path, body: str, said: str) -> None:
    path = write_list(tmp_path, f'subject = "x"\n\n{body}\n')
    with pytest.raises(WordlistError) as caught:
        read(path)
    complaint = caught.value.complaints[0]
    assert said in complaint.message
    assert complaint.line >= 3
    assert str(complaint).startswith(f"{path}:{complaint.line}: ")


def test_a_list_without_subject_is_refused(tmp_path: Path) -> None:
    with pytest.raises(WordlistError, match="opens with subject"):
        read(write_list(tmp_path, '[noun]\nwar = "battle"\n'))


def test_a_pair_in_two_files_is_complained_of(tmp_path: Path) -> None:
    first = read(write_list(tmp_path, 'subject = "x"\n[noun]\nwar = "battle"\n', "a.toml"))
    second = read(write_list(tmp_path, 'subject = "y"\n[noun]\npeace = "calm"\nwar = "battle"\n', "b.toml"))
    (complaint,) = repeated_pairs([first, second])
    assert str(complaint).endswith("b.toml:4: 'war' <- 'battle' stands already in a.toml:3")


def test_phrases_to_leave_stand_beside_rows_or_alone(tmp_path: Path) -> None:
    leave = '[leave]\n"battle royale" = "a kind of game"\n'
    assert read(write_list(tmp_path, leave)).leave == (("battle royale", "a kind of game"),)
    mixed = read(write_list(tmp_path, f'subject = "x"\ndialect = "any"\n\n[noun]\nwar = "battle"\n\n{leave}'))
    assert len(mixed.entries) == len(mixed.leave) == 1
    assert write(mixed).endswith(f'war = "battle"\n\n{leave}')
    assert write(read(write_list(tmp_path, leave))) == leave


def test_a_file_in_another_encoding_is_refused_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "a.toml"
    path.write_bytes(b'subject = "x"\n[noun]\ncaf\xe9 = "bar"\n')
    with pytest.raises(WordlistError, match=r"a\.toml:3: not UTF-8"):
        read(path)
    with pytest.raises(WordlistError, match=r"b\.toml:1: cannot read"):
        read(tmp_path / "b.toml")


_FIELDS = ["spun", "weight", "dialect", "near", "unless_near", "example", "keep", "source", "other"]
_LEAVES = st.one_of(st.text(max_size=6), st.integers(), st.booleans(), st.sampled_from(["rare", "blog", "battle"]))
_VALUES = st.recursive(
    _LEAVES,
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.sampled_from(_FIELDS), inner)),
    max_leaves=8,
)
_TABLES = st.dictionaries(
    st.sampled_from(["subject", "dialect", "noun", "verb", "phrase", "leave", "nouns"]),
    st.one_of(_VALUES, st.dictionaries(st.text(max_size=6), _VALUES, max_size=3)),
)


@given(_TABLES)
def test_whatever_toml_holds_is_read_or_refused_as_a_whole(data: dict[str, Any]) -> None:
    reader = _Reader(Path("a.toml"), "", data)
    wordlist = reader.wordlist()
    if not reader.complaints:
        parse(Path("a.toml"), write(wordlist))


@given(st.text())
def test_whatever_text_is_no_list_is_refused(text: str) -> None:
    with contextlib.suppress(WordlistError):
        tomllib.loads(write(parse(Path("a.toml"), text)))
