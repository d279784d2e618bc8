"""From counted pairs of phrases to rows for a wordlist: what is chance is dropped, inflected forms are put together.

A row's weight says how often the form is printed for its original, and how often the form means it: the first decides
between *habit*, *usual* and *possible*, the second can only lower it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from unspin.lexicon import morph
from unspin.model import Dialect, Entry, Pos, Weight
from unspin.training.context import telling_words
from unspin.training.extract import Counts, Phrases, Place
from unspin.training.significance import chance, discoveries

# Share of the proposed pairs that may be chance.
FALSE_RATE = 0.02
# Once is no habit: of pairs seen once a tenth were parts of longer ones, or slips (bench/learning.py).
LEAST = 2
# Words of the grammar: a pair of nothing else was more often a change of syntax than a row of a table.
_GRAMMAR = frozenset(
    "a an the of to in on at by for with from as that this these those it its is are was were be been has have had do "
    "does did will would can could may and or but not no so".split()
)
_ENOUGH = 3
_LONGEST_EXAMPLE = 220


@dataclass(frozen=True, slots=True)
class Proposal:
    """A row, how often it was seen, in how many places its spun form stood, and how probable chance alone is."""

    entry: Entry
    seen: int
    of: int
    chance: float

    @property
    def share(self) -> float:
        """How often the spun form stood for this original."""
        return self.seen / max(1, self.of)


def significant(counts: Counts, *, least: int = LEAST) -> dict[Phrases, float]:
    """Return the pairs seen `least` times or more that chance does not explain, with its probability."""
    tested = [pair for pair, found in counts.places.items() if len(found) >= least and not _rephrased(pair, len(found))]
    values = [
        chance(counts.count(pair), counts.spun[pair[0]], counts.original[pair[1]], max(1, counts.words)) for pair in tested
    ]
    return {pair: p for pair, p, counts_ in zip(tested, values, discoveries(values, FALSE_RATE), strict=True) if counts_}


def _rephrased(pair: Phrases, seen: int) -> bool:
    """Tell whether a pair seen that seldom is a change of syntax, or words that were dropped, rather than a row of a table.

    A number for a number is never one: spinners write numbers as words, but leave amounts.
    """
    if all(phrase[0][0].isdigit() for phrase in pair):
        return True
    grammar = all(word in _GRAMMAR for phrase in pair for word in phrase)
    return seen < _ENOUGH and (grammar or abs(len(pair[0]) - len(pair[1])) > 2)


def proposals(counts: Counts, pairs: Mapping[Phrases, float], dialect: Dialect) -> list[Proposal]:
    """Return the rows that significant pairs speak for, the most often seen first."""
    made = []
    images: Counter[tuple[str, Pos]] = Counter()
    bases = list(_bases(counts, pairs))
    for (original, _, pos), members in bases:
        images[original, pos] += sum(map(counts.count, members))
    readings: dict[str, list[Place]] = defaultdict(list)
    for (_, spun, _), members in bases:
        readings[spun.lower()] += [place for pair in members for place in counts.places[pair]]
    for (original, spun, pos), members in bases:
        found = [place for pair in members for place in counts.places[pair]]
        near = telling_words(
            found, [place for place in readings[spun.lower()] if place.original not in {p[1] for p in members}]
        )
        seen = sum(map(counts.count, members))
        of = seen if pos is Pos.NAME else max(seen, sum(counts.spun[form] for form in {pair[0] for pair in members}))
        weight = _weight(seen, seen / images[original, pos], seen / of)
        example = _example((p for p in found if not near or _stands_near(p, near)), original.lower())
        keep = f"This is about the {spun}." if near and example else None
        near = near if example else ()
        source = f"seen {seen} of {of}"
        entry = Entry(original, spun, pos, "learned", dialect, weight, near, example=example, keep=keep, source=source)
        made.append(Proposal(entry, seen, of, min(pairs[pair] for pair in members)))
    return sorted(made, key=lambda p: (-p.seen, p.entry.original, p.entry.spun))


def _weight(seen: int, of_images: float, of_form: float) -> Weight:
    if of_form < 0.05:
        return Weight.RARE
    if of_form < 0.25 or of_images < 0.1:
        return Weight.POSSIBLE
    return Weight.HABIT if seen > 2 and of_images > 0.5 and of_form > 0.5 else Weight.USUAL


def _bases(counts: Counts, pairs: Mapping[Phrases, float]) -> Iterator[tuple[tuple[str, str, Pos], list[Phrases]]]:
    """Yield (original, spun form, part of speech) in base form with the pairs that are forms of it.

    Each pair goes to the base that explains most forms, then most places; what has no base in common is a phrase.
    """
    explained: dict[tuple[str, str, Pos], list[Phrases]] = defaultdict(list)
    plain = list[Phrases]()
    for pair in pairs:
        name = _name(counts.places[pair])
        if name is not None:
            yield (*name, Pos.NAME), [pair]
            continue
        analyses = set(_analyses(" ".join(pair[1]), " ".join(pair[0])))
        for base in analyses:
            explained[base].append(pair)
        if not analyses and not _are_names(counts.places[pair]):
            plain.append(pair)
    taken: set[Phrases] = set()
    ranked = sorted(
        explained.items(),
        key=lambda e: (
            -len(e[1]),
            -sum(map(counts.count, e[1])),
            _order(e[0], (p for m in e[1] for p in counts.places[m])),
            e[0],
        ),
    )
    for base, members in ranked:
        free = [pair for pair in members if pair not in taken]
        if free:
            taken.update(free)
            yield base, free
    for pair in plain:
        yield (" ".join(pair[1]), " ".join(pair[0]), Pos.PHRASE), [pair]


_PARTICLES = frozenset(
    "about across ahead along apart around aside away back by down forward in off on out over through up".split()
)


_BEFORE_VERBS = frozenset(
    "to will would can could may might must should shall not i you we they who don't didn't please".split()
)


def _order(base: tuple[str, str, Pos], found: Iterable[Place]) -> int:
    """Return which part of speech goes first where the forms seen leave the choice: "burn through" is a verb."""
    phrasal = any(phrase.rpartition(" ")[2] in _PARTICLES for phrase in base[:2] if " " in phrase)
    verbs = Counter(place.before in _BEFORE_VERBS for place in found)
    first = (Pos.VERB,) if phrasal or verbs[True] > verbs[False] else ()
    return (*first, *morph.LIKELIEST).index(base[2])


def _name(found: Sequence[Place]) -> tuple[str, str] | None:
    """Return how a name is written if all places have it with capitals, more than one word of them."""
    written = Counter(place.written for place in found)
    spun, original = written.most_common(1)[0][0]
    capitals = (
        all(word[:1].isupper() for side in (spun, original) for word in side.split()) and spun.lower() != original.lower()
    )
    return (original, spun) if capitals and min(len(original.split()), len(spun.split())) > 1 else None


def _are_names(found: Sequence[Place]) -> bool:
    """Tell whether one name stands for another in all places, as where sentences alike were taken for one another."""
    if not all(side[:1].isupper() and " " not in side for place in found for side in place.written):
        return False
    return any(place.before for place in found) or not all(map(morph.is_word, (found[0].spun[0], found[0].original[0])))


def _analyses(original: str, spun: str) -> Iterator[tuple[str, str, Pos]]:
    """Yield the base pairs of which two phrases are agreeing forms.

    >>> sorted(_analyses("wars", "battles"))[0]
    ('war', 'battle', <Pos.NOUN: 'noun'>)
    """
    for pos in (Pos.NOUN, Pos.VERB, Pos.ADJECTIVE):
        for base in morph.base_forms(original, pos):
            for other in morph.base_forms(spun, pos):
                if (original, spun) in morph.all_forms(base, other, pos):
                    yield base, other, pos
    if Pos.ADVERB in morph.parts_of_speech(original) & morph.parts_of_speech(spun):
        yield original, spun, Pos.ADVERB


def _example(found: Iterable[Place], original: str) -> tuple[str, str] | None:
    """Return the shortest pair of sentences with the base form that is no fragment, None if all are long."""
    fitting = [p.sentences for p in found if " ".join(p.original) == original and all(map(_plain, p.sentences))]
    return min(fitting, key=lambda s: (len(s[0]) < 30, len(s[0]), s), default=None)


def _stands_near(place: Place, near: Sequence[str]) -> bool:
    return any(word in place.sentences[0].lower() for word in near)


def _plain(sentence: str) -> bool:
    return len(sentence) <= _LONGEST_EXAMPLE and sentence.isprintable() and "\\" not in sentence
