"""Wordlist files: read, check, write in canonical form.

The format is described in ``docs/wordlists.md``.  Every complaint names file and line and says what to do.  This module
knows nothing of inflection or matching.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from unspin.model import Dialect, Entry, Pos, Weight

SECTIONS = tuple(Pos)
LEAVE = "leave"
_Choice = TypeVar("_Choice", Dialect, Weight)
_FIELDS = frozenset({"spun", "weight", "dialect", "near", "unless_near", "example", "keep", "source"})
_HEADER = re.compile(r"\[\s*([A-Za-z]+)\s*\]\s*(?:#.*)?$")
_KEY = re.compile(r"""(?:"((?:[^"\\]|\\.)*)"|'([^']*)'|([A-Za-z0-9_-]+))\s*=""")
_BARE = re.compile(r"[A-Za-z0-9_-]+")
_WEIGHT_ORDER = {weight: i for i, weight in enumerate(Weight)}


@dataclass(frozen=True, slots=True)
class Complaint:
    """Something wrong with a wordlist."""

    path: Path
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.message}"


class WordlistError(ValueError):
    """One or more wordlists cannot be used; `complaints` say where and why."""

    def __init__(self, complaints: Iterable[Complaint]) -> None:
        self.complaints = tuple(complaints)
        super().__init__("\n".join(map(str, self.complaints)))


@dataclass(frozen=True, slots=True)
class Wordlist:
    """One file: its subject, the dialect and weight of rows that name none, its rows, its opening comment, what to leave.

    `leave`: (phrase, reason).
    """

    path: Path
    subject: str
    dialect: Dialect
    entries: tuple[Entry, ...]
    preamble: str = ""
    leave: tuple[tuple[str, str], ...] = ()
    weight: Weight = Weight.USUAL


def read(path: Path) -> Wordlist:
    """Read one wordlist file.

    Raises `WordlistError` with every complaint there is about the file, not just the first.
    """
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise WordlistError([Complaint(path, 1, f"cannot read it: {error.strerror or error}")]) from None
    try:
        return parse(path, raw.decode("utf-8-sig").replace("\r\n", "\n"))
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise WordlistError([Complaint(path, line, "not UTF-8 here: save the file in that encoding")]) from None


def parse(path: Path, raw: str) -> Wordlist:
    """Return the wordlist whose text is `raw`; `path` is named in complaints.  Raises as `read` does."""
    try:
        data = tomllib.loads(raw)
    except tomllib.TOMLDecodeError as error:
        raise WordlistError([_syntax_complaint(path, error)]) from None
    reader = _Reader(path, raw, data)
    wordlist = reader.wordlist()
    if reader.complaints:
        raise WordlistError(reader.complaints)
    return wordlist


def read_all(paths: Iterable[Path]) -> tuple[Wordlist, ...]:
    """Read several files; raises `WordlistError` with the complaints about all of them."""
    complaints: list[Complaint] = []
    wordlists = []
    for path in paths:
        try:
            wordlists.append(read(path))
        except WordlistError as error:
            complaints.extend(error.complaints)
    if complaints:
        raise WordlistError(complaints)
    return tuple(wordlists)


def write(wordlist: Wordlist) -> str:
    """Return the canonical text of a wordlist: sections in order, keys sorted, one line an original."""
    lines = [wordlist.preamble.rstrip("\n")] if wordlist.preamble.strip() else []
    if wordlist.subject:
        lines += [f"subject = {_quote(wordlist.subject)}", f"dialect = {_quote(wordlist.dialect)}"]
        if wordlist.weight is not Weight.USUAL:
            lines.append(f"weight = {_quote(wordlist.weight)}")
    for pos in SECTIONS:
        rows: dict[str, list[Entry]] = {}
        for entry in wordlist.entries:
            if entry.pos is pos:
                rows.setdefault(entry.original, []).append(entry)
        if rows:
            lines += ["", f"[{pos}]"]
            lines += [f"{_key(original)} = {_value(rows[original], wordlist)}" for original in sorted(rows)]
    if wordlist.leave:
        lines += ["", f"[{LEAVE}]"] if lines else [f"[{LEAVE}]"]
        lines += [f"{_key(phrase)} = {_quote(reason)}" for phrase, reason in sorted(wordlist.leave)]
    return "\n".join(lines) + "\n"


class _Defaults(NamedTuple):
    """What the head of a file says for rows that do not say it themselves."""

    subject: str
    dialect: Dialect
    weight: Weight


