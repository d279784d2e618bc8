"""The collocation list: its format, its complaints, and the pairs that come from it."""

from __future__ import annotations

from pathlib import Path

import pytest

from unspin.lexicon import check, collocation, store
from unspin.lexicon.compile import compile_folder
from unspin.lexicon.wordlist import WordlistError

TEXT = '# Pairs.\n\n[computing]\nnetwork = "neural sensor"\n'


def written(folder: Path, text: str) -> Path:
    path = folder / store.COLLOCATIONS
    path.write_text(text, "utf-8")
    return path


def test_a_line_gives_pairs_and_plurals(tmp_path: Path) -> None:
    pairs = set(collocation.pairs(collocation.read(written(tmp_path, TEXT))))
    assert pairs == {("neural", "network"), ("neural", "networks"), ("sensor", "network"), ("sensor", "networks")}


def test_writing_what_was_read_changes_nothing(tmp_path: Path) -> None:
    path = written(tmp_path, TEXT)
    assert collocation.write(collocation.read(path), collocation.preamble_of(TEXT)) == TEXT


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ('[computing]\nnetwork = ""\n', 2, "expected the words before it"),
        ('[computing]\nlearning = "deep"\nnetwork = "Neural"\n', 3, "lower case"),
        ('[computing]\nnetwork = "the"\n', 2, "too common"),
        ('network = "neural"\n', 1, "section of a field"),
        ('[computing]\nnetwork = "neural\n', 2, "Illegal character"),
    ],
)
def test_complaints_name_file_and_line(tmp_path: Path, text: str, line: int, message: str) -> None:
    path = written(tmp_path, text)
    with pytest.raises(WordlistError) as caught:
        collocation.read(path)
    assert caught.value.complaints[0].line == line
    assert message in str(caught.value)


def test_check_wants_the_canonical_form_and_makes_it(tmp_path: Path) -> None:
    path = written(tmp_path, TEXT.replace("neural sensor", "sensor neural neural"))
    assert "not in canonical form" in str(check.check(tmp_path).complaints[0])
    assert not check.check(tmp_path, fix=True).complaints
    assert path.read_text("utf-8") == TEXT


def test_a_table_is_made_anew_when_the_list_changes(tmp_path: Path) -> None:
    before = store.digest(tmp_path)
    written(tmp_path, TEXT)
    assert store.digest(tmp_path) != before
    assert len(compile_folder(tmp_path).arrays["pair"]) == 4
