"""Regular expressions that stand for a handful of phrases, as style checkers have them, spelled out."""

from __future__ import annotations

import re

_MOST = 64
_PLAIN = re.compile(r"[^\\^$.|?*+()\[\]{}]")
_ESCAPED = re.compile(r"\\([^A-Za-z0-9])")
_SPACE = re.compile(r"\\s[+*]?|\[ \\-\]|\[- \]")


class PatternError(ValueError):
    """A pattern that stands for more than a handful of phrases."""


def phrases(pattern: str) -> tuple[str, ...]:
    r"""Return what a pattern matches: literals, alternatives, brackets, optional parts, word boundaries.

    >>> phrases(r"\b(?:civil|war-time) battles?\b")
    ('civil battle', 'civil battles', 'war-time battle', 'war-time battles')
    """
    reader = _Reader(pattern)
    found = reader.alternatives()
    if reader.rest:
        raise PatternError(f"not understood from {reader.rest!r} on")
    return tuple(dict.fromkeys(found))


def literal(phrase: str) -> str:
    r"""Return the pattern that matches a phrase and nothing else.

    >>> literal("a.m.")
    'a\\.m\\.'
    """
    return re.sub(r"[\\^$.|?*+()\[\]{}]", r"\\\g<0>", phrase)


class _Reader:
    def __init__(self, pattern: str) -> None:
        self.rest = pattern

    def alternatives(self) -> list[str]:
        found = self.sequence()
        while self._skip("|"):
            found = found + self.sequence()
        return found

    def sequence(self) -> list[str]:
        found = [""]
        while self.rest and self.rest[0] not in "|)":
            part = self.atom()
            if self._skip("?"):
                part = ["", *part]
            elif self.rest[:1] in ("*", "+", "{"):
                raise PatternError(f"repetition: {self.rest!r}")
            found = [before + after for before in found for after in part]
            if len(found) > _MOST:
                raise PatternError("too many alternatives")
        return found

    def atom(self) -> list[str]:
        if self._skip(r"\b") or self._skip("^") or self._skip("$"):
            return [""]
        space, escaped, plain = (kind.match(self.rest) for kind in (_SPACE, _ESCAPED, _PLAIN))
        if space:
            self.rest = self.rest[space.end() :]
            return [" "]
        if escaped or plain:
            match = escaped or plain
            assert match is not None
            self.rest = self.rest[match.end() :]
            return [match.group(1) if escaped else match.group()]
        if self._skip("(?:") or (not self.rest.startswith("(?") and self._skip("(")):
            found = self.alternatives()
            if not self._skip(")"):
                raise PatternError("a bracket is missing")
            return found
        raise PatternError(f"not understood: {self.rest!r}")

    def _skip(self, text: str) -> bool:
        here = self.rest.startswith(text)
        self.rest = self.rest[len(text) :] if here else self.rest
        return here
