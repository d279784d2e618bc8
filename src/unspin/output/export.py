"""A restoration for machines: JSON with a versioned schema, and a unified diff that ``git apply`` takes."""

from __future__ import annotations

import difflib
import json
from collections.abc import Iterator
from typing import Any

from unspin.model import Edit, Entry, Evidence, Restoration

SCHEMA = "unspin/restoration/1"


def to_json(restoration: Restoration, *, path: str | None = None, indent: int | None = 2) -> str:
    """Return the restoration as JSON (schema ``unspin/restoration/1``, described in docs/json.md)."""
    return json.dumps(as_data(restoration, path=path), ensure_ascii=False, indent=indent)


def as_data(restoration: Restoration, *, path: str | None = None) -> dict[str, Any]:
    """Return the restoration as plain data: offsets count code points of the decoded text."""
    return {
        "schema": SCHEMA,
        "signature": restoration.signature,
        "path": path,
        "repairs": list(restoration.repairs),
        "evidence": evidence_data(restoration.evidence),
        "text": restoration.text,
        "edits": [edit_data(edit, applied=True) for edit in restoration.edits],
        "offered": [edit_data(edit, applied=False) for edit in restoration.offered],
    }


def evidence_data(evidence: Evidence) -> dict[str, Any]:
    """Return what is known of how spun a text is, as plain data."""
    return {
        "probability": round(evidence.probability, 4),
        "share": round(evidence.share, 4),
        "dialect": str(evidence.dialect),
        "tells": [{"phrase": phrase, "nats": round(nats, 2)} for phrase, nats in evidence.tells],
    }


def edit_data(edit: Edit, *, applied: bool) -> dict[str, Any]:
    """Return an edit as plain data."""
    return {
        "start": edit.span.start,
        "end": edit.span.end,
        "before": edit.before,
        "after": edit.after,
        "applied": applied,
        "confidence": round(edit.confidence, 4),
        "score": {name: round(value, 3) for name, value in edit.score.parts().items()}
        | {"total": round(edit.score.total, 3)},
        "alternatives": [{"after": a.after, "confidence": round(a.confidence, 4)} for a in edit.alternatives],
        "entry": None if edit.entry is None else _entry(edit.entry),
    }


def _entry(entry: Entry) -> dict[str, Any]:
    return {
        "original": entry.original,
        "spun": entry.spun,
        "pos": str(entry.pos),
        "subject": entry.subject,
        "dialect": str(entry.dialect),
        "weight": str(entry.weight),
        "source": entry.source,
    }


def to_patch(before: str, after: str, path: str) -> str:
    r"""Return a unified diff from `before` to `after`, or "" if they are equal.

    Lines end at ``\n`` alone, as git has it, so that carriage returns and form feeds stay inside their lines.

    >>> print(to_patch("a battle\n", "a war\n", "x.txt"), end="")
    --- a/x.txt
    +++ b/x.txt
    @@ -1 +1 @@
    -a battle
    +a war
    """
    if before == after:
        return ""
    name = _quoted(path)
    lines = difflib.unified_diff(_lines(before), _lines(after), name("a/"), name("b/"), lineterm="\n")
    return "".join(_closed(lines))


def _lines(text: str) -> list[str]:
    lines = [line + "\n" for line in text.split("\n")]
    lines[-1] = lines[-1][:-1]
    return lines if lines[-1] else lines[:-1]


def _closed(lines: Iterator[str]) -> Iterator[str]:
    for line in lines:
        yield line if line.endswith("\n") else line + "\n\\ No newline at end of file\n"


def _quoted(path: str):  # type: ignore[no-untyped-def]
    """Return a function that writes a path with a prefix as git does, quoting what would break the header."""
    path = path.lstrip("/")
    if any(c in path for c in '"\\\n\t\r') or not path.isprintable():
        escaped = path.encode("unicode_escape").decode("ascii").replace('"', '\\"')
        return lambda prefix: f'"{prefix}{escaped}"'
    return lambda prefix: prefix + path