class _Reader:
    """Walks one parsed file, collecting entries and complaints."""

    def __init__(self, path: Path, raw: str, data: Mapping[str, Any]) -> None:
        self.path, self.raw, self.data = path, raw, data
        self.lines = _lines_of_keys(raw)
        self.complaints: list[Complaint] = []

    def wordlist(self) -> Wordlist:
        subject = self.data.get("subject", "")
        if not isinstance(subject, str) or (not subject.strip() and not (self.data.keys() == {LEAVE} and self.data[LEAVE])):
            self._complain(1, 'a wordlist opens with subject = "..."')
        dialect = self._choice(Dialect, self.data.get("dialect", "any"), "dialect", 1)
        weight = self._choice(Weight, self.data.get("weight", "usual"), "weight", 1)
        defaults = _Defaults(str(subject), dialect, weight)
        entries: list[Entry] = []
        for name, table in self.data.items():
            line = self.lines.get((name, ""), self.lines.get(("", name), 1))
            if name in ("subject", "dialect", "weight", LEAVE):
                continue
            if name not in SECTIONS:
                self._complain(line, f"no such section: [{name}]; there are {', '.join((*SECTIONS, LEAVE))}")
            elif not isinstance(table, dict):
                self._complain(line, f"{name} is a section: write [{name}], and its rows below it")
            else:
                for original, value in table.items():
                    entries.extend(self._row(Pos(name), original, value, defaults))
        return Wordlist(self.path, str(subject), dialect, tuple(entries), self._preamble(), tuple(self._leave()), weight)

    def _preamble(self) -> str:
        opening = re.search(r"^(?:subject\b|dialect\b|weight\b|\[)", self.raw, re.MULTILINE)
        return self.raw[: opening.start()] if opening else ""

    def _leave(self) -> Iterator[tuple[str, str]]:
        table = self.data.get(LEAVE, {})
        for phrase, reason in table.items() if isinstance(table, dict) else [(LEAVE, None)]:
            line = self.lines.get((LEAVE, phrase), 1)
            if not isinstance(reason, str) or not reason.strip():
                self._complain(
                    line, f'{phrase!r} needs a reason: [{LEAVE}] holds rows such as "battle royale" = "a kind of game"'
                )
            elif phrase.strip():
                self._check_phrase(phrase, line)
                yield phrase, reason

    def _row(self, pos: Pos, original: str, value: Any, defaults: _Defaults) -> Iterator[Entry]:
        line = self.lines.get((pos, original), 1)
        self._check_phrase(original, line)
        seen: set[str] = set()
        for item in value if isinstance(value, list) else [value]:
            particulars = {"spun": item} if isinstance(item, str) else item
            if not isinstance(particulars, dict) or "spun" not in particulars:
                self._complain(line, f"{original!r}: expected a spun form, a list of them, or a table with spun = ...")
                continue
            for unknown in sorted(set(particulars) - _FIELDS):
                self._complain(line, f"{original!r}: no such field: {unknown}; there are {', '.join(sorted(_FIELDS))}")
            forms = particulars["spun"]
            for spun in forms if isinstance(forms, list) else [forms]:
                self._check_phrase(spun, line)
                if not isinstance(spun, str):
                    continue
                if spun.lower() == original.lower():
                    self._complain(line, f"{original!r} is its own spun form")
                if spun in seen:
                    self._complain(line, f"{original!r}: {spun!r} stands twice in this row")
                seen.add(spun)
                yield self._entry(pos, original, spun, particulars, defaults, line)

    def _entry(
        self, pos: Pos, original: str, spun: str, particulars: Mapping[str, Any], defaults: _Defaults, line: int
    ) -> Entry:
        near, unless_near = (self._words(particulars, name, line) for name in ("near", "unless_near"))
        example, keep, source = (particulars.get(name) for name in ("example", "keep", "source"))
        for name, text in (("keep", keep), ("source", source)):
            if text is not None and not isinstance(text, str):
                self._complain(line, f'{original!r}: {name} = "..."')
        if (near or unless_near) and not (example and keep):
            self._complain(line, f"{original!r}: a row bound to a context carries an example and a keep")
        if example is not None and not (isinstance(example, list) and [type(part) for part in example] == [str, str]):
            self._complain(line, f'{original!r}: example = ["spun sentence", "original sentence"]')
            example = None
        return Entry(
            original=original,
            spun=spun,
            pos=pos,
            subject=defaults.subject,
            dialect=self._choice(Dialect, particulars.get("dialect", defaults.dialect), "dialect", line),
            weight=self._choice(Weight, particulars.get("weight", defaults.weight), "weight", line),
            near=near,
            unless_near=unless_near,
            example=None if example is None else (example[0], example[1]),
            keep=keep,
            source=source or f"{self.path.name}:{line}",
        )

    def _words(self, particulars: Mapping[str, Any], name: str, line: int) -> tuple[str, ...]:
        words = particulars.get(name, [])
        if isinstance(words, list) and all(isinstance(word, str) for word in words):
            return tuple(words)
        self._complain(line, f'{name} = ["word", "word"]')
        return ()

    def _choice(self, kind: type[_Choice], value: Any, name: str, line: int) -> _Choice:
        try:
            return kind(value)
        except ValueError:
            self._complain(line, f"{name} = {value!r}: there are {', '.join(kind)}")
            return next(iter(kind))

    def _check_phrase(self, phrase: str, line: int) -> None:
        if not isinstance(phrase, str) or not phrase.strip():
            self._complain(line, f"an empty phrase: {phrase!r}")
        elif phrase != " ".join(phrase.split()) or not phrase.isprintable():
            self._complain(line, f"{phrase!r}: single spaces only, no control characters")
        elif "’" in phrase or "‘" in phrase:
            self._complain(line, f"{phrase!r}: write apostrophes straight; curly ones in a text match them")

    def _complain(self, line: int, message: str) -> None:
        self.complaints.append(Complaint(self.path, line, message))


