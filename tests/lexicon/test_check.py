"""Looking into lists."""

from __future__ import annotations

from pathlib import Path

from unspin.lexicon import check


def make(folder: Path, **files: str) -> Path:
    for name, text in files.items():
        (folder / f"{name}.toml").write_text(text, "utf-8")
    return folder


def test_fix_writes_the_canonical_form(tmp_path: Path) -> None:
    make(tmp_path, a='subject = "x"\n[noun]\nzeal = "ardor"\n"civil war" = "civil battle"\n')
    report = check.check(tmp_path)
    assert [c.message for c in report.complaints] == ["not in canonical form: run unspin lists check --fix"]
    assert check.check(tmp_path, fix=True).complaints == ()
    assert (tmp_path / "a.toml").read_text().splitlines()[4:] == ['"civil war" = "civil battle"', 'zeal = "ardor"']


def test_a_bad_file_does_not_hide_the_others(tmp_path: Path) -> None:
    make(tmp_path, a='subject = "x"\n[noun]\nwar = "war"\n', b="subject = 3\n")
    assert {c.path.name for c in check.check(tmp_path).complaints} == {"a.toml", "b.toml"}


def test_leave_rows_need_a_reason(tmp_path: Path) -> None:
    make(tmp_path, a='subject = "x"\ndialect = "any"\n\n[noun]\nwar = "battle"\n', leave='[leave]\n"battle royale" = ""\n')
    (complaint,) = check.check(tmp_path).complaints
    assert "needs a reason" in complaint.message


def test_find_knows_both_sides_and_their_forms(tmp_path: Path) -> None:
    make(tmp_path, a='subject = "x"\n[noun]\nwar = "battle"\n"civil war" = "civil battle"\n[verb]\nsay = "mention"\n')
    assert len(list(check.find(tmp_path, "battle"))) == 2
    assert next(check.find(tmp_path, "battles")).startswith("a.toml:3: war <- battle")
    assert list(check.find(tmp_path, "mentioned")) == ["a.toml:6: say <- mention (verb, usual, any)"]
    assert list(check.find(tmp_path, "peace")) == []


def test_statistics_count_pairs_once(tmp_path: Path) -> None:
    make(tmp_path, a='subject = "x"\n[noun]\nwar = ["battle", "combat"]\n', b='subject = "y"\n[phrase]\nwar = "battle"\n')
    counts = check.statistics(tmp_path)
    assert counts["in all"] == {"distinct pairs": 2, "originals": 1, "spun forms": 2, "rows": 3}
    assert counts["by subject"] == {"x": 2, "y": 1}
