"""Looking into wordlists: checks beyond the format, counts, search."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from unspin.lexicon import collocation, morph, store, wordlist
from unspin.lexicon import compile as compiling
from unspin.lexicon.wordlist import Complaint, Wordlist
from unspin.model import Dialect, Entry, Pos


@dataclass(frozen=True, slots=True)
class Report:
    """What a check found."""

    files: int
    pairs: int
    complaints: tuple[Complaint, ...]


def check(folder: Path, *, fix: bool = False) -> Report:
    """Check the lists of a folder; with `fix`, write those that can be read in canonical form first."""
    complaints: list[Complaint] = []
    wordlists: list[Wordlist] = []
    for path in store.list_files(folder):
        try:
            one = wordlist.read(path)
        except wordlist.WordlistError as error:
            complaints.extend(error.complaints)
            continue
        canonical = wordlist.write(one)
        if canonical != path.read_text("utf-8"):
            if fix:
                from unspin.files import replace_file

                replace_file(str(path), canonical.encode())
                one = wordlist.read(path)
            else:
                complaints.append(Complaint(path, 1, "not in canonical form: run unspin lists check --fix"))
        wordlists.append(one)
    complaints.extend(repeated_pairs(wordlists))
    try:
        wordlist.read_all(path for path in (folder / store.LEAVE,) if path.exists())
    except wordlist.WordlistError as error:
        complaints.extend(error.complaints)
    complaints.extend(_check_collocations(folder / store.COLLOCATIONS, fix=fix))
    return Report(len(wordlists), sum(len(w.entries) for w in wordlists), tuple(complaints))


def repeated_pairs(wordlists: Iterable[Wordlist]) -> Iterator[Complaint]:
    """Complain of pairs that stand in two files, since only one of them would be found and mended."""
    first: dict[tuple[str, str, Pos, Dialect], str] = {}
    for one in wordlists:
        for entry in one.entries:
            pair = (entry.original, entry.spun, entry.pos, entry.dialect)
            if entry.near or entry.unless_near:
                continue
            where = first.setdefault(pair, entry.source)
            if where != entry.source:
                line = int(entry.source.rpartition(":")[2] or 1)
                yield Complaint(one.path, line, f"{entry.original!r} <- {entry.spun!r} stands already in {where}")


def _check_collocations(path: Path, *, fix: bool) -> tuple[Complaint, ...]:
    if not path.exists():
        return ()
    try:
        fields = collocation.read(path)
    except wordlist.WordlistError as error:
        return error.complaints
    raw = path.read_text("utf-8")
    canonical = collocation.write(fields, collocation.preamble_of(raw))
    if canonical == raw:
        return ()
    if fix:
        from unspin.files import replace_file

        replace_file(str(path), canonical.encode())
        return ()
    return (Complaint(path, 1, "not in canonical form: run unspin lists check --fix"),)


def statistics(folder: Path) -> dict[str, dict[str, int]]:
    """Return counts of pairs, originals and forms, and of rows by subject, dialect, part of speech, weight and source."""
    entries = [entry for one in wordlist.read_all(store.list_files(folder)) for entry in one.entries]
    pairs = {(e.original.lower(), e.spun.lower()) for e in entries}
    totals = {
        "distinct pairs": len(pairs),
        "originals": len({original for original, _ in pairs}),
        "spun forms": len({spun for _, spun in pairs}),
        "rows": len(entries),
    }
    counts = {"in all": totals}
    for title, key in (("subject", "subject"), ("dialect", "dialect"), ("part of speech", "pos"), ("weight", "weight")):
        counts[f"by {title}"] = dict(Counter(str(getattr(e, key)) for e in entries).most_common())
    counts["by source"] = dict(Counter(_source(e) for e in entries).most_common())
    return counts


def _source(entry: Entry) -> str:
    """Return who vouches for a row, or the file that it stands in."""
    file, colon, line = entry.source.rpartition(":")
    return file if colon and line.isdecimal() else entry.source


def find(folder: Path, phrase: str) -> Iterator[str]:
    """Yield ``file:line: original <- spun`` for every row of which some form is, or holds, the phrase."""
    wanted = compiling.matching_form(phrase.strip())
    for one in wordlist.read_all(store.list_files(folder)):
        for entry in one.entries:
            if _mentions(entry, wanted):
                particulars = ", ".join([entry.pos, entry.weight, entry.dialect])
                yield f"{entry.source}: {entry.original} <- {entry.spun} ({particulars})"


def _mentions(entry: Entry, wanted: str) -> bool:
    sides = (f" {entry.original} ".lower(), f" {entry.spun} ".lower())
    if any(f" {wanted} " in side for side in sides):
        return True
    first = wanted[:3]
    if not any(side.strip().startswith(first) for side in sides) and len(wanted) > 3:
        return False
    return any(wanted in (o.lower(), s.lower()) for o, s in morph.paired_forms(entry.original, entry.spun, entry.pos))
