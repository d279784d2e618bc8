"""Words that people write beside each other: what the language model is told of fields its own text lacked.

`collocations.toml` holds them as a collocation dictionary does, a line a head word, with the words that stand before it:
``network = "convolutional neural sensor"``.  Phrases of several words among the originals count too.  From both
come pairs of neighbours (`unspin.language.collocations` says what they are worth).  This module reads, checks and writes the
file; it decides nothing.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from itertools import pairwise
from pathlib import Path

from unspin.language import spoken
from unspin.lexicon.wordlist import Complaint, WordlistError

# Between these and any neighbour the language model needs no help.
_COMMON = frozenset(
    "a about all also an and any are as at be been but by can could did do does down for from had has have he her here his "
    "how i if in into is it its may might more most must my no not of off on or our out over per should so some than that "
    "the their them then there these they this those to under up via was we were what when where which who will with would "
    "you your".split()
)
_JOINT = re.compile(r"[\s\-]+")
_WORD = re.compile(r"[a-z0-9][a-z0-9'.\-]*")
_BARE = re.compile(r"[A-Za-z0-9_-]+")

# The field whose lines give verbs before what they take, all forms of them.
VERBS = "verbs"

Fields = Mapping[str, Mapping[str, str]]


def read(path: Path) -> Fields:
    """Return field -> head word -> the words before it, blanks between.  Raises `WordlistError` naming file and line."""
    raw = path.read_text("utf-8")
    try:
        fields: dict[str, dict[str, str]] = tomllib.loads(raw)
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"line (\d+)", str(error))
        raise WordlistError([Complaint(path, int(line.group(1)) if line else 1, str(error))]) from None
    complaints = list(_complaints(path, raw, fields))
    if complaints:
        raise WordlistError(complaints)
    return fields


def write(fields: Fields, preamble: str) -> str:
    """Return the canonical text: fields, head words and the words before them sorted, each once."""
    lines = [preamble.rstrip("\n")]
    for field in sorted(fields):
        lines += ["", f"[{_key(field)}]"]
        lines += [
            f'{_key(head)} = "{" ".join(sorted(set(words.split())))}"' for head, words in sorted(fields[field].items())
        ]
    return "\n".join(lines) + "\n"


def preamble_of(raw: str) -> str:
    """Return the opening comment of a file's text."""
    return raw[: raw.find("\n[")] if "\n[" in raw else raw


def pairs(fields: Fields) -> Iterator[tuple[str, str]]:
    """Yield (word, head) for everything in the file, with the plural of a head that has one, and all forms of verbs.

    >>> sorted(pairs({"computing": {"network": "neural sensor"}}))[:2]
    [('neural', 'network'), ('neural', 'networks')]
    >>> sorted(pairs({"verbs": {"money": "raise"}}))
    [('raise', 'money'), ('raised', 'money'), ('raises', 'money'), ('raising', 'money')]
    """
    from unspin.lexicon.morph import plural, verb_forms

    for field, heads in fields.items():
        for head, words in heads.items():
            forms = (head, *plural(head))
            for word in words.split():
                for before in verb_forms(word) if field == VERBS else (word,):
                    for form in forms:
                        yield from neighbours(f"{before} {form}")


def neighbours(phrase: str) -> Iterator[tuple[str, str]]:
    """Yield the pairs of neighbours in a phrase, as the language model reads them, but for those with a common word.

    >>> list(neighbours("Support vector machine of the year"))
    [('support', 'vector'), ('vector', 'machine')]
    """
    words = [spoken(word) for word in _JOINT.split(phrase.lower()) if word]
    for before, word in pairwise(words):
        if before not in _COMMON and word not in _COMMON:
            yield before, word


def _complaints(path: Path, raw: str, fields: Mapping[str, object]) -> Iterator[Complaint]:
    lines = {line.split(" = ")[0].strip('"'): number for number, line in enumerate(raw.splitlines(), 1)}
    for field, heads in fields.items():
        if not isinstance(heads, dict):
            yield Complaint(
                path, lines.get(field, 1), f"{field!r}: a head word stands in the section of a field: [computing]"
            )
            continue
        for head, words in heads.items():
            line = lines.get(head, 1)
            if not isinstance(words, str) or not words.split():
                yield Complaint(path, line, f'{head!r}: expected the words before it, blanks between: "neural sensor"')
                continue
            odd = [w for w in (head, *words.split()) if not _WORD.fullmatch(w)]
            if odd:
                yield Complaint(path, line, f"{odd[0]!r}: lower case words of letters, digits, hyphens and apostrophes")
            common = [w for w in (head, *words.split()) if w in _COMMON]
            if common:
                yield Complaint(path, line, f"{common[0]!r} is too common to be told about")


def _key(word: str) -> str:
    return word if _BARE.fullmatch(word) else f'"{word}"'