def _syntax_complaint(path: Path, error: tomllib.TOMLDecodeError) -> Complaint:
    match = re.search(r"line (\d+)", str(error))
    message = str(error)
    if "overwrite" in message:
        message = "this original stands twice in its section: put all its spun forms into one row (" + message + ")"
    return Complaint(path, int(match.group(1)) if match else 1, message)


def _lines_of_keys(raw: str) -> dict[tuple[str, str], int]:
    """Return the line of each (section, key); `tomllib` does not say, and a row is one line."""
    lines: dict[tuple[str, str], int] = {}
    section = ""
    for number, line in enumerate(raw.splitlines(), 1):
        header = _HEADER.match(line)
        if header:
            section = header.group(1)
            lines[section, ""] = number
            continue
        key = _KEY.match(line)
        if key:
            lines[section, next(g for g in key.groups() if g is not None)] = number
    return lines


def _key(original: str) -> str:
    return original if _BARE.fullmatch(original) else _quote(original)


def _quote(text: str) -> str:
    """Return a basic string of TOML, in which control characters are escaped."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + re.sub(r"[\x00-\x1f\x7f]", lambda match: f"\\u{ord(match[0]):04x}", escaped) + '"'


def _value(entries: list[Entry], file: Wordlist) -> str:
    """Write a row's value: plain forms first, then tables, forms that agree in all particulars together."""
    groups: dict[str, list[Entry]] = {}
    for entry in sorted(entries, key=lambda e: (_WEIGHT_ORDER[e.weight], e.dialect != file.dialect)):
        groups.setdefault(_particulars(entry, file), []).append(entry)
    items: list[str] = []
    for particulars, members in groups.items():
        forms = [_quote(e.spun) for e in members]
        if not particulars:
            items += forms
        else:
            spun = forms[0] if len(forms) == 1 else f"[{', '.join(forms)}]"
            items.append(f"{{ spun = {spun}, {particulars} }}")
    return items[0] if len(items) == 1 else f"[{', '.join(items)}]"


def _particulars(entry: Entry, file: Wordlist) -> str:
    parts = []
    if entry.weight is not file.weight:
        parts.append(f"weight = {_quote(entry.weight)}")
    if entry.dialect is not file.dialect:
        parts.append(f"dialect = {_quote(entry.dialect)}")
    for name, words in (("near", entry.near), ("unless_near", entry.unless_near)):
        if words:
            parts.append(f"{name} = [{', '.join(map(_quote, words))}]")
    if entry.example:
        parts.append(f"example = [{', '.join(map(_quote, entry.example))}]")
    if entry.keep:
        parts.append(f"keep = {_quote(entry.keep)}")
    if not re.fullmatch(r"[\w.-]+\.toml:\d+", entry.source):
        parts.append(f"source = {_quote(entry.source)}")
    return ", ".join(parts)
