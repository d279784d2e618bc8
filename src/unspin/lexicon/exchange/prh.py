"""Rules of prh (YAML): ``expected`` beside ``pattern`` or ``patterns``, with ``specs`` that show what a rule does.

Patterns between slashes are spelled out where they stand for a handful of phrases.  A spec whose result is the expected
phrase becomes the example of a row.
"""

from __future__ import annotations

from collections.abc import Iterable

from unspin.lexicon.exchange.nodes import Node, load, quoted
from unspin.lexicon.exchange.patterns import PatternError, literal, phrases
from unspin.lexicon.exchange.rows import FormatError, Rows
from unspin.model import Entry, Weight


def read(raw: str, rows: Rows) -> None:
    """Take the rules of a file; raises `FormatError` if it has none."""
    root = load(raw, rows.name)
    imports, rules = root.get("imports"), root.get("rules")
    for other in imports.items() if imports else ():
        path = other.text() or getattr(other.get("path"), "value", "?")
        rows.refuse(other.line, f"imports {path}", "import that file by itself")
    if rules is None or not isinstance(rules.value, list):
        raise FormatError(f"{rows.name}:{root.line}: expected rules: with a list of rules")
    for rule in rules.items():
        _rule(rows, rule)


def _rule(rows: Rows, rule: Node) -> None:
    if rule.text() is not None:
        rows.refuse(rule.line, str(rule.text()), "only letter case and width are asked for")
        return
    expected = rule.get("expected")
    patterns = [p for name in ("pattern", "patterns") if (node := rule.get(name)) for p in node.items()]
    original = expected.text() if expected else None
    if original is None:
        rows.refuse(rule.line, "a rule", "it has no expected phrase")
    elif not patterns:
        rows.refuse(rule.line, original, "it has no pattern: only letter case and width are asked for")
    elif "$" in original:
        rows.refuse(rule.line, original, "its expected phrase holds parts of what is matched ($1)")
    else:
        for pattern in patterns:
            _pattern(rows, pattern, original, _examples(rule), rule.get("weight"))


def _pattern(rows: Rows, pattern: Node, original: str, examples: dict[str, str], weight: Node | None) -> None:
    text = pattern.text()
    if text is None:
        rows.refuse(pattern.line, original, "a pattern is text")
        return
    try:
        body, _, flags = text[1:].rpartition("/") if text.startswith("/") else ("", "", "")
        forms = phrases(body) if body and flags.isalpha() | (not flags) else (text,)
    except PatternError as error:
        rows.refuse(pattern.line, f"{text} -> {original}", f"a pattern that is no handful of phrases: {error}")
        return
    for form in forms:
        example = next(
            ((a, b) for a, b in examples.items() if form.lower() in a.lower() and original.lower() in b.lower()), None
        )
        rows.take(pattern.line, original, form, example=example)


def _examples(rule: Node) -> dict[str, str]:
    specs = rule.get("specs")
    pairs = [(spec.get("from"), spec.get("to")) for spec in (specs.items() if specs else ())]
    return {str(a.value): str(b.value) for a, b in pairs if a is not None and b is not None}


def write(entries: Iterable[Entry]) -> str:
    """Return entries as rules, the forms of an original together; rows bound to a context say so, but apply everywhere."""
    found: dict[str, list[Entry]] = {}
    for entry in entries:
        if entry.weight is not Weight.NEVER:
            found.setdefault(entry.original, []).append(entry)
    lines = ["version: 1", "rules:"]
    for original, same in found.items():
        forms = list(dict.fromkeys(entry.spun for entry in same))
        lines += [
            f"  - expected: {quoted(original)}",
            "    patterns:",
            *(f"      - {quoted(_written(form))}" for form in forms),
        ]
        lines += ["    options:", "      wordBoundary: true"]
        examples = dict.fromkeys(entry.example for entry in same if entry.example)
        if examples:
            lines.append("    specs:")
        for spun, restored in filter(None, examples):
            lines += [f"      - from: {quoted(spun)}", f"        to: {quoted(restored)}"]
        contexts = [f"{e.spun}: near {', '.join(e.near)}" for e in same if e.near]
        contexts += [f"{e.spun}: not near {', '.join(e.unless_near)}" for e in same if e.unless_near]
        if contexts:
            lines.append(f"    prh: {quoted('; '.join(contexts))}")
    return "\n".join(lines) + "\n"


def _written(form: str) -> str:
    """Return a phrase as a pattern; one that begins with a slash would be read as an expression."""
    return form if not form.startswith("/") else "/" + literal(form).replace("/", r"\/") + "/"
