"""Wordlist rows learned from pairs of texts: spun, and what it was made from.

Sentences are aligned (`sentences`), changes cut into pairs of phrases (`extract`), what chance explains dropped
(`significance`) and the rest put together to rows (`propose`).  Rows that lists have already are evidence, not news.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from unspin.engine.examples import failures
from unspin.engine.pipeline import Engine
from unspin.language.trigram import Trigram
from unspin.lexicon import wordlist
from unspin.lexicon.compile import compile_entries, matching_form
from unspin.lexicon.table import Table
from unspin.lexicon.wordlist import Wordlist
from unspin.model import Dialect, Document, Entry, Pos
from unspin.text import document as documents
from unspin.training import extract, propose
from unspin.training.cases import Case
from unspin.training.extract import Counts, Phrase
from unspin.training.propose import Proposal
from unspin.training.sentences import Pair, aligned

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Learned:
    """What pairs of texts teach.

    `proposed`: new rows, the most often seen first.  `known`: rows that the lists have, with what was seen of them.
    `counts`: all that was counted.  `by_chance`: pairs that were dropped as chance.
    """

    proposed: tuple[Proposal, ...]
    known: tuple[Proposal, ...]
    counts: Counts
    by_chance: int


def learn(
    cases: Iterable[Case],
    table: Table | None = None,
    *,
    dialect: Dialect = Dialect.ANY,
    least: int = propose.LEAST,
    progress: Progress | None = None,
) -> Learned:
    """Learn rows from pairs of texts.

    `table`: the lists in force, which know what need not be learned and help to cut changes.  `least`: how often a pair
    must be seen.
    """
    counts = count(list(cases), table, progress)
    pairs = propose.significant(counts, least=least)
    rows = propose.proposals(counts, pairs, dialect)
    seen = [_is_known(table, row) for row in rows]
    return Learned(
        proposed=tuple(row for row, known in zip(rows, seen, strict=True) if not known),
        known=tuple(row for row, known in zip(rows, seen, strict=True) if known),
        counts=counts,
        by_chance=len(counts.places) - len(pairs),
    )


def count(cases: list[Case], table: Table | None = None, progress: Progress | None = None) -> Counts:
    """Return everything that is counted in pairs of texts."""
    read: list[tuple[Document, Document, list[Pair]]] = []
    for number, case in enumerate(cases, 1):
        spun, original = documents.read(case.spun), documents.read(case.gold)
        read.append((spun, original, aligned(spun, original)))
        if progress is not None:
            progress(number, len(cases))
    found = (place for spun, original, pairs in read for place in extract.places(spun, original, pairs))
    counts = extract.gather(found, known=_knower(table))
    spun_wanted, original_wanted = ({pair[side] for pair in counts.places} for side in (0, 1))
    counts.spun = extract.occurrences(((spun, [(p.start, p.end) for p in pairs]) for spun, _, pairs in read), spun_wanted)
    counts.original = extract.occurrences(
        ((original, [(p.to_start, p.to_end) for p in pairs]) for _, original, pairs in read), original_wanted
    )
    counts.words = sum(p.end - p.start for _, _, pairs in read for p in pairs)
    counts.sentences = sum(len(pairs) for _, _, pairs in read)
    return counts


def _knower(table: Table | None) -> extract.Known:
    """Return what tells whether lists know a pair of phrases."""
    if table is None:
        return lambda spun, original: False
    found: dict[Phrase, frozenset[str]] = {}

    def known(spun: Phrase, original: Phrase) -> bool:
        originals = found.get(spun)
        if originals is None:
            form = table.forms.get(matching_form(" ".join(spun)))
            rows = () if form is None else table.rows(form)
            originals = found[spun] = frozenset(matching_form(row.original) for row in rows)
        return matching_form(" ".join(original)) in originals

    return known


def _is_known(table: Table | None, row: Proposal) -> bool:
    words = row.entry.spun.lower().split(), row.entry.original.lower().split()
    return _knower(table)(tuple(words[0]), tuple(words[1]))


def as_wordlist(rows: Iterable[Entry], path: Path, subject: str, dialect: Dialect) -> Wordlist:
    """Return a wordlist of learned rows that passes every check; examples that do not hold are left out of their rows.

    `path`: where the list will stand.  Raises `unspin.lexicon.wordlist.WordlistError` if a row could not stand in a list.
    """
    best: dict[tuple[str, str, Pos], Entry] = {}
    for row in rows:
        best.setdefault((row.original, row.spun, row.pos), row)
    model = Trigram()
    table = compile_entries(list(best.values()), model)
    engine = Engine(table, Trigram(table.frequencies, table.arrays["pair"]))
    unproven = {id(entry) for entry, _ in failures(engine, best.values())}
    kept = tuple(replace(e, near=(), example=None, keep=None) if id(e) in unproven else e for e in best.values())
    return wordlist.parse(path, wordlist.write(Wordlist(path, subject, dialect, kept)))
