"""Each format on a file with every feature of it: what is taken, what is refused, and that writing it loses nothing."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from unspin.lexicon.exchange import formats
from unspin.lexicon.exchange.rows import Brought, FormatError, Rows
from unspin.model import Dialect, Entry, Pos, Weight

FILES = {
    "fingerprint.csv": """\
Fingerprint,Expected phrase,Hits
\"\"\"bosom peril\"\"\",breast cancer,120
\"\"\"bosom\"\" AND (\"\"breast\"\" OR \"\"tumour cells\"\") NOT \"\"bosom friend\"\"\",breast,30
\"\"\"irregular woodland\"\" OR \"\"arbitrary timberland\"\"\",random forest,9
counterfeit consciousness,artificial intelligence,7
\"\"\"flag to clamor\"\"\",signal-to-noise / signal to noise,2
\"\"\"a\"\" AND \"\"b\"\" AND \"\"c\"\"\",x,1
\"\"\"open\"\" AND\",y,1
\"\"\"no expectation\"\"\",,1
lonely
""",
    "dictionary.txt": """\
# a comment
enormous information->big data
woodland->forest, wood,
inventory->stock, depends on its context
no arrow here
same->Same
""",
    "prh.yml": """\
version: 1
imports:
  - other.yml
rules:
  - expected: civil war
    pattern: civil battle
    specs:
      - from: a civil battle of ten years
        to: a civil war of ten years
    prh: spinners print it
  - expected: random forest
    patterns:
      - irregular woodland
      - /(?:arbitrary|haphazard) timberlands?/i
    options:
      wordBoundary: true
    regexpMustEmpty: $1
  - expected: Cookie
  - WordPress
  - expected: $1 war
    pattern: /(\\w+) battle/
  - expected: big data
    pattern: /(huge|vast)+ information/
  - pattern: nothing expected
""",
    "vale.yml": """\
extends: substitution
message: Consider '%s' for '%s'
level: warning
link: https://example.org/rules
ignorecase: true
nonword: false
scope: sentence
action:
  name: replace
swap:
  civil battle: civil war
  "(?:irregular|arbitrary) woodland": random forest
  '\\bbig information\\b': big data|large data
  "(?:huge|vast)+ information": big data
  nothing: ""
exceptions:
  - battle royale
""",
    "pairs.tsv": "civil battle\tcivil war\nbosom peril\tbreast cancer\textra\nlonely\n# comment\tx\n",
    "all.csv": """\
