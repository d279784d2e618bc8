"""Queries of the fingerprint format: quoted phrases joined by AND, OR and NOT, as full-text search engines take them.

``"bosom" AND ("breast" OR "cancer") NOT "bosom friend"`` asks for texts with one phrase and another.  Read as a row of
a wordlist, the first phrase is the spun form and the others are its context.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_TOKEN = re.compile(r'\s*(?:(\()|(\))|"([^"]*)"|“([^”]*)”|([^\s()"“”]+))')
_MOST = 64  # conjunctions of one query; more is no fingerprint


class QueryError(ValueError):
    """A query that cannot be read, or cannot be a row."""


@dataclass(frozen=True, slots=True)
class Clause:
    """Phrases that must all stand in a text, and phrases of which none may."""

    wanted: tuple[str, ...]
    unwanted: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Condition:
    """A spun form, and phrases of which one must (none may) stand near it."""

    spun: str
    near: tuple[str, ...] = ()
    unless_near: tuple[str, ...] = ()


def conditions(query: str) -> tuple[Condition, ...]:
    """Return the rows that a query stands for; raises `QueryError`.

    >>> conditions('"bosom" AND ("breast" OR "cancer") NOT "bosom friend"')
    (Condition(spun='bosom', near=('breast', 'cancer'), unless_near=('bosom friend',)),)
    >>> conditions('"bosom peril" OR "bosom malignancy"')
    (Condition(spun='bosom peril', near=(), unless_near=()), Condition(spun='bosom malignancy', near=(), unless_near=()))
    """
    found: dict[str, list[Clause]] = {}
    for clause in clauses(query):
        if not clause.wanted:
            raise QueryError("it says only what must not stand there")
        found.setdefault(clause.wanted[0], []).append(clause)
    return tuple(_condition(spun, same) for spun, same in found.items())


def _condition(spun: str, same: Sequence[Clause]) -> Condition:
    if any(len(clause.wanted) > 2 for clause in same):
        raise QueryError("more than two phrases joined by AND: a row can ask for one word more, not for two at once")
    if len({clause.unwanted for clause in same}) > 1:
        raise QueryError("what must not stand there differs between its alternatives")
    free = any(len(clause.wanted) == 1 for clause in same)  # "a OR (a AND b)" asks for nothing more than a
    near = () if free else tuple(dict.fromkeys(clause.wanted[1] for clause in same))
    return Condition(spun, near, same[0].unwanted)


def clauses(query: str) -> list[Clause]:
    """Return the alternatives of a query (its disjunctive normal form); raises `QueryError`."""
    reader = _Reader(list(_tokens(query)))
    found = reader.alternatives()
    if reader.left():
        raise QueryError(f"not understood from {reader.left()!r} on")
    return found


def _tokens(query: str) -> Iterator[tuple[str, str]]:
    """Yield (kind, text): an operator or bracket as its own kind, a phrase as "phrase"."""
    position = 0
    while query[position:].strip():
        match = _TOKEN.match(query, position)
        if match is None:
            raise QueryError(f"a quotation mark is missing: {query[position:].strip()!r}")
        position = match.end()
        opening, closing, quoted, curly, bare = match.groups()
        if opening or closing:
            yield opening or closing, opening or closing
        elif bare is not None and bare in ("AND", "OR", "NOT"):
            yield bare, bare
        elif bare is not None:
            yield "word", bare
        else:
            yield "phrase", quoted if quoted is not None else curly


class _Reader:
    """Recursive descent: OR binds loosest, then AND, then NOT; words without quotes that touch are one phrase."""

    def __init__(self, tokens: list[tuple[str, str]]) -> None:
        self.tokens, self.at = tokens, 0

    def left(self) -> str:
        return self.tokens[self.at][1] if self.at < len(self.tokens) else ""

    def alternatives(self) -> list[Clause]:
        found = self.together()
        while self._next("OR"):
            found = found + self.together()
        return found

    def together(self) -> list[Clause]:
        found = self.one()
        while True:
            if self._next("AND"):
                other = self._refusal() if self._next("NOT") else self.one()
            elif self._next("NOT"):
                other = self._refusal()
            else:
                return found
            found = [Clause(a.wanted + b.wanted, a.unwanted + b.unwanted) for a in found for b in other]
            if len(found) > _MOST:
                raise QueryError("too many alternatives")

    def one(self) -> list[Clause]:
        if self._next("NOT"):
            return self._refusal()
        if self._next("("):
            found = self.alternatives()
            if not self._next(")"):
                raise QueryError("a bracket is missing")
            return found
        return [Clause((self._phrase(),))]

    def _refusal(self) -> list[Clause]:
        """Return the clause of what follows NOT: none of its alternatives may stand there."""
        refused = self.one()
        if any(len(clause.wanted) != 1 or clause.unwanted for clause in refused):
            raise QueryError("NOT before phrases joined by AND or NOT")
        return [Clause((), tuple(clause.wanted[0] for clause in refused))]

    def _phrase(self) -> str:
        if self.at >= len(self.tokens):
            raise QueryError("a phrase is missing at its end")
        kind, text = self.tokens[self.at]
        if kind not in ("phrase", "word"):
            raise QueryError(f"a phrase is missing before {text}")
        self.at += 1
        words = [text]
        while kind == "word" and self.at < len(self.tokens) and self.tokens[self.at][0] == "word":
            words.append(self.tokens[self.at][1])
            self.at += 1
        if not " ".join(words).strip():
            raise QueryError("an empty phrase")
        return " ".join(words)

    def _next(self, kind: str) -> bool:
        here = self.at < len(self.tokens) and self.tokens[self.at][0] == kind
        self.at += here
        return here


def written(condition: Condition) -> str:
    """Return the query for a row.

    >>> written(Condition("bosom", ("breast", "cancer"), ("friend",)))
    '"bosom" AND ("breast" OR "cancer") NOT "friend"'
    """
    near = " OR ".join(f'"{phrase}"' for phrase in condition.near)
    near = f" AND {near if len(condition.near) == 1 else f'({near})'}" if near else ""
    return f'"{condition.spun}"{near}' + "".join(f' NOT "{phrase}"' for phrase in condition.unless_near)
