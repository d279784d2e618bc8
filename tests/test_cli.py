"""The command line as a user starts it: real processes, real pipes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

SPUN = "The 2 international locations mentioned their civil battle.\n"
GOLD = "The two countries mentioned their civil war.\n"
COMMAND = [str(Path(sys.executable).with_name("unspin"))]


def unspin(*arguments: str, stdin: bytes = b"", cwd: Path | None = None, **env: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [*COMMAND, *arguments],
        input=stdin,
        capture_output=True,
        cwd=cwd,
        env={**os.environ, **env},
        check=False,
        timeout=120,
    )


@pytest.fixture
def spun(tmp_path: Path, border_talks: str) -> Path:
    path = tmp_path / "a.txt"
    path.write_text(border_talks, "utf-8")
    return path


@pytest.mark.parametrize("arguments", [(), ("restore",), ("-",), ("restore", "-"), ("--format", "text")])
def test_it_is_a_filter(arguments: tuple[str, ...], border_talks: str) -> None:
    result = unspin(*arguments, stdin=border_talks.encode())
    assert result.returncode == 0
    assert "The leaders of the two countries said on Monday" in result.stdout.decode()
    assert b"\x1b" not in result.stdout
    assert result.stderr == b""


def test_clean_text_comes_out_byte_for_byte() -> None:
    data = "Caf\xe9 society\r\nin the  battle of Hastings\x0c\n".encode("latin-1")
    assert unspin(stdin=data).stdout == data


def test_empty_input_gives_empty_output() -> None:
    result = unspin(stdin=b"")
    assert (result.returncode, result.stdout) == (0, b"")


def test_several_files_are_printed_one_after_the_other(spun: Path) -> None:
    one = unspin(str(spun)).stdout
    assert unspin(str(spun), str(spun)).stdout == one + one


def test_errors_name_the_file_and_the_rest_is_done(spun: Path) -> None:
    result = unspin("absent.txt", str(spun.parent), str(spun))
    assert result.returncode == 2
    assert b"absent.txt: no such file" in result.stderr
    assert b"is a directory" in result.stderr
    assert b"two countries" in result.stdout
    assert b"Traceback" not in result.stderr


def test_binary_input_is_refused() -> None:
    result = unspin(stdin=bytes(range(256)) * 8)
    assert result.returncode == 2
    assert result.stdout == b""
    assert b"offset" in result.stderr or b"not text" in result.stderr


def test_check_tells_by_its_exit_code(spun: Path) -> None:
    assert unspin("--check", str(spun)).returncode == 1
    assert unspin("--check", stdin=b"A plain line.\n").returncode == 0
    assert unspin("--check", "absent.txt").returncode == 2


def test_write_replaces_and_keeps_a_backup(spun: Path) -> None:
    before = spun.read_bytes()
    spun.chmod(0o600)
    result = unspin("--write", "--backup", ".orig", str(spun))
    assert result.returncode == 0
    assert result.stdout == b""
    assert "two countries" in spun.read_text("utf-8")
    assert spun.stat().st_mode & 0o777 == 0o600
    assert spun.with_name("a.txt.orig").read_bytes() == before
    again = unspin("--write", str(spun))
    assert b"0 edits written" in again.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ("--write",),
        ("--backup", ".x", "a.txt"),
        ("--safe", "--bold"),
        ("--confidence", "2"),
        ("--format", "xml"),
        ("--nonsense",),
    ],
)
def test_wrong_usage_exits_with_2(arguments: tuple[str, ...]) -> None:
    result = unspin(*arguments, stdin=b"x")
    assert result.returncode == 2
    assert result.stderr
    assert b"Traceback" not in result.stderr


def test_utf_16_and_crlf_are_kept(tmp_path: Path, border_talks: str) -> None:
    path = tmp_path / "u.txt"
    path.write_bytes(border_talks.replace("\n", "\r\n").encode("utf-16"))
    assert unspin("--write", str(path)).returncode == 0
    text = path.read_bytes().decode("utf-16")
    assert "two countries" in text
    assert text.count("\r\n") == border_talks.count("\n") == text.count("\n")


def test_diff_is_taken_by_git(spun: Path) -> None:
    subprocess.run(["git", "init", "-q"], cwd=spun.parent, check=True)
    patch = unspin("--diff", "a.txt", cwd=spun.parent).stdout
    restored = unspin("a.txt", cwd=spun.parent).stdout
    subprocess.run(["git", "apply"], input=patch, cwd=spun.parent, check=True)
    assert spun.read_bytes() == restored


def test_json_parses_one_document_a_file(spun: Path) -> None:
    assert json.loads(unspin("-f", "json", str(spun)).stdout)["evidence"]["dialect"] == "blog"
    lines = unspin("-f", "json", str(spun), str(spun)).stdout.splitlines()
    assert [json.loads(line)["path"] for line in lines] == [str(spun)] * 2


@pytest.mark.parametrize("output", ["inline", "side"])
def test_colour_only_where_it_is_wanted(output: str, spun: Path) -> None:
    assert b"\x1b" not in unspin("-f", output, str(spun)).stdout
    assert b"\x1b" in unspin("-f", output, str(spun), FORCE_COLOR="1").stdout
    assert b"\x1b[31m" not in unspin("-f", output, str(spun), FORCE_COLOR="1", NO_COLOR="1").stdout


def test_explain_tells_why(spun: Path) -> None:
    said = unspin("--explain", str(spun)).stderr.decode()
    assert "spinners" in said
    assert "line 3" in said


def test_safer_lines_change_less(spun: Path) -> None:
    counts = [len(json.loads(unspin("-f", "json", *o, str(spun)).stdout)["edits"]) for o in (("--safe",), (), ("--bold",))]
    assert counts == sorted(counts)
    assert counts[0] < counts[2]


def test_a_closed_pipe_is_quiet(spun: Path) -> None:
    spun.write_text(spun.read_text("utf-8") * 400, "utf-8")
    command = f"{COMMAND[0]} {spun} | head -1"
    result = subprocess.run(["bash", "-c", command], capture_output=True, check=False, timeout=120)
    assert result.stderr == b""
    assert result.stdout.startswith(b"Border ")


def test_score_says_how_spun(spun: Path) -> None:
    said = unspin("score", str(spun)).stdout.decode()
    assert ": spun (probability 1.00" in said
    assert "dialect: blog" in said
    assert "international locations" in said
    assert json.loads(unspin("score", "--json", str(spun)).stdout)["probability"] > 0.99


def test_mojibake_is_reported(tmp_path: Path) -> None:
    result = unspin(stdin="It’s naïve\n".encode().decode("cp1252").encode())
    assert result.stdout.decode() == "It’s naïve\n"
    assert b"mojibake in line 1" in result.stderr


def test_version_carries_the_signature() -> None:
    first, second = unspin("--version").stdout.decode().splitlines()
    assert first == "unspin 0.1.0"
    assert second.startswith("unspin:0.1.0|lists:")


def test_help_has_examples() -> None:
    for command in ("restore", "score"):
        assert b"Examples:" in unspin(command, "--help").stdout


def test_lists_can_be_replaced_and_looked_into(tmp_path: Path) -> None:
    (tmp_path / "l.toml").write_text('subject = "x"\ndialect = "any"\n\n[noun]\nwar = "battle"\n')
    assert unspin("lists", "check", str(tmp_path)).returncode == 0
    assert b"war <- battle" in unspin("lists", "find", "battles", "--lists", str(tmp_path)).stdout
    assert unspin("lists", "find", "peace", "--lists", str(tmp_path)).returncode == 1
    assert unspin("--lists", str(tmp_path), stdin=b"A plain line.\n").stdout == b"A plain line.\n"
    (tmp_path / "l.toml").write_text('subject = "x"\n[noun]\nwar = "war"\n')
    result = unspin("--lists", str(tmp_path), stdin=b"x")
    assert result.returncode == 2
    assert b"l.toml:3: 'war' is its own spun form" in result.stderr
    assert unspin("--lists", str(tmp_path / "absent"), stdin=b"x").returncode == 2


def test_hostile_names_cannot_draw() -> None:
    result = unspin("\x1b[31mred.txt")
    assert b"\x1b" not in result.stderr


def test_lists_of_ones_own_lie_over_the_packaged_ones(tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    own.write_text('subject = "mine"\n\n[noun]\nzebra = { spun = "striped horse", weight = "habit" }\n', "utf-8")
    (tmp_path / "unspin.toml").write_text('wordlists = ["own.toml"]\n', "utf-8")
    text = b"A civil battle, as a striped horse mentioned, in 2 international locations."
    assert b"a zebra said" in unspin(cwd=tmp_path, stdin=text).stdout
    only = unspin("restore", "--only-lists", "--wordlist", "own.toml", cwd=tmp_path, stdin=text).stdout
    assert b"civil battle" in only
    assert b"zebra" in only
    told = unspin("config", cwd=tmp_path).stdout.decode()
    assert f"project: 1 files, 1 rows\n    {own} (1)" in told


def test_mistakes_in_lists_of_ones_own_are_told_and_nothing_is_restored(tmp_path: Path) -> None:
    (tmp_path / "own.toml").write_text('subject = "mine"\n\n[noun]\nwar = { spun = "fray", weight = "often" }\n', "utf-8")
    result = unspin("restore", "--wordlist", "own.toml", cwd=tmp_path, stdin=b"A civil battle.")
    assert (result.returncode, result.stdout) == (2, b"")
    assert b"own.toml:4: weight = 'often': there are habit, usual" in result.stderr
    for options, said in [
        (["--wordlist", "absent.toml"], b"absent.toml: no such file"),
        (["--only-lists"], b"name one"),
        (["--lists", ".", "--only-lists"], b"uses that folder alone"),
    ]:
        refused = unspin("restore", *options, cwd=tmp_path, stdin=b"x")
        assert refused.returncode == 2
        assert said in refused.stderr
    (tmp_path / "unspin.toml").write_text("confidence = 3\n", "utf-8")
    assert b"unspin.toml:1: confidence is a probability" in unspin(cwd=tmp_path, stdin=b"x").stderr


def test_lists_of_others_are_imported_and_exported(tmp_path: Path) -> None:
    (tmp_path / "fp.csv").write_text(
        'fingerprint,expected\n"""plum gadget""",purple device\n"""bosom"" AND ""mammogram""",breast\n"""a"" AND",x\n',
        "utf-8",
    )
    result = unspin("lists", "import", "fp.csv", "--known", "-o", "fp.toml", cwd=tmp_path)
    assert (result.returncode, result.stdout) == (0, b"")
    assert b'fp.csv:4: "a" AND: a phrase is missing at its end' in result.stderr
    assert b"took 2 rows, 0 to leave; refused 1" in result.stderr
    assert unspin("lists", "check", "fp.toml", cwd=tmp_path).returncode == 0
    text = b"The plum gadget and a bosom near a mammogram, in a civil battle."
    restored = unspin("restore", "--wordlist", "fp.toml", cwd=tmp_path, stdin=text).stdout
    assert b"purple device" in restored
    known = unspin("lists", "import", "fp.csv", cwd=tmp_path).stderr
    assert b"bosom -> breast: known already" in known
    exported = unspin(
        "lists", "export", "-f", "codespell", "--inflected", "--lists", "fp.toml", cwd=tmp_path
    ).stdout.decode()
    assert "plum gadgets->purple devices\n" in exported
    assert "bosom->breast, depends on its context\n" in exported
    for name, content in (("broken.yml", "a: ["), ("what", "?")):
        (tmp_path / name).write_text(content)
        assert unspin("lists", "import", name, cwd=tmp_path).returncode == 2


