"""Reading, refusing and writing wordlists.  The checker is tested too: one bad row for each rule."""

from __future__ import annotations

from pathlib import Path

import pytest

from unspin.lexicon.wordlist import WordlistError, read, repeated_pairs, write
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
