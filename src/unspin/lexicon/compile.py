"""Wordlists to table: inflect, invert, weigh.

Compiling takes seconds (inflection, word frequencies); `unspin.lexicon.store` keeps the result.
"""

from __future__ import annotations

import json
import math
import re
from array import array
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from unspin.language import LanguageModel, log_probability_of, spoken
from unspin.language.collocations import signatures
from unspin.language.frequency import log_frequency
from unspin.lexicon import collocation, morph, store, wordlist
from unspin.lexicon.stack import Layer, stacked
from unspin.lexicon.table import LEFT, MORE, OWN, SPUN_RATE, UNMISTAKABLE, Strings, Table, unmistakable
from unspin.lexicon.wordlist import Wordlist
from unspin.model import Dialect, Entry, Pos, Weight

_STRONGEST_TELL = 3.0
_MOST_ORIGINALS = 7  # of one form in a dialect; those beyond are rare images that no context would bring to the front

# How often a spinner takes an image, relative to another image of the same original: what the words of a wordlist
# mean.  The images of an original share its probability, some of which stays for images that no list has; but hardly so,
# for an original with many images has many because spinners love it: hence the small power (F0.5 .832; .824 with the root).
RELATIVE = {Weight.HABIT: 6.0, Weight.USUAL: 1.0, Weight.POSSIBLE: 0.3, Weight.RARE: 0.08, Weight.TERM: 0.3}
_SHARE = 0.36
_UNLISTED = 1.0
_CROWDING = 0.15
_UNPAIRED = -1.2
_EVERYDAY, _BY_CHANCE = -10.6, -0.87  # ln frequency of a word, and nats for each by which another is commoner
_JOINT = re.compile(r", |,$| |-")


def compile_folder(folder: Path) -> Table:
    """Compile the lists in a folder."""
    return compile_layers([store.layer("", folder)])


def compile_layers(layers: Sequence[Layer]) -> Table:
    """Compile layers of lists, later ones over earlier ones.  Raises `WordlistError` with all that is wrong with any."""
    from unspin.language.trigram import Trigram

    lists = iter(wordlist.read_all(path for layer in layers for path in layer.files if path.name != store.COLLOCATIONS))
    read = [[next(lists) for path in layer.files if path.name != store.COLLOCATIONS] for layer in layers]
    told = [path for layer in layers for path in layer.files if path.name == store.COLLOCATIONS]
    return compile_entries(
        stacked([entry for one in layer for entry in one.entries] for layer in read),
        Trigram(),
        leave=[phrase for layer in read for phrase in _left(layer)],
        silent=[phrase for layer in read[1:] for phrase in _left(layer)],
        collocations=[pair for path in told for pair in collocation.pairs(collocation.read(path))],
        digest=store.digest(*layers),
    )


def _left(layer: Iterable[Wordlist]) -> list[str]:
    return [matching_form(phrase) for one in layer for phrase, _ in one.leave]


def compile_entries(
    entries: Iterable[Entry],
    model: LanguageModel,
    *,
    leave: Iterable[str] = (),
    silent: Iterable[str] = (),
    collocations: Iterable[tuple[str, str]] = (),
    digest: str = "",
) -> Table:
    """Invert entries into a table, in a fixed order whatever order they come in.

    `leave`: phrases to pass over.  `silent`: those of them that win over rows for the phrase itself.
    `collocations`: pairs of words that belong together, besides those within originals.
    """
    ordered = _apart(sorted(_switched_on(entries), key=lambda e: (e.original, e.spun, e.pos, e.dialect, e.weight, e.source)))
    inverted = _invert(ordered)
    for phrase in silent:
        inverted.pop(phrase, None)
    forms = sorted(inverted)
    originals: dict[str, int] = {}
    channel = _channel(ordered)
    first, tells, original_of, entry_of, value_of = array("I", [0]), array("f"), array("I"), array("I"), array("f")
    for form in forms:
        rows = sorted(inverted[form].items(), key=lambda i: (ordered[i[1]].weight is Weight.TERM, -channel[i[1]], i[0]))
        rows = _foremost(rows, ordered)
        for original, number in rows:
            original_of.append(originals.setdefault(original[0], len(originals)))
            entry_of.append(number)
            value_of.append(channel[number] + _strain(form, original[0], ordered[number]))
        first.append(len(entry_of))
        if any(unmistakable(ordered[n]) for _, n in rows):
            tells.append(UNMISTAKABLE)
            continue
        shares = {o[0]: math.exp(channel[n]) for o, n in reversed(rows) if _is_tell(ordered[n])}
        tells.append(_tell(form, list(shares.items()), model))
    heads = _blocks(forms, sorted(set(leave)))
    frequencies = _unknown_words([*forms, *originals], model)
    strings = {
        "heads": Strings.of(heads),
        "blocks": Strings.of(heads.values()),
        "originals": Strings.of(originals),
        "entries": Strings.of(
            json.dumps([getattr(e, name) for name in Entry.__slots__], ensure_ascii=False) for e in ordered
        ),
        "words": Strings.of(frequencies),
    }
    arrays: dict[str, Sequence[Any]] = {
        "first": first,
        "tell": tells,
        "original": original_of,
        "entry": entry_of,
        "channel": value_of,
        "word": array("f", frequencies.values()),
        "pair": signatures([*collocations, *(pair for original in originals for pair in collocation.neighbours(original))]),
    }
    return Table(digest, strings, arrays)