def test_learning_from_two_folders(tmp_path: Path) -> None:
    frames = ["The {} went on for years.", "Nobody had won the {} by then.", "He spoke of the {} in the north."]
    for i, frame in enumerate(frames):
        for folder, word in (("spun", "brawlage"), ("originals", "war")):
            (tmp_path / folder).mkdir(exist_ok=True)
            (tmp_path / folder / f"{i}.txt").write_text(f"{frame.format(word)} All the rest of it stands.\n", "utf-8")
    (tmp_path / "spun" / "alone.txt").write_text("x", "utf-8")
    for folder in ("spun", "originals"):
        (tmp_path / folder / "broken.txt").write_bytes(b"\xff\xfe\xff")
    result = unspin("learn", "spun", "originals", "-o", "learned.toml", cwd=tmp_path)
    assert (result.returncode, result.stdout) == (0, b"")
    assert b"alone.txt: no file of that name in the other folder" in result.stderr
    assert b"broken.txt: " in result.stderr
    assert b"1 rows proposed" in result.stderr
    assert 'war = { spun = "brawlage", weight = "habit"' in (tmp_path / "learned.toml").read_text("utf-8")
    assert unspin("lists", "check", "learned.toml", cwd=tmp_path).returncode == 0
    restored = unspin(
        "restore", "--bold", "--wordlist", "learned.toml", cwd=tmp_path, stdin=b"A civil brawlage, he mentioned."
    )
    assert b"civil war" in restored.stdout


