"""Decisions as a file: exported for other programs, and replayed on the same text.

The schema is ``unspin/decisions/1`` (docs/review.md).  Every place is written with the wording that stands there, decided
or not, so that a replay gives what was saved even where the wordlists have changed since.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from unspin.files import FileError
from unspin.model import Edit, Restoration, Score, Span
from unspin.output.export import edit_data
from unspin.review.journal import digest_of
from unspin.review.session import Place, Session

SCHEMA = "unspin/decisions/1"


def to_json(reviews: Iterable[tuple[str, Session]], signature: str) -> str:
    """Return the decisions about each (path, session) as JSON."""
    files = [{"path": path, "text": text_digest(s.proposal.text), "places": _places(s)} for path, s in reviews]
    return json.dumps({"schema": SCHEMA, "signature": signature, "files": files}, ensure_ascii=False, indent=1) + "\n"


def text_digest(text: str) -> str:
    """Return the digest by which a text is known again, whatever it was encoded in."""
    return digest_of(text.encode("utf-8", "surrogatepass"))


def _places(session: Session) -> list[dict[str, Any]]:
    return [_place(place) for place in session.all_places()]


def _place(place: Place) -> dict[str, Any]:
    data: dict[str, Any] = {
        "start": place.span.start,
        "end": place.span.end,
        "before": place.before,
        "wording": place.wording,
        "standing": str(place.standing),
    }
    if place.edit is not None:
        data["suggested"] = edit_data(place.edit, applied=place.wording == place.edit.after)
    return data


@dataclass(frozen=True, slots=True)
class Wordings:
    """What stands at each place of one text."""

    path: str
    places: tuple[tuple[Span, str, str], ...]  # where, what stood there, what shall


def read(path: Path) -> Mapping[str, Wordings]:
    """Return the decisions of a file by the digest of the text they are about; raises `FileError` for what is none."""
    try:
        data = json.loads(path.read_bytes())
        if data["schema"] != SCHEMA:
            raise FileError(f"{path}: its schema is {data['schema']!r}, not {SCHEMA!r}")
        return {file["text"]: Wordings(file["path"], tuple(map(_wording, file["places"]))) for file in data["files"]}
    except FileError:
        raise
    except OSError as error:
        raise FileError(f"{path}: {error.strerror or error}") from error
    except (ValueError, KeyError, TypeError) as error:
        raise FileError(f"{path}: not decisions exported by unspin review ({error!r})") from error


def _wording(place: Mapping[str, Any]) -> tuple[Span, str, str]:
    return Span(place["start"], place["end"]), str(place["before"]), str(place["wording"])


def replayed(restoration: Restoration, decisions: Mapping[str, Wordings]) -> Restoration:
    """Return the restoration with the decided edits in place of its own; raises ValueError if none are about this text."""
    text = restoration.document.text
    found = decisions.get(text_digest(text))
    if found is None:
        about = ", ".join(wordings.path for wordings in decisions.values()) or "no file"
        raise ValueError(f"the decisions are not about this text, or it has changed since (they are about {about})")
    own = {edit.span: edit for edit in (*restoration.edits, *restoration.offered)}
    edits = []
    for span, before, wording in found.places:
        if span.of(text) != before:
            raise ValueError(f"the decisions do not fit the text at {span.start}: {before!r} does not stand there")
        if wording != before:
            edits.append(_edit(span, before, wording, own.get(span)))
    return replace(restoration, edits=tuple(edits), offered=())


def _edit(span: Span, before: str, wording: str, suggested: Edit | None) -> Edit:
    if suggested is not None and suggested.after == wording:
        return suggested
    return Edit(span, before, wording, 1.0, Score(), None)