def _blocks(forms: Sequence[str], leave: Sequence[str]) -> dict[str, str]:
    """Return first word -> its phrases with their nodes (`unspin.lexicon.table.Nodes`), sorted by first word."""
    nodes = dict.fromkeys(_prefixes([*forms, *leave]), MORE)
    for phrase in leave:
        nodes[phrase] = nodes.get(phrase, 0) | LEFT
    for number, form in enumerate(forms):
        nodes[form] = nodes.get(form, 0) + OWN * (number + 1)
    lines: dict[str, list[str]] = {}
    for phrase in sorted(nodes):
        lines.setdefault(_JOINT.split(phrase, maxsplit=1)[0], []).append(f"{phrase}\t{nodes[phrase]}")
    return {head: "\n".join(lines[head]) for head in sorted(lines)}


def matching_form(phrase: str) -> str:
    """Return a phrase as the matcher joins it: lower case, one blank between words, hyphens and commas as they are.

    >>> matching_form("Brand-new Video, Game")
    'brand-new video, game'
    """
    return phrase.lower().replace("’", "'")


def _switched_on(entries: Iterable[Entry]) -> list[Entry]:
    """Return the entries but those whose pair has the weight *never* in some entry, in whatever form."""
    held = list(entries)
    never = {
        (original.lower(), spun.lower())
        for entry in held
        if entry.weight is Weight.NEVER
        for pos in Pos
        for original, spun in morph.paired_forms(entry.original, entry.spun, pos)
    }
    return [e for e in held if e.weight is not Weight.NEVER and (e.original.lower(), e.spun.lower()) not in never]


def _apart(entries: Sequence[Entry]) -> list[Entry]:
    """Return the entries; one of any dialect speaks for those dialects alone in which its pair has no heavier one.

    >>> own = Entry("method", "technique", Pos.NOUN, "t", Dialect.SPINBOT, Weight.HABIT)
    >>> [e.dialect.value for e in _apart([Entry("method", "technique", Pos.NOUN, "t", weight=Weight.RARE), own])]
    ['blog', 'paraphraser', 'spinbot']
    """
    owned: dict[tuple[str, str, Pos], list[Entry]] = {}
    for entry in entries:
        if entry.dialect is not Dialect.ANY:
            owned.setdefault((entry.original, entry.spun, entry.pos), []).append(entry)

    def narrowed(entry: Entry) -> list[Entry]:
        own = owned.get((entry.original, entry.spun, entry.pos), ()) if entry.dialect is Dialect.ANY else ()
        taken = {other.dialect for other in own if _rank(other) >= _rank(entry)}
        return [replace(entry, dialect=d) for d in Dialect.ANY.members if d not in taken] if taken else [entry]

    return [one for entry in entries for one in narrowed(entry)]


def _invert(entries: list[Entry]) -> dict[str, dict[tuple[str, bool, Dialect], int]]:
    """Return spun form -> (original form, is a name, dialect) -> entry number; the heavier of two for one pair stays.

    A pair has a row of any dialect, or one for each.
    """
    inverted: dict[str, dict[tuple[str, bool, Dialect], int]] = {}
    for number, entry in enumerate(entries):
        for original, spun in morph.paired_forms(entry.original, entry.spun, entry.pos):
            rows = inverted.setdefault(matching_form(spun), {})
            name = entry.pos is Pos.NAME
            rivals = [d for d in (Dialect.ANY, *entry.dialect.members) if (original, name, d) in rows]
            if all(_rank(entry) > _rank(entries[rows[original, name, d]]) for d in rivals):
                for rival in rivals:
                    del rows[original, name, rival]
                rows[original, name, entry.dialect] = number
    return inverted


