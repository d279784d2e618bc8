"""Substitution rules of Vale (YAML): ``swap`` maps what is found, an expression, to what should stand there.

Several replacements stand with bars between; ``exceptions`` are phrases to leave.
"""

from __future__ import annotations

from collections.abc import Iterable

from unspin.lexicon.exchange.nodes import Node, load, quoted
from unspin.lexicon.exchange.patterns import PatternError, literal, phrases
from unspin.lexicon.exchange.rows import FormatError, Rows
from unspin.model import Entry, Weight


def read(raw: str, rows: Rows) -> None:
    """Take the swaps of a rule; raises `FormatError` if it is no substitution."""
    root = load(raw, rows.name)
    kind, swap, exceptions = root.get("extends"), root.get("swap"), root.get("exceptions")
    if kind is None or kind.text() != "substitution":
        raise FormatError(f"{rows.name}:{kind.line if kind else 1}: expected extends: substitution")
    if swap is None or not isinstance(swap.value, dict | list):
        raise FormatError(f"{rows.name}:{swap.line if swap else 1}: expected swap: with what to replace by what")
    for part in swap.items():
        for pattern, target in part.value.items() if isinstance(part.value, dict) else ():
            _swap(rows, pattern, target)
    for exception in exceptions.items() if exceptions else ():
        if exception.text():
            rows.leave[str(exception.text())] = f"an exception in {rows.name}"


def _swap(rows: Rows, pattern: str, target: Node) -> None:
    wanted = target.text()
    if not wanted:
        rows.refuse(target.line, pattern, "it has no replacement")
        return
    if "$" in wanted:
        rows.refuse(target.line, f"{pattern} -> {wanted}", "its replacement holds parts of what is matched ($1)")
        return
    try:
        forms = phrases(pattern)
    except PatternError as error:
        rows.refuse(target.line, f"{pattern} -> {wanted}", f"a pattern that is no handful of phrases: {error}")
        return
    for form in forms:
        for original in wanted.split("|"):
            rows.take(target.line, original, form)


def write(entries: Iterable[Entry], leave: Iterable[tuple[str, str]] = ()) -> str:
    """Return entries as one rule; Vale knows no context, so rows that are bound to one are left out."""
    found: dict[str, list[str]] = {}
    for entry in entries:
        if entry.weight is not Weight.NEVER and not entry.near and not entry.unless_near:
            originals = found.setdefault(entry.spun.lower(), [])
            originals += [entry.original] if entry.original not in originals else []
    lines = ["extends: substitution", "message: Did a spinner write '%s' for '%s'?", "level: warning", "ignorecase: true"]
    lines += ["action:", "  name: replace", "swap:"]
    lines += [f"  {quoted(literal(form))}: {quoted('|'.join(originals))}" for form, originals in found.items()]
    left = [phrase for phrase, _ in leave]
    if left:
        lines += ["exceptions:", *(f"  - {quoted(phrase)}" for phrase in left)]
    return "\n".join(lines) + "\n"
