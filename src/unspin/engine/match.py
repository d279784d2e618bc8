"""All places where a spun form of the table stands, and all originals it may come from.  Decides nothing.

Matching walks the tokens and looks phrases up in a hash table, extending as long as the phrase so far begins some form.
An Aho-Corasick automaton over characters (ahocorasick_rs) was measured beside it (``bench/matching.py``): it scans no
faster once its hits are mapped to tokens, and building it costs 0.7 s at 100,000 forms for every start of the program,
where this needs nothing but the dictionary.  Tokens also see through doubled blanks, line ends and curly apostrophes.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from unspin.lexicon.table import LEFT, MORE, OWN, Row, Table
from unspin.model import Dialect, Document
from unspin.text.surface import article_for

_LONGEST = 8  # words in the longest form that is looked for
_NEAR = 40  # words before and after a form, in its sentence, that are its context; text without full stops has long ones


class Candidate(NamedTuple):
    """One wording for tokens `first` up to, not including, `last`.

    `words`: what the language model reads.  `after`: what would be written, before case.  `form`: number of the spun
    form.  `article`: the candidate begins with an "a" or "an" that was re-decided.  `comma`: it takes the comma behind it.
    """

    first: int
    last: int
    words: tuple[str, ...]
    after: str
    row: Row
    form: int
    article: bool = False
    comma: bool = False


def occurrences(document: Document, table: Table, first: int, last: int) -> Iterator[tuple[int, int, int, str]]:
    """Yield (first, last, form, suffix) for every form that stands within tokens `first` to `last`, longest last.

    `suffix` is "'s" where the form stands in the possessive, "," where it takes the comma after it ("for example,").
    Phrases of the leave list hide what is inside them.
    """
    hidden = first
    for i in range(first, last):
        hits, left = _from(document, table, i, last)
        hidden = max(hidden, left)
        for hit in hits:
            if hit[1] > hidden:
                yield hit


def _from(document: Document, table: Table, i: int, last: int) -> tuple[list[tuple[int, int, int, str]], int]:
    """Return the forms that begin at token `i`, and where the longest phrase to leave that begins there ends."""
    keys, gaps, nodes = document.keys, document.gaps, table.nodes
    hits: list[tuple[int, int, int, str]] = []
    phrase, j, left = keys[i], i, 0
    node: int | None = nodes[phrase]
    while True:
        if not node:
            if phrase[-2:] == "'s":
                node = nodes[phrase[:-2]] if j == i else nodes.get(phrase[:-2])
                if node is not None and node >= OWN:
                    hits.append((i, j + 1, node // OWN - 1, "'s"))
            return hits, left
        if node & LEFT:
            left = j + 1
        if node >= OWN:
            hits.append((i, j + 1, node // OWN - 1, ""))
        if not node & MORE:
            return hits, left
        gap = gaps[j]
        if gap == ", ":
            comma = nodes.get(phrase + ",")
            if comma is not None and comma >= OWN:
                hits.append((i, j + 1, comma // OWN - 1, ","))
        j += 1
        if gap == "\0" or j >= last or j - i >= _LONGEST:
            return hits, left
        phrase = phrase + gap + keys[j]
        node = nodes.get(phrase)


def candidates(document: Document, table: Table, first: int, last: int, dialect: Dialect = Dialect.ANY) -> list[Candidate]:
    """Return every candidate for tokens `first` to `last` (a sentence), in order of position.

    `dialect`: rows of another one are passed over; if it is `Dialect.ANY`, or borrows, all but the heaviest of the rows to
    one original.
    """
    found: list[Candidate] = []
    keys, gaps, rows_of = document.keys, document.gaps, table.rows
    spoken = None if dialect is Dialect.ANY or dialect.borrows else (Dialect.ANY, dialect)
    for start, end, form, suffix in occurrences(document, table, first, last):
        if keys[start][:1].isdigit() and _in_figures(document, start, end):
            continue
        article = keys[start - 1] if start > first and gaps[start - 1] == " " else ""
        plain = not suffix and article not in _ARTICLES
        for row in rows_of(form):
            if row.again if spoken is None else row.dialect not in spoken:
                continue
            if row.particular and not _fits(document, row, start, end, suffix, (first, last)):
                continue
            if plain:
                found.append(Candidate(start, end, row.words, row.original, row, form, False, False))
            else:
                candidate = _candidate(start, end, row, form, suffix)
                found.append(_with_article(candidate, article) if article in _ARTICLES else candidate)
    return found


_ARTICLES = ("a", "an")


def _fits(document: Document, row: Row, start: int, end: int, suffix: str, sentence: tuple[int, int]) -> bool:
    """Tell whether a row that fires in some places only may fire here."""
    if row.name_only and not _written_as_name(document, start, end, row.small):
        return False
    if row.near or row.unless_near:
        around = document.keys[max(sentence[0], start - _NEAR) : min(sentence[1], end + _NEAR)]
        if (row.near and row.near.isdisjoint(around)) or not row.unless_near.isdisjoint(around):
            return False
    # "such as" and its like want a word after them.
    return not row.ends_open or document.gaps[end - 1] in (" ", "-") or suffix == ","


def _in_figures(document: Document, start: int, end: int) -> bool:
    """Tell whether a hyphen ties a number to another one, as in a result of "5-2"."""
    keys, gaps = document.keys, document.gaps
    before = start > 0 and gaps[start - 1] == "-" and keys[start - 1].isdigit()
    return before or (end < len(keys) and gaps[end - 1] == "-" and keys[end].isdigit())


def _candidate(start: int, end: int, row: Row, form: int, suffix: str) -> Candidate:
    if suffix != "'s":
        return Candidate(start, end, row.words, row.original, row, form, comma=suffix == ",")
    return Candidate(start, end, (*row.words[:-1], row.words[-1] + suffix), row.original + suffix, row, form)


def _with_article(candidate: Candidate, article: str) -> Candidate:
    """Return the candidate, with the article before it if that must change."""
    fitting = article_for(candidate.after)
    if article == fitting:
        return candidate
    words, after = (fitting, *candidate.words), f"{fitting} {candidate.after}"
    return candidate._replace(first=candidate.first - 1, words=words, after=after, article=True)


def _written_as_name(document: Document, start: int, end: int, small: frozenset[str]) -> bool:
    """Tell whether the words that count are capitalised; `small` ones need not be."""
    for i in range(start, end):
        initial = document.text[document.starts[i]]
        if not (
            initial.isupper()
            or initial.isdigit()
            or (i > start and (document.keys[i] in _SMALL or document.keys[i] in small))
        ):
            return False
    return True


_SMALL = frozenset(["a", "an", "the", "of", "in", "on", "at", "by", "for", "to", "and", "or", "with", "from"])