def _strain(form: str, original: str, entry: Entry) -> float:
    """Return what a form is worth less than its entry, in nats.

    A noun that people hardly write in the plural has the plurals of its images too ("recommendations" <- "advice"), but most
    such plurals come from elsewhere ("securities" <- "safety" never; worth .004 of F0.5).  Of terms the reverse holds, too
    ("imbalances" <- "lopsidedness"), and an everyday word makes known pairs by chance.
    """
    of_base, is_base, term = original == entry.original, form == matching_form(entry.spun), entry.weight is Weight.TERM
    unpaired = entry.pos is Pos.NOUN and ((of_base and not is_base) or (term and is_base and not of_base))
    common = max(0.0, log_frequency(original) - _EVERYDAY) if term and " " not in original else 0.0
    return _UNPAIRED * unpaired + _BY_CHANCE * common


def _foremost(
    rows: Sequence[tuple[tuple[str, bool, Dialect], int]], entries: Sequence[Entry]
) -> list[tuple[tuple[str, bool, Dialect], int]]:
    """Return the rows that are among the first of their dialect, and all terms; they come heaviest first."""
    met: Counter[Dialect] = Counter()
    kept = []
    for row in rows:
        counted = row[0][2].members if entries[row[1]].weight is not Weight.TERM else ()
        if not counted or any(met[dialect] < _MOST_ORIGINALS for dialect in counted):
            kept.append(row)
        met.update(counted)
    return kept


def _rank(entry: Entry) -> tuple[float, bool]:
    """Return how heavy an entry is beside others of its pair; believed anywhere is more than believed in terms alone."""
    return 0.0 if entry.weight is Weight.TERM else RELATIVE[entry.weight], entry.dialect is Dialect.ANY


def _channel(entries: Sequence[Entry]) -> list[float]:
    """Return ln P(spun form | original) of each entry: its share among the images of its original, terms not counted."""
    totals: Counter[tuple[str, Pos, Dialect]] = Counter()
    for entry in entries:
        for dialect in entry.dialect.members if entry.weight is not Weight.TERM else ():
            totals[entry.original, entry.pos, dialect] += RELATIVE[entry.weight]  # type: ignore[assignment]

    def total(entry: Entry) -> float:
        return min(totals[entry.original, entry.pos, dialect] for dialect in entry.dialect.members)

    return [math.log(_SHARE * RELATIVE[e.weight] / (_UNLISTED + total(e)) ** _CROWDING) for e in entries]


def _is_tell(entry: Entry) -> bool:
    """Names are no tells, since their parts are ordinary words; nor are rows bound to a context or a term."""
    return entry.pos is not Pos.NAME and not entry.near and entry.weight is not Weight.TERM


def _tell(form: str, originals: Sequence[tuple[str, float]], model: LanguageModel) -> float:
    """Return ln of how much likelier the form is in spun text than in text nobody spun, without its context.

    P(form | spun) = (1 - r) P(form) + r * sum over originals of P(original) P(form | original); the language model gives
    the P's, `originals` the last.
    """
    if not originals:
        return 0.0
    innocent = log_probability_of(model, _words(form))
    ratio = sum(p * math.exp(min(50.0, log_probability_of(model, _words(o)) - innocent)) for o, p in originals)
    return min(_STRONGEST_TELL, math.log(1 - SPUN_RATE + SPUN_RATE * ratio))


def _words(phrase: str) -> tuple[str, ...]:
    return tuple(map(spoken, phrase.lower().replace("-", " ").replace(",", "").split()))


def _prefixes(phrases: Iterable[str]) -> set[str]:
    return {phrase[: match.start()] for phrase in phrases for match in _JOINT.finditer(phrase)}


def _unknown_words(phrases: Iterable[str], model: LanguageModel) -> dict[str, float]:
    from unspin.language.trigram import Trigram

    words = sorted({word for phrase in phrases for word in _words(phrase)})
    return {w: log_frequency(w) for w in words if isinstance(model, Trigram) and not model.knows(w)}
