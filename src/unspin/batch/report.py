"""The report of a run: a page for people, JSON or CSV for machines, read off the ledger a file at a time."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from unspin.batch.ledger import Ledger
from unspin.batch.place import beside
from unspin.batch.plan import Outcome, State
from unspin.batch.show import row, shown
from unspin.output.diff import visible
from unspin.output.hunks import unpacked
from unspin.output.page import write_run_page

SCHEMA = "unspin/run/1"
_MOST_PAIRS = 12
_HELD_PAIRS = 200_000  # beyond, pairs seen once are let go


@dataclass(slots=True)
class _Sums:
    files: Counter[str] = field(default_factory=Counter)
    dialects: Counter[str] = field(default_factory=Counter)
    pairs: Counter[tuple[str, str]] = field(default_factory=Counter)
    spun: list[int] = field(default_factory=lambda: [0] * 10)
    rate: list[int] = field(default_factory=lambda: [0] * 6)
    sure: list[int] = field(default_factory=lambda: [0] * 10)
    words: int = 0
    edits: int = 0

    def add(self, outcome: Outcome) -> None:
        self.files[str(outcome.state)] += 1
        self.words += outcome.words
        self.edits += outcome.edits
        if outcome.state is State.FAILED:
            return
        self.spun[min(9, int(10 * outcome.probability))] += 1
        if outcome.probability > 0.5:
            self.dialects[outcome.dialect] += 1
        per_1000 = 1000 * outcome.edits / outcome.words if outcome.words else 0.0
        self.rate[sum(per_1000 > bound for bound in _RATES)] += 1
        details = unpacked(outcome.details)
        for i, n in enumerate(details.get("spread", ())):
            self.sure[i] += n
        for before, after, n in details.get("pairs", ()):
            self.pairs[before, after] += n
        if len(self.pairs) > _HELD_PAIRS:
            self.pairs = Counter({pair: n for pair, n in self.pairs.items() if n > 1})


_RATES = (0, 5, 20, 50, 100)
_RATE_NAMES = ("none", "to 5", "to 20", "to 50", "to 100", "more")


def write_report(path: Path, ledger: Ledger, *, title: str, signature: str, unfinished: bool) -> None:
    """Write the report of the ledger's run to a file whose suffix says its kind; whole or not at all."""
    with beside(path) as binary:
        file = io.TextIOWrapper(binary, "utf-8", errors="replace", newline="", write_through=True)
        if path.suffix == ".csv":
            _write_csv(file, ledger)
        elif path.suffix == ".json":
            _write_json(file, ledger, title, signature, unfinished)
        else:
            _write_page(file, ledger, title, signature, unfinished)
        file.detach()


def _write_csv(file: IO[str], ledger: Ledger) -> None:
    writer: csv.DictWriter[str] | None = None
    for outcome in ledger.outcomes():
        data = row(outcome)
        if writer is None:
            writer = csv.DictWriter(file, list(data))
            writer.writeheader()
        writer.writerow({key: _tame(value) for key, value in data.items()})


def _tame(value: Any) -> Any:
    """Keep a spreadsheet from taking a name for a formula."""
    return f"'{value}" if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t", "\r") else value


def _write_json(file: IO[str], ledger: Ledger, title: str, signature: str, unfinished: bool) -> None:
    head = {"schema": SCHEMA, "source": title, "signature": signature, "unfinished": unfinished}
    file.write(json.dumps(head)[:-1] + ', "files": [')
    sums = _Sums()
    for i, outcome in enumerate(ledger.outcomes()):
        sums.add(outcome)
        file.write((",\n" if i else "\n") + json.dumps(row(outcome)))
    pairs = [{"before": a, "after": b, "count": n} for (a, b), n in _commonest(sums, 100)]
    totals = {"files": dict(sums.files), "words": sums.words, "edits": sums.edits, "dialects": dict(sums.dialects)}
    file.write(f'\n], "totals": {json.dumps(totals)}, "commonest": {json.dumps(pairs)}}}\n')


def _write_page(file: IO[str], ledger: Ledger, title: str, signature: str, unfinished: bool) -> None:
    sums = _Sums()
    for outcome in ledger.outcomes():
        sums.add(outcome)
    files = sum(sums.files.values())
    totals = {
        "files": f"{files:,}",
        "restored": f"{sums.files['restored']:,}",
        "failed": f"{sums.files['failed']:,}",
        "words": f"{sums.words:,}",
        "edits": f"{sums.edits:,}",
        "edits per 1,000 words": f"{1000 * sums.edits / sums.words if sums.words else 0:.1f}",
    }
    tenths = [f"{10 * i} to {10 * (i + 1)} %" for i in range(10)]
    panels = [
        ("How spun the files are", list(zip(tenths, sums.spun, strict=True))),
        ("Edits per 1,000 words", list(zip(_RATE_NAMES, sums.rate, strict=True))),
        ("Commonest restorations", [(f"{a} → {b}", n) for (a, b), n in _commonest(sums, _MOST_PAIRS)]),
        ("Confidence of the edits", [(t, n) for t, n in zip(tenths, sums.sure, strict=True) if n]),
        ("Dialects of the spun files", sorted(sums.dialects.items(), key=lambda item: (-item[1], item[0]))),
    ]
    write_run_page(
        file,
        title=title,
        signature=signature,
        notice="This run was stopped before its end." if unfinished else "",
        totals=totals,
        panels=panels,
        rows=_rows(ledger),
        details=(outcome.details for outcome in ledger.outcomes()),
    )


def _rows(ledger: Ledger) -> Iterator[dict[str, Any]]:
    for outcome in ledger.outcomes():
        data = row(outcome)
        yield {**data, "path": shown(outcome.path), "reason": visible(data["reason"])}


def _commonest(sums: _Sums, most: int) -> list[tuple[tuple[str, str], int]]:
    return sorted(sums.pairs.items(), key=lambda item: (-item[1], item[0]))[:most]
