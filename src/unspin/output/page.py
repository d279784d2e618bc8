"""HTML pages that need nothing else: the differences of one text, and the report of a run.

Everything that came from a file is escaped, or reaches the page's script as data that it puts in place as text.  A
content security policy names the one script and the one style sheet by their digests, so that nothing else could run.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from html import escape
from pathlib import Path
from typing import IO, Any

from unspin.model import Restoration
from unspin.output.diff import visible
from unspin.output.hunks import hunks

_ASSETS = Path(__file__).parent / "assets"
_COLUMNS = (
    ("path", "file", ""),
    ("state", "result", ""),
    ("words", "words", "n"),
    ("edits", "edits", "n"),
    ("per_1000", "per 1,000", "n"),
    ("probability", "spun", "n"),
    ("share", "sentences", "n"),
    ("dialect", "dialect", ""),
    ("confidence", "confidence", "n"),
    ("seconds", "seconds", "n"),
)


def diff_page(restoration: Restoration, title: str) -> str:
    """Return a page with a text beside its restoration, line by line, the reasons on hover."""
    evidence = restoration.evidence
    edits, offered = len(restoration.edits), len(restoration.offered)
    summary = (
        f"{edits:,} {'edit' if edits == 1 else 'edits'}, {offered:,} more to review; "
        f"spun with probability {evidence.probability:.2f} ({evidence.dialect} dialect)"
    )
    rows = "".join(_diff_rows(restoration))
    head = '<tr><th class="line" scope="col">line</th><th scope="col">spun</th><th scope="col">restored</th></tr>'
    return (
        f"{_opening(title)}<main><h1>{_shown(title)}</h1>\n<p>{escape(summary)}</p>\n"
        f'<p class="soft signature">{escape(restoration.signature)}</p>\n'
        f'<table class="diff"><thead>{head}</thead><tbody>\n{rows}</tbody></table></main></body></html>\n'
    )


def _diff_rows(restoration: Restoration) -> Iterator[str]:
    number, before, after = 1, "", ""
    for segment in hunks(restoration, full=True, most=len(restoration.edits))[0][1]:
        if isinstance(segment, str):
            first, *rest = segment.split("\n")
            before, after = before + escape(first), after + escape(first)
            for line in rest:
                yield _diff_row(number, before, after)
                number, before, after = number + 1, escape(line), escape(line)
        else:
            old, new, percent, reason = segment
            why = escape(f"{percent} %: {reason}")
            before += f"<del>{escape(old)}</del>"
            after += f'<ins data-reason="{why}" aria-description="{why}" tabindex="0">{escape(new)}</ins>'
    yield _diff_row(number, before, after)


def _diff_row(number: int, before: str, after: str) -> str:
    return f'<tr><th class="line" scope="row">{number}</th><td>{before}</td><td>{after}</td></tr>\n'


def write_run_page(
    file: IO[str],
    *,
    title: str,
    signature: str,
    notice: str,
    totals: Mapping[str, str],
    panels: Sequence[tuple[str, Sequence[tuple[str, int]]]],
    rows: Iterable[Mapping[str, Any]],
    details: Iterable[bytes],
) -> None:
    """Write the report of a run, a file at a time, so that ten thousand take no more memory than ten.

    `totals`: figures with their names.  `panels`: titled lists of (name, count), drawn as bars.  `rows`: a mapping for
    each file.  `details`: for each row in the same order, its packed differences (`unspin.output.hunks.packed`).
    """
    script = _asset("report.js")
    file.write(f"{_opening(title, script)}<main><h1>{_shown(title)}</h1>\n")
    file.write(f'<p class="soft signature">{escape(signature)}</p>\n')
    if notice:
        file.write(f'<p class="failed">{escape(notice)}</p>\n')
    figures = "".join(f"<li><b>{escape(value)}</b> {escape(name)}</li>" for name, value in totals.items())
    file.write(f'<ul class="totals">{figures}</ul>\n<div class="panels">\n')
    file.writelines(_panel(name, counts) for name, counts in panels)
    file.write(f"</div>\n{_table()}</main>\n")
    file.write('<script type="application/json" id="rows">[')
    for i, row in enumerate(rows):
        file.write((",\n" if i else "") + _data(row))
    file.write(']</script>\n<script type="text/plain" id="details">\n')
    for packed in details:
        file.write(f"={base64.b64encode(packed).decode('ascii')}\n")
    file.write(f"</script>\n<script>{script}</script></body></html>\n")


def _opening(title: str, script: str = "") -> str:
    style = _asset("page.css")
    allowed = f"script-src '{_digest(script)}'; " if script else ""
    policy = f"default-src 'none'; {allowed}style-src '{_digest(style)}'; img-src data:; base-uri 'none'; form-action 'none'"
    return (
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex">\n'
        f'<link rel="icon" href="data:,"><title>{_shown(title)} · unspin</title>\n<style>{style}</style></head><body>\n'
    )


def _panel(title: str, counts: Sequence[tuple[str, int]]) -> str:
    most = max((n for _, n in counts), default=0) or 1
    rows = "".join(
        f'<tr><th scope="row">{_shown(name)}</th><td class="track">{_bar(n, most)}</td><td class="n">{n:,}</td></tr>'
        for name, n in counts
    )
    body = f"<table>{rows}</table>" if counts else '<p class="soft">none</p>'
    return f'<section class="panel"><h2>{escape(title)}</h2>{body}</section>\n'


def _bar(n: int, most: int) -> str:
    # A drawing, because the policy allows no style attributes.
    if not n:
        return ""
    width = max(0.5, round(100 * n / most, 1))
    return (
        '<svg width="100%" height="12" aria-hidden="true" focusable="false">'
        f'<rect width="{width}%" height="12" rx="2" fill="var(--bar)"/></svg>'
    )


def _table() -> str:
    heads = "".join(
        f'<th scope="col" data-column="{column}" class="{kind}"><button type="button">{name}</button></th>'
        for column, name, kind in _COLUMNS
    )
    states = "".join(f'<option value="{s}">{s}</option>' for s in ("restored", "same", "left", "failed"))
    leasts = "".join(f'<option value="{p / 100}">at least {p} %</option>' for p in (50, 90, 99))
    return (
        '<form id="filter" role="search"><label>Search names and reasons<input id="search" type="search"></label>'
        f'<label>Result<select id="state"><option value="">all</option>{states}</select></label>'
        f'<label>Spun<select id="least"><option value="0">all</option>{leasts}</select></label></form>\n'
        '<div class="scroll"><table class="files"><caption id="status" aria-live="polite">The table of files needs '
        f'JavaScript.</caption><thead><tr>{heads}</tr></thead><tbody id="body"></tbody></table></div>\n'
        '<div class="pages"><button type="button" id="back" disabled>Back</button>'
        '<button type="button" id="on" disabled>Next</button></div>\n'
    )


def _data(value: object) -> str:
    """Return JSON that cannot end the script element it stands in."""
    return json.dumps(value, ensure_ascii=True).replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def _shown(text: str) -> str:
    return escape(visible(text.replace("\n", "␊")).encode("utf-8", "replace").decode("utf-8"))


@cache
def _asset(name: str) -> str:
    return (_ASSETS / name).read_text("utf-8")


def _digest(content: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(content.encode()).digest()).decode("ascii")
