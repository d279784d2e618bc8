"""What was done, on disk, so that a run that was stopped or killed goes on where it was.  SQLite of the standard library.

Only the run itself writes here, never a worker.  A file whose row was lost by a kill is done again and gives the same
bytes, so the ledger may lag behind the tree but never be ahead of it.
"""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

from unspin.batch.plan import Outcome, State, Task

_COLUMNS = [f.name for f in fields(Outcome) if f.name != "kept"]
_SCHEMA = f"""
CREATE TABLE IF NOT EXISTS file (
    {", ".join(f"{name} NOT NULL" if name != "path" else "path BLOB PRIMARY KEY" for name in _COLUMNS)},
    signature TEXT NOT NULL, run INTEGER NOT NULL
) WITHOUT ROWID;
"""
_COMMIT = 1.0  # seconds between commits
_FORMAT = 1


class Ledger:
    """Outcomes by path.  `path`: the file, or None to keep them only while this run lasts."""

    def __init__(self, path: Path | None, signature: str) -> None:
        if path is not None:
            path.parent.mkdir(parents=True, exist_ok=True)
        self._signature = signature
        self._database = sqlite3.connect("" if path is None else path, isolation_level=None)
        self._database.execute("PRAGMA journal_mode = WAL")
        self._database.execute("PRAGMA synchronous = NORMAL")
        if self._database.execute("PRAGMA user_version").fetchone()[0] not in (0, _FORMAT):
            raise ValueError(f"{path}: written by another version of unspin; move it away to start anew")
        self._database.execute(_SCHEMA)
        self._database.execute(f"PRAGMA user_version = {_FORMAT}")
        self._run = 1 + (self._database.execute("SELECT max(run) FROM file").fetchone()[0] or 0)
        self._committed = time.monotonic()
        self._database.execute("BEGIN")

    def forget(self) -> None:
        """Drop what earlier runs did."""
        self._database.execute("DELETE FROM file")

    def task(self, path: str, size: int) -> Task:
        """Return the task for a file, with what an earlier run under the same signature left of it."""
        row = self._database.execute(
            "SELECT before, after FROM file WHERE path = ? AND signature = ? AND state != ?",
            (os.fsencode(path), self._signature, str(State.FAILED)),
        ).fetchone()
        return Task(path, size, *(row or ()))

    def add(self, outcome: Outcome) -> Outcome:
        """Write down what came of a file, and return it; of one that was kept, what the earlier run found."""
        key = os.fsencode(outcome.path)
        if outcome.kept:
            self._database.execute("UPDATE file SET run = ? WHERE path = ?", (self._run, key))
            row = self._database.execute(f"SELECT {', '.join(_COLUMNS)} FROM file WHERE path = ?", (key,)).fetchone()
            outcome = _outcome(row, kept=True)
        else:
            values = [key, *(getattr(outcome, name) for name in _COLUMNS[1:])]
            marks = ", ".join("?" * (len(_COLUMNS) + 2))
            self._database.execute(
                f"INSERT OR REPLACE INTO file ({', '.join(_COLUMNS)}, signature, run) VALUES ({marks})",
                [*(str(v) if isinstance(v, State) else v for v in values), self._signature, self._run],
            )
        if time.monotonic() - self._committed > _COMMIT:
            self._commit()
        return outcome

    def outcomes(self) -> Iterator[Outcome]:
        """Yield what came of each file of this run, in the order of paths, one at a time."""
        query = f"SELECT {', '.join(_COLUMNS)} FROM file WHERE run = ? ORDER BY path"
        for row in self._database.execute(query, (self._run,)):
            yield _outcome(row)

    def close(self) -> None:
        """Commit and close."""
        self._database.execute("COMMIT")
        self._database.close()

    def _commit(self) -> None:
        self._database.execute("COMMIT")
        self._database.execute("BEGIN")
        self._committed = time.monotonic()


def _outcome(row: tuple[object, ...], *, kept: bool = False) -> Outcome:
    values = dict(zip(_COLUMNS, row, strict=True))
    values["path"] = os.fsdecode(values["path"])  # type: ignore[arg-type]
    values["state"] = State(str(values["state"]))
    return Outcome(**values, kept=kept)  # type: ignore[arg-type]
