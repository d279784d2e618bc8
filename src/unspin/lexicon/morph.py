"""Inflection: the agreeing forms of an original and of its spun form.

Wordlists hold base forms; this generates the rest when the table is compiled, with lemminflect (a dictionary with rules
for unknown words), so that "wars" is found behind "battles" and "fought" behind "battled".  It is never loaded while
text is restored.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from unspin.model import Pos

# Words after which the head of a noun phrase has passed: "ministers of defence", "mothers in law".
_AFTER_HEAD = frozenset("of in for to on at and by with from per under over between".split())
_VERB_TAGS = ("VB", "VBZ", "VBD", "VBN", "VBG")
_INVARIABLE_VERBS = frozenset("will would can could may might must shall should ought".split())


def paired_forms(original: str, spun: str, pos: Pos) -> Iterator[tuple[str, str]]:
    """Yield (original form, spun form) for every inflection, the base pair first, without repeats.

    >>> list(paired_forms("war", "battle", Pos.NOUN))
    [('war', 'battle'), ('wars', 'battles')]
    >>> list(paired_forms("leave", "go away", Pos.VERB))[2:]
    [('left', 'went away'), ('left', 'gone away'), ('leaving', 'going away')]
    >>> list(paired_forms("young", "youthful", Pos.ADJECTIVE))
    [('young', 'youthful'), ('younger', 'more youthful'), ('youngest', 'most youthful')]
    >>> list(paired_forms("huge", "big", Pos.ADJECTIVE))
    [('huge', 'big')]
    """
    seen: set[tuple[str, str]] = set()
    for pair in _all_pairs(original, spun, pos):
        if pair not in seen and pair[0].lower() != pair[1].lower():
            seen.add(pair)
            yield pair


def _all_pairs(original: str, spun: str, pos: Pos) -> Iterator[tuple[str, str]]:
    yield original, spun
    if pos is Pos.NOUN:
        plural = _plurals(original)[0] if _has_plural(original) else original
        for form in _plurals(spun):
            yield plural, form
    elif pos is Pos.VERB:
        for tag in _VERB_TAGS[1:]:
            originals, forms = _verb(original, tag), _verb(spun, tag)
            for i, form in enumerate(forms):  # "was able to", "were able to": both sides have two, in the same order
                yield originals[i if len(originals) == len(forms) else 0], form
    elif pos is Pos.ADJECTIVE:
        for tag, adverb in (("JJR", "more"), ("JJS", "most")):
            degree = _graded(original, tag, adverb)
            if " " in degree or _is_written(degree):
                yield degree, _graded(spun, tag, adverb)


def _plurals(phrase: str) -> tuple[str, ...]:
    words = phrase.split()
    head = next((i - 1 for i, w in enumerate(words) if w in _AFTER_HEAD and i), len(words) - 1)
    return tuple(" ".join([*words[:head], form, *words[head + 1 :]]) for form in _noun(words[head]))


def _is_written(word: str) -> bool:
    """Tell whether people write a word: "huger" and "merer" are made by rule alone."""
    from unspin.language.frequency import zipf

    return zipf(word) > 2.2


def verb_forms(verb: str) -> tuple[str, ...]:
    """Return the forms of a verb, each once, the base form first.

    >>> verb_forms("take")
    ('take', 'takes', 'took', 'taken', 'taking')
    """
    return tuple(dict.fromkeys((verb, *(form for tag in _VERB_TAGS[1:] for form in _verb(verb, tag)))))


def plural(noun: str) -> tuple[str, ...]:
    """Return the plurals of a noun that people write; none of what has none.

    >>> plural("network"), plural("advice"), plural("learning")
    (('networks',), (), ())
    """
    return tuple(form for form in _noun(noun) if form != noun) if _has_plural(noun) else ()


def _has_plural(phrase: str) -> bool:
    """Tell whether the head has a plural that people write: "recommendations" comes from "advice", not from "advices"."""
    from unspin.language.frequency import zipf

    if len(phrase.split()) > 1:
        return True
    singular, plural = zipf(phrase), zipf(_noun(phrase)[0])
    return plural > 1.5 and plural > singular - 2.0


@cache
def _noun(word: str) -> tuple[str, ...]:
    if word == "person":
        return ("people", "persons")
    forms = _inflect(word, "NNS") or (word,)
    return tuple(f for f in forms if f != word) or forms


@cache
def _verb(phrase: str, tag: str) -> tuple[str, ...]:
    first, _, rest = phrase.partition(" ")
    if first in _INVARIABLE_VERBS:
        return (phrase,)
    forms = {"be": {"VBZ": ("is",), "VBD": ("was", "were"), "VBN": ("been",), "VBG": ("being",)}}.get(first, {}).get(tag)
    forms = forms or _inflect(first, tag) or (first,)
    return tuple(f"{form} {rest}".rstrip() for form in forms)


@cache
def _graded(phrase: str, tag: str, adverb: str) -> str:
    if " " not in phrase and "-" not in phrase:
        forms = _inflect(phrase, tag, known_only=True)
        if forms and len(phrase) <= 8:
            return forms[0]
    return f"{adverb} {phrase}"


def _inflect(word: str, tag: str, *, known_only: bool = False) -> tuple[str, ...]:
    from lemminflect import getInflection

    forms: tuple[str, ...] = getInflection(word, tag=tag, inflect_oov=False)
    if not forms and not known_only:
        forms = getInflection(word, tag=tag, inflect_oov=True)
    return tuple(f for f in forms if f.isascii())


# Words that make a phrase one that must not be inflected, where they begin or end it.
_FUNCTION = frozenset(
    "a about all although an and any are as at be because been both but by could did do does each few for from had "
    "has have how however i if in into is it its may many might more most much no nor not of off on one or other over "
    "should since so some such than that the their then there these they this those though through thus to too two "
    "under unless until up very was were what when where whereas whether which while who whose why will with within "
    "without would you".split()
)
_SECTION = {"NOUN": Pos.NOUN, "VERB": Pos.VERB, "ADJ": Pos.ADJECTIVE, "ADV": Pos.ADVERB}
# The order in which a section is chosen where several would do.
LIKELIEST = (Pos.NOUN, Pos.ADJECTIVE, Pos.VERB, Pos.ADVERB)


def likely_pos(original: str, spun: str) -> Pos:
    """Return the section in which a pair would be filed by one who sees nothing but the pair.

    >>> [str(likely_pos(*pair)) for pair in (("war", "battle"), ("happen", "take place"), ("quickly", "shortly"))]
    ['noun', 'verb', 'adverb']
    >>> [str(likely_pos(*pair)) for pair in (("New Front", "New Entrance"), ("because", "due to"), ("wars", "battles"))]
    ['name', 'phrase', 'phrase']
    """
    if original[:1].isupper() and spun[:1].isupper():
        return Pos.NAME
    common = parts_of_speech(original) & parts_of_speech(spun)
    return next((pos for pos in LIKELIEST if pos in common), Pos.PHRASE)


@cache
def parts_of_speech(phrase: str) -> frozenset[Pos]:
    """Return the sections whose base forms a phrase may be, by its head: a noun's is its last word, a verb's its first."""
    words = phrase.lower().split()
    if not words or any(word[-1] in ",." for word in words) or any(c.isdigit() for c in phrase):
        return frozenset()
    head = next((i - 1 for i, word in enumerate(words) if word in _AFTER_HEAD and i), len(words) - 1)
    found = set()
    if words[0] not in _FUNCTION and words[-1] not in _FUNCTION:
        found |= {Pos.NOUN} & _base_of(words[head])
    if words[0] not in _FUNCTION:
        found |= {Pos.VERB} & _base_of(words[0])
    if len(words) == 1 and words[0] not in _FUNCTION:
        found |= {Pos.ADJECTIVE, Pos.ADVERB} & _base_of(words[0])
    return frozenset(found)


@cache
def _base_of(word: str) -> frozenset[Pos]:
    from lemminflect import getAllLemmas

    return frozenset(_SECTION[tag] for tag, lemmas in getAllLemmas(word).items() if tag in _SECTION and lemmas[0] == word)


@cache
def base_forms(phrase: str, pos: Pos) -> tuple[str, ...]:
    """Return the base forms, in lower case, of which a phrase may be an inflected form.

    >>> base_forms("battles", Pos.NOUN), base_forms("went away", Pos.VERB), base_forms("of the", Pos.NOUN)
    (('battle',), ('go away',), ())
    """
    from lemminflect import getAllLemmas

    words = phrase.lower().split()
    tag = next(tag for tag, section in _SECTION.items() if section is pos)
    if not words or words[0] in _FUNCTION or (pos is not Pos.VERB and words[-1] in _FUNCTION):
        return ()
    head = 0
    if pos is Pos.NOUN:
        head = next((i - 1 for i, word in enumerate(words) if word in _AFTER_HEAD and i), len(words) - 1)
    elif pos is Pos.ADJECTIVE and words[0] in ("more", "most") and len(words) == 2:
        return (words[1],) if Pos.ADJECTIVE in _base_of(words[1]) else ()
    elif pos is Pos.ADJECTIVE and len(words) > 1:
        return ()
    lemmas = getAllLemmas(words[head]).get(tag, ())
    return tuple(" ".join([*words[:head], lemma, *words[head + 1 :]]) for lemma in lemmas)


def is_word(word: str) -> bool:
    """Tell whether English has a word, be it inflected, that is no name.

    >>> is_word("however"), is_word("because"), is_word("neptune")
    (True, True, False)
    """
    from lemminflect import getAllLemmas

    return word in _FUNCTION or not _SECTION.keys().isdisjoint(getAllLemmas(word))


@cache
def all_forms(original: str, spun: str, pos: Pos) -> frozenset[tuple[str, str]]:
    """Return the pairs of `paired_forms`, to look one up."""
    return frozenset(paired_forms(original, spun, pos))
