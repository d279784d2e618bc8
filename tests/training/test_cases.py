"""Cases in each of their forms, and what is said of those that cannot be read."""

from __future__ import annotations

from pathlib import Path

import pytest

from unspin.training.cases import CaseError, read_cases


def test_a_folder(tmp_path: Path) -> None:
    (tmp_path / "a.spun.txt").write_text("civil battle", "utf-8")
    (tmp_path / "a.gold.txt").write_text("civil war", "utf-8")
    (tmp_path / "a.alts.tsv").write_text("Battle\twar|conflict\tnote\n", "utf-8")
    (case,) = read_cases(tmp_path)
    assert (case.name, case.spun, case.gold) == ("a", "civil battle", "civil war")
    assert case.alternatives == {("battle",): frozenset({("war",), ("conflict",)})}


def test_a_tsv_and_a_jsonl(tmp_path: Path) -> None:
    tsv, jsonl = tmp_path / "p.tsv", tmp_path / "p.jsonl"
    tsv.write_text("a battle\ta war\n\n", "utf-8")
    jsonl.write_text('{"name": "n", "spun": "a battle", "gold": "a war"}\n', "utf-8")
    assert [(c.name, c.gold) for c in read_cases(tsv)] == [("p:1", "a war")]
    assert [(c.name, c.gold) for c in read_cases(jsonl)] == [("n", "a war")]


def test_spins_of_one_original_are_one_family(tmp_path: Path) -> None:
    path = tmp_path / "p.tsv"
    path.write_text("a\tOne two three four five six, seven.\nb\tone two three four five six: eight\nc\tno\n", "utf-8")
    first, second, other = read_cases(path)
    assert first.family == second.family != other.family


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("p.tsv", "fine\tfine\nbare\n", "p.tsv:2: expected spun TAB gold"),
        ("p.jsonl", '{"spun": "x"}\n', "p.jsonl:1: expected"),
        ("p.jsonl", "[]\n", "p.jsonl:1: expected"),
    ],
)
def test_bad_lines_are_named(tmp_path: Path, name: str, text: str, message: str) -> None:
    path = tmp_path / name
    path.write_text(text, "utf-8")
    with pytest.raises(CaseError, match=message):
        read_cases(path)


def test_what_holds_no_cases_or_no_text_is_named(tmp_path: Path) -> None:
    (tmp_path / "p.tsv").write_text("\n", "utf-8")
    with pytest.raises(CaseError, match=r"p\.tsv: no cases here"):
        read_cases(tmp_path / "p.tsv")
    (tmp_path / "a.gold.txt").write_text("x", "utf-8")
    (tmp_path / "a.spun.txt").write_bytes(b"\xff\xfe\xff")
    with pytest.raises(CaseError, match=r"a\.spun\.txt"):
        read_cases(tmp_path)


def test_a_folder_without_cases_and_a_case_without_gold(tmp_path: Path) -> None:
    with pytest.raises(CaseError, match="no cases here"):
        read_cases(tmp_path)
    (tmp_path / "a.spun.txt").write_text("x", "utf-8")
    with pytest.raises(CaseError, match=r"no a\.gold\.txt beside it"):
        read_cases(tmp_path)
