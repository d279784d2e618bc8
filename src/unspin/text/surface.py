"""How words look: case and a/an.

Pure functions on strings.  This module does not know which words are right, only how to dress them.
"""

from __future__ import annotations

import re

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")

# A vowel letter that sounds like a consonant ("a union", "a European", "a one-off"), and the reverse ("an hour").
_CONSONANT_SOUND = re.compile(
    r"(?:uni(?!n|m(?!o))|u[bcfhjkqrst][aeiou]|use|usu|uten|uto|uga|uka|ukr|ura|uri|eu|ew|on(?:e|ce)(?![a-z])|oui|ubiq)",
    re.IGNORECASE,
)
_VOWEL_SOUND = re.compile(r"(?:hour|honest|honou?r|heir|herb(?!ert))", re.IGNORECASE)
# Letters whose names begin with a vowel sound, for abbreviations read letter by letter.
_VOWEL_NAMES = frozenset("AEFHILMNORSX8")
# Abbreviations that are read as words.
_SPOKEN = frozenset({"NASA", "NATO", "FIFA", "UNESCO", "UNICEF", "LASER", "RADAR", "SIM", "RAM", "ROM", "SARS"})


def starts_with_vowel_sound(word: str) -> bool:
    """Tell whether `word` takes "an".

    >>> [w for w in ("hour", "union", "MBA", "one", "unimportant", "European", "8") if starts_with_vowel_sound(w)]
    ['hour', 'MBA', 'unimportant', '8']
    """
    if not word:
        return False
    if word[0].isdigit():
        return word[0] == "8" or re.match(r"1[18](?!\d(?!\d\d))", word) is not None
    if word.isupper() and len(word) > 1 and word not in _SPOKEN:
        return word[0] in _VOWEL_NAMES
    if word[0] in "aeiouAEIOU":
        return _CONSONANT_SOUND.match(word) is None
    return _VOWEL_SOUND.match(word) is not None


def article_for(word: str) -> str:
    """Return "a" or "an", as the sound of `word` asks.

    >>> article_for("honest"), article_for("useful")
    ('an', 'a')
    """
    return "an" if starts_with_vowel_sound(word) else "a"


def carry_case(before: str, after: str, *, sentence_start: bool = False) -> str:
    """Dress `after` in the case of `before`, word by word.

    Words of `after` that hold a capital of their own (names, "I") keep it.  A capital that only marks the start of a
    sentence moves to the first word.

    >>> carry_case("Nationwide Resistance Entrance", "National Resistance Front".lower())
    'National Resistance Front'
    >>> carry_case("CIVIL BATTLE", "civil war")
    'CIVIL WAR'
    >>> carry_case("Battle", "the war", sentence_start=True)
    'The war'
    >>> carry_case("International Locations", "countries")
    'Countries'
    >>> carry_case("Well being Group", "health organization")
    'Health Organization'
    >>> carry_case("a NASA mission", "a NASA task")
    'a NASA task'
    """
    if before.islower():
        return after
    source = _WORD.findall(before)
    if not source or not after:
        return after
    shapes = [_shape(w) for w in source]
    letters = [w for w in source if any(c.isalpha() for c in w)]
    if letters and all(w.isupper() for w in letters) and (len("".join(letters)) > 1 and before != "I"):
        return after.upper()
    if sentence_start or len(source) == 1:
        titled = len(shapes) > 1 and _is_title(shapes[1:], source[1:])
    else:
        titled = _is_title(shapes, source)
    if titled:
        return _title(after)
    if shapes[0] == "title":
        return _capitalise(after)
    return after


def _shape(word: str) -> str:
    if word.islower() or not any(c.isalpha() for c in word):
        return "lower"
    if word.isupper() and len(word) > 1:
        return "upper"
    return "title" if word[0].isupper() else "mixed"


_SMALL = frozenset("a an the of in on at by for to and or nor but as with from via per up off into over".split())


def _is_title(shapes: list[str], words: list[str]) -> bool:
    """Tell whether the words that count are capitalised, as in a headline or a name.

    The first and the last word tell: spinners print one word in capitals as two with one ("Well being Group").
    """
    counted = [s for s, w in zip(shapes, words, strict=True) if w.lower() not in _SMALL and not w[0].isdigit()]
    return bool(counted) and all(s in ("title", "upper") for s in (counted[0], counted[-1]))


def _capitalise(text: str) -> str:
    for i, c in enumerate(text):
        if c.isalnum():
            return text[:i] + c.upper() + text[i + 1 :]
    return text


def _title(text: str) -> str:
    first = True

    def dress(match: re.Match[str]) -> str:
        nonlocal first
        word = match.group()
        small = word in _SMALL and not first
        first = False
        return word if small else _capitalise(word)

    return _WORD.sub(dress, text)


def like_apostrophes(before: str, after: str, *, curly: bool) -> str:
    """Write the apostrophes of `after` as the text does.

    >>> like_apostrophes("they are going to", "they'll", curly=True)
    'they’ll'
    """
    return after.replace("'", "’") if curly or "’" in before else after
