"""Pairs of texts in, rows of a wordlist out."""

from __future__ import annotations

from pathlib import Path

from unspin.engine.pipeline import Engine
from unspin.lexicon import wordlist
from unspin.model import Dialect, Pos, Weight
from unspin.training.cases import Case
from unspin.training.learn import Learned, as_wordlist, learn

FRAMES = (
    ("The {} went on for years in the north.", "battle", "war"),
    ("Two {} were fought over the river.", "battles", "wars"),
    ("Nobody had won the {} by then, he said.", "battle", "war"),
    ("People remember those {} every autumn.", "battles", "wars"),
)
# Enough plain text that what meets by chance can be told apart.
PLAIN = " ".join(f"Number {i} of the long list stands on its page without any change at all." for i in range(40))


def case(number: int, spun: str, original: str, frame: str) -> Case:
    return Case(str(number), f"{frame.format(spun)} {PLAIN}", f"{frame.format(original)} {PLAIN}")


CASES = [case(i, spun, original, frame) for i, (frame, spun, original) in enumerate(FRAMES)]


def rows(learned: Learned) -> list[tuple[str, str, Pos]]:
    return [(p.entry.original, p.entry.spun, p.entry.pos) for p in learned.proposed]


def test_inflected_forms_make_one_row_in_base_form() -> None:
    learned = learn(CASES)
    assert rows(learned) == [("war", "battle", Pos.NOUN)]
    assert (learned.proposed[0].seen, learned.proposed[0].of, learned.proposed[0].entry.weight) == (4, 4, Weight.HABIT)


def test_what_was_seen_once_is_not_proposed_unless_asked_for() -> None:
    assert rows(learn(CASES[:1])) == []
    assert rows(learn(CASES[:1], least=1)) == [("war", "battle", Pos.NOUN)]


def test_a_form_that_mostly_stands_for_itself_weighs_less() -> None:
    kept = [
        Case(f"k{i}", f"The battle of day {i} was over soon.", f"The battle of day {i} was over soon.") for i in range(30)
    ]
    assert learn([*CASES, *kept]).proposed[0].entry.weight is Weight.POSSIBLE


def test_amounts_and_names_that_differ_are_no_rows() -> None:
    other = [Case("a", f"They paid 12 pounds on May {i}.", f"They paid 14 pounds on May {i}.") for i in range(3)]
    assert rows(learn(other, least=1)) == []


def test_rows_that_the_lists_have_are_evidence(toy: Engine) -> None:
    learned = learn(CASES, toy.table)
    assert rows(learned) == []
    assert [(p.entry.original, p.seen) for p in learned.known] == [("war", 4)]


def test_a_learned_list_passes_its_own_check(tmp_path: Path) -> None:
    path = tmp_path / "learned.toml"
    made = as_wordlist([row.entry for row in learn(CASES, dialect=Dialect.BLOG).proposed], path, "learned", Dialect.BLOG)
    path.write_text(wordlist.write(made), "utf-8")
    (entry,) = wordlist.read(path).entries
    assert (entry.original, entry.spun, entry.dialect, entry.source) == ("war", "battle", Dialect.BLOG, "seen 4 of 4")
    assert entry.example is not None
    assert "battle" in entry.example[0]
