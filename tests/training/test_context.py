"""A form with several originals: the rarer one is bound to the words that tell it."""

from __future__ import annotations

from pathlib import Path

from unspin.lexicon import wordlist
from unspin.model import Dialect
from unspin.training.cases import Case
from unspin.training.context import telling_words
from unspin.training.extract import Place
from unspin.training.learn import as_wordlist, learn

SPORT = [
    "The {} ended two to one for the home team.",
    "Fans of the team left the {} early.",
    "Our team won its third {} in a row.",
]
PLAIN = [f"They met at a {{}} in the town number {name}." for name in ("one", "two", "three", "four", "five", "six")]


def place(sentence: str, original: str) -> Place:
    text = sentence.format("event")
    return Place(("event",), (original,), ("event", original), (text, sentence.format(original)), (0, 0))


def test_words_that_stand_near_one_reading_alone() -> None:
    own, others = [place(s, "match") for s in SPORT], [place(s, "party") for s in PLAIN]
    assert telling_words(own, others) == ("team",)
    assert telling_words(others, own) == ()  # the most frequent reading needs no context
    assert telling_words(own[:2], others) == ()  # seen too seldom


def test_a_bound_row_carries_an_example_and_a_sentence_to_keep(tmp_path: Path) -> None:
    frames = [(s, "match") for s in SPORT] + [(s, "party") for s in PLAIN]
    cases = [Case(str(i), frame.format("event"), frame.format(original)) for i, (frame, original) in enumerate(frames)]
    path = tmp_path / "learned.toml"
    made = as_wordlist([row.entry for row in learn(cases).proposed], path, "learned", Dialect.BLOG)
    path.write_text(wordlist.write(made), "utf-8")
    rows = {entry.original: entry for entry in wordlist.read(path).entries}
    assert rows["match"].near == ("team",)
    assert rows["match"].keep == "This is about the event."
    assert rows["party"].near == ()