def test_learning_from_decisions_fills_the_list_of_ones_own(tmp_path: Path) -> None:
    entry = {"original": "war", "spun": "battle", "pos": "noun"}
    place = {"before": "battle", "wording": "battle", "standing": "rejected", "suggested": {"entry": entry}}
    data = {"schema": "unspin/decisions/1", "files": [{"places": [place] * 3}]}
    (tmp_path / "d.json").write_text(json.dumps(data), "utf-8")
    result = unspin("learn", "--decisions", "d.json", cwd=tmp_path, XDG_CONFIG_HOME=str(tmp_path / "config"))
    assert result.returncode == 0, result.stderr
    own = tmp_path / "config" / "unspin" / "wordlists" / "mine.toml"
    assert 'war = { spun = "battle", weight = "never", source = "accepted 0, turned back 3" }' in own.read_text("utf-8")


def test_suspects_need_no_originals(tmp_path: Path) -> None:
    for i in range(3):
        (tmp_path / f"{i}.txt").write_text(f"In case {i} bosom surgery was planned for the spring.\n", "utf-8")
    result = unspin("learn", "--suspects", ".", cwd=tmp_path)
    assert result.stdout.decode().splitlines()[1].startswith("bosom surgery\t3\t3\t")


def test_learning_says_what_it_wants(tmp_path: Path) -> None:
    for arguments, said in [
        ([], b"name pairs of texts"),
        (["absent"], b"absent: "),
        (["a", "b", "c"], b"two folders"),
        (["--suspects", "."], b"no texts here"),
        (["--decisions", "absent.json"], b"absent.json: No such file"),
    ]:
        result = unspin("learn", *arguments, cwd=tmp_path)
        assert (result.returncode, said in result.stderr) == (2, True), result.stderr