spun,original,pos,weight,dialect,near,unless_near,example,restored,keep,subject,source
battle,war,noun,habit,blog,,,,,,war,here
inventory,stock,noun,,,market|exchange,shelf,the inventory market,the stock market,Count the inventory.,,
fight,war,noun,often,,,,,,,,
scuffle,war,noun,,,market,,,,,,
\"said \"\"so\"\", twice\",agreed,phrase,rare,,,,,,,,
""",
    "all.json": """\
{"schema": "unspin/list/1", "rows": [
{"spun": "battle", "original": "war", "pos": "noun", "weight": "never"},
{"spun": "inventory", "original": "stock", "near": ["market"], "example": ["the inventory market", "the stock market"],
 "keep": "An inventory."},
{"spun": "battle"},
["battle", "war"],
{"spun": 3, "original": "war"}
]}
""",
}
TAKEN = {
    "fingerprint.csv": [
        "bosom peril -> breast cancer",
        "bosom -> breast",
        "irregular woodland -> random forest",
        "arbitrary timberland -> random forest",
        "counterfeit consciousness -> artificial intelligence",
        "flag to clamor -> signal-to-noise",
        "flag to clamor -> signal to noise",
    ],
    "dictionary.txt": ["enormous information -> big data", "woodland -> forest", "woodland -> wood", "inventory -> stock"],
    "prh.yml": [
        "civil battle -> civil war",
        "irregular woodland -> random forest",
        "arbitrary timberland -> random forest",
        "arbitrary timberlands -> random forest",
        "haphazard timberland -> random forest",
        "haphazard timberlands -> random forest",
    ],
    "vale.yml": [
        "civil battle -> civil war",
        "irregular woodland -> random forest",
        "arbitrary woodland -> random forest",
        "big information -> big data",
        "big information -> large data",
    ],
    "pairs.tsv": ["civil battle -> civil war", "bosom peril -> breast cancer"],
    "all.csv": ["battle -> war", "inventory -> stock", 'said "so", twice -> agreed'],
    "all.json": ["battle -> war", "inventory -> stock"],
}
REFUSED = {
    "fingerprint.csv": [
        (7, "more than two"),
        (8, "missing at its end"),
        (9, "no expected phrase"),
        (10, "no second column"),
    ],
    "dictionary.txt": [(5, "expected spun->original"), (6, "its own spun form")],
    "prh.yml": [
        (3, "by itself"),
        (18, "no pattern"),
        (19, "letter case"),
        (20, "parts of what is matched"),
        (23, "no handful"),
        (24, "no expected"),
    ],
    "vale.yml": [(14, "no handful"), (15, "no replacement")],
    "pairs.tsv": [(3, "expected a spun form")],
    "all.csv": [(4, "not a valid Weight"), (5, "carries an example")],
    "all.json": [(3, "original is empty"), (4, "expected"), (5, "expected")],
}


def read(folder: Path, name: str, raw: str) -> Brought:
    path = folder / name
    path.write_text(raw, "utf-8")
    return formats.read(path)


def pairs(brought: Brought) -> list[str]:
    return [f"{entry.spun} -> {entry.original}" for entry in brought.entries]


@pytest.mark.parametrize("name", FILES)
def test_rows_are_taken_or_refused_with_line_and_reason(name: str, tmp_path: Path) -> None:
    brought = read(tmp_path, name, FILES[name])
    assert pairs(brought) == TAKEN[name]
    assert len(brought.refused) == len(REFUSED[name])
    for refused, (line, said) in zip(brought.refused, REFUSED[name], strict=True):
        assert refused.line == line
        assert said in refused.reason


@pytest.mark.parametrize("name", FILES)
def test_what_was_read_is_the_same_once_written(name: str, tmp_path: Path) -> None:
    form = formats.FORMATS[formats.guess(Path(name), FILES[name])]
    first = read(tmp_path, name, FILES[name])
    again = read(tmp_path, name, form.write(first.entries))
    assert not again.refused
    assert set(pairs(again)) == set(pairs(first))
    contexts = {e.spun: (e.near, e.unless_near) for e in first.entries}
    if form.name not in ("codespell", "prh", "vale"):  # these have no place for a context
        assert {e.spun: (e.near, e.unless_near) for e in again.entries} == contexts


def test_guards_become_contexts_with_an_example_and_a_sentence_to_keep(tmp_path: Path) -> None:
    row = read(tmp_path, "fingerprint.csv", FILES["fingerprint.csv"]).entries[1]
    assert (row.near, row.unless_near) == (("breast", "tumour"), ("friend",))
    assert row.example == ("This is about the bosom beside the breast.", "This is about the breast beside the breast.")
    assert row.keep == "This is about the bosom beside the friend."


def test_particulars_come_along(tmp_path: Path) -> None:
    battle, inventory, _ = read(tmp_path, "all.csv", FILES["all.csv"]).entries
    assert (battle.weight, battle.dialect, battle.source) == (Weight.HABIT, Dialect.BLOG, "here")
    assert (inventory.near, inventory.unless_near) == (("market", "exchange"), ("shelf",))
    codespell = read(tmp_path, "dictionary.txt", FILES["dictionary.txt"]).entries
    assert codespell[-1].weight is Weight.RARE
    prh = read(tmp_path, "prh.yml", FILES["prh.yml"]).entries
    assert prh[0].example == ("a civil battle of ten years", "a civil war of ten years")
    assert read(tmp_path, "vale.yml", FILES["vale.yml"]).leave == (("battle royale", "an exception in vale.yml"),)


_WORDS = st.text(st.characters(exclude_categories=["C", "Z"], exclude_characters="|’‘“”"), min_size=1, max_size=8)
_PHRASES = st.lists(_WORDS, min_size=1, max_size=3).map(" ".join).filter(lambda p: any(c.isalnum() for c in p))
_ENTRIES = st.builds(
    lambda original, spun, pos, weight, dialect, near: Entry(
        original,
        spun,
        pos,
        "x",
        dialect,
        weight,
        near,
        (),
        ("a, b", 'c "d"') if near else None,
        "k" if near else None,
        "who",
    ),
    _PHRASES,
    _PHRASES.filter(lambda p: not p.startswith("#")),
    st.sampled_from(Pos),
    st.sampled_from(Weight),
    st.sampled_from(Dialect),
    st.lists(_WORDS, max_size=2).map(tuple),
).filter(lambda e: e.original.lower() != e.spun.lower() and len(e.spun.replace("-", " ").split()) <= 8)


@pytest.mark.parametrize("name", ["tsv", "csv", "json"])
@given(entry=_ENTRIES)
def test_full_formats_lose_nothing(name: str, entry: Entry) -> None:
    rows = Rows("x")
    formats.FORMATS[name].read(formats.FORMATS[name].write([entry]), rows)
    assert rows.refused == []
    assert rows.entries == [entry]


@pytest.mark.parametrize("name", ["codespell", "prh", "vale", "fingerprint"])
@given(spun=st.from_regex(r"[a-z.+*(){}\[\]^$?/'-]{0,3}[a-z][a-z.+*(){}^$?/'-]{0,3}", fullmatch=True))
def test_marks_in_a_form_are_no_operators(name: str, spun: str) -> None:
    if name == "codespell" and "->" in spun:
        return
    rows = Rows("x")
    form = formats.FORMATS[name]
    form.read(form.write([Entry("original", spun, Pos.PHRASE, "x")]), rows)
    assert [(entry.spun, entry.original) for entry in rows.entries] == [(spun, "original")]


@pytest.mark.parametrize(
    ("name", "raw", "said"),
    [
        ("a.yml", "a: [\n", "a.yml:2: not YAML"),
        ("a.yml", "&x [*x]", "aliases"),
        ("a.yml", "rules: 3", "expected rules:"),
        ("a.yml", "extends: existence\n", "expected extends: substitution"),
        ("a.yml", "extends: substitution\n", "expected swap:"),
        ("a.json", "{", "a.json:1: not JSON"),
        ("a.json", "3", "expected"),
        ("a.txt", "words", "name its format"),
        ("a.csv", "fingerprint\n", "expected a table"),
    ],
)
def test_what_is_not_in_the_format_is_told(name: str, raw: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(FormatError, match=said):
        read(tmp_path, name, raw)


def test_seven_thousand_fingerprints_take_seconds(tmp_path: Path) -> None:
    words = [
        f"{a}{b}" for a in ("profound", "irregular", "counterfeit", "nervous", "arbitrary") for b in "abcdefghijklmnopqrst"
    ]
    rows = ["fingerprint,expected,hits"]
    for n in range(7000):
        spun = f"{words[n % 100]} {words[n // 100]}"
        guard = ' AND ""network""' if n % 12 == 0 else ' NOT ""friend""' if n % 300 == 1 else ""
        rows.append(f'"""{spun}""{guard}",neural {words[n % 97]} {n},{n}')
    started = time.perf_counter()
    brought = read(tmp_path, "fingerprint.csv", "\n".join(rows))
    assert len(brought.entries) == 7000
    assert time.perf_counter() - started < 10
