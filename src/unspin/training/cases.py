"""Cases to measure on: a spun text, what it was made from, and where several wordings are fair, those.

A folder holds ``NAME.spun.txt``, ``NAME.gold.txt`` and, if need be, ``NAME.alts.tsv`` (spun phrase TAB wording|wording).
A TSV holds spun TAB gold, a line a case; a JSONL objects with ``spun`` and ``gold``.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from unspin.training.align import tokens


class CaseError(ValueError):
    """Cases that cannot be read; the message names file and line."""


@dataclass(frozen=True)
class Case:
    """One pair.  `alternatives`: a spun phrase, in lower case tokens, -> the wordings that are as right as the gold's."""

    name: str
    spun: str
    gold: str
    alternatives: Mapping[tuple[str, ...], frozenset[tuple[str, ...]]] = field(default_factory=dict)

    @property
    def family(self) -> str:
        """What the case's gold begins with: spins of one original share it, so they are never split in fitting."""
        return " ".join(tokens(self.gold, loose=True)[:6])


def read_cases(path: Path) -> list[Case]:
    """Return the cases of a folder, a TSV or a JSONL, in order of name.  Raises `CaseError`."""
    if path.is_dir():
        cases = [_case(spun) for spun in sorted(path.glob("*.spun.txt"))]
        if not cases:
            raise CaseError(f"{path}: no cases here; a case is NAME.spun.txt with NAME.gold.txt beside it")
        return cases
    read = _json_case if path.suffix == ".jsonl" else _tab_case
    cases = [read(path, number, line) for number, line in enumerate(_text(path).splitlines(), 1) if line.strip()]
    if not cases:
        raise CaseError(f"{path}: no cases here; a line is spun TAB gold")
    return cases


def read_folders(spun: Path, originals: Path) -> tuple[list[Case], list[str]]:
    """Return the files of two folders that have the same name there, and what to tell of those left out.

    Raises `CaseError` if no pair is left.
    """
    for folder in (spun, originals):
        if not folder.is_dir():
            raise CaseError(f"{folder}: no such folder")
    names = [{path.relative_to(folder) for path in folder.rglob("*") if path.is_file()} for folder in (spun, originals)]
    alone = sorted([spun / n for n in names[0] - names[1]] + [originals / n for n in names[1] - names[0]])
    cases, told = [], [f"{name}: no file of that name in the other folder; left out" for name in alone]
    for name in sorted(names[0] & names[1]):
        try:
            cases.append(Case(str(name), _text(spun / name), _text(originals / name)))
        except CaseError as error:
            told.append(f"{error}; left out")
    if not cases:
        raise CaseError("\n".join([*told[:20], f"{spun}, {originals}: no file of the same name in both that can be read"]))
    return cases, told


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise CaseError(f"{path}: {getattr(error, 'strerror', None) or error}") from error


def _case(spun: Path) -> Case:
    name = spun.name.removesuffix(".spun.txt")
    gold, alternatives = (spun.with_name(f"{name}.{kind}") for kind in ("gold.txt", "alts.tsv"))
    if not gold.exists():
        raise CaseError(f"{spun}: no {gold.name} beside it")
    return Case(name, _text(spun), _text(gold), _alternatives(alternatives))


def _alternatives(path: Path) -> dict[tuple[str, ...], frozenset[tuple[str, ...]]]:
    found: dict[tuple[str, ...], frozenset[tuple[str, ...]]] = {}
    for line in _text(path).splitlines() if path.exists() else ():
        spun, tab, wordings = line.partition("\t")
        if tab:
            key = tuple(tokens(spun, loose=True))
            fair = frozenset(tuple(tokens(w, loose=True)) for w in wordings.split("\t")[0].split("|"))
            found[key] = found.get(key, frozenset()) | fair
    return found


def _tab_case(path: Path, number: int, line: str) -> Case:
    spun, tab, gold = line.partition("\t")
    if not tab:
        raise CaseError(f"{path}:{number}: expected spun TAB gold")
    return Case(f"{path.stem}:{number}", spun, gold)


def _json_case(path: Path, number: int, line: str) -> Case:
    try:
        data = json.loads(line)
        return Case(str(data.get("name", f"{path.stem}:{number}")), data["spun"], data["gold"])
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise CaseError(f'{path}:{number}: expected {{"spun": "...", "gold": "..."}}: {error!r}') from None
