"""From entries to table, and what the table holds."""

from __future__ import annotations

from unspin.language.trigram import Trigram
from unspin.lexicon.compile import compile_entries, matching_form
from unspin.lexicon.table import Table
from unspin.model import Dialect, Entry, Pos, Weight


def originals(table: Table, form: str) -> list[str]:
    return [row.original for row in table.rows(table.forms[form])]


def test_forms_lead_back_to_originals(toy_table: Table) -> None:
    assert originals(toy_table, "battles") == ["wars"]
    assert originals(toy_table, "international locations") == ["countries"]
    assert originals(toy_table, "mentioned") == ["said"]


def test_heavier_rows_come_first(trigram: Trigram) -> None:
    entries = [
        Entry("conflict", "battle", Pos.NOUN, "t", weight=Weight.RARE),
        Entry("war", "battle", Pos.NOUN, "t"),
        Entry("fight", "battle", Pos.NOUN, "t", weight=Weight.POSSIBLE),
    ]
    assert originals(compile_entries(entries, trigram), "battle") == ["war", "fight", "conflict"]


def test_the_order_of_entries_does_not_matter(trigram: Trigram) -> None:
    entries = [Entry("war", "battle", Pos.NOUN, "t"), Entry("say", "mention", Pos.VERB, "t", Dialect.BLOG)]
    assert compile_entries(entries, trigram).dump() == compile_entries(entries[::-1], trigram).dump()


def test_an_original_shares_its_probability_among_its_images(trigram: Trigram) -> None:
    alone = compile_entries([Entry("war", "battle", Pos.NOUN, "t")], trigram)
    shared = compile_entries([Entry("war", "battle", Pos.NOUN, "t"), Entry("war", "combat", Pos.NOUN, "t")], trigram)
    channel = [t.rows(t.forms["battle"])[0].channel for t in (alone, shared)]
    assert channel[0] > channel[1]
    assert all(c < 0 for c in channel)


def test_unmistakable_phrases_tell_more_than_ordinary_words(toy_table: Table) -> None:
    tell = {form: toy_table.tell(toy_table.forms[form]) for form in ("international locations", "battle", "12 months")}
    assert tell["international locations"] > 2 > tell["battle"]


def test_matching_form_is_lower_case_and_straight() -> None:
    assert matching_form("Don’t Brand-New") == "don't brand-new"


def test_each_dialect_keeps_its_own_weight_of_a_pair(trigram: Trigram) -> None:
    entries = [
        Entry("method", "technique", Pos.NOUN, "t", weight=Weight.RARE),
        Entry("method", "technique", Pos.NOUN, "t", Dialect.SPINBOT, Weight.HABIT),
        Entry("skill", "technique", Pos.NOUN, "t", Dialect.BLOG),
    ]
    table = compile_entries(entries, trigram)
    rows = table.rows(table.forms["techniques"])
    assert [(row.original, row.dialect.value) for row in rows] == [
        ("methods", "spinbot"),
        ("skills", "blog"),
        ("methods", "blog"),
        ("methods", "paraphraser"),
    ]
    assert [row.again for row in rows] == [False, False, True, True]


def test_a_lighter_row_of_one_dialect_yields_to_one_of_any(trigram: Trigram) -> None:
    entries = [
        Entry("method", "technique", Pos.NOUN, "t"),
        Entry("method", "technique", Pos.NOUN, "t", Dialect.SPINBOT, Weight.RARE),
    ]
    table = compile_entries(entries, trigram)
    assert [row.dialect for row in table.rows(table.forms["technique"])] == [Dialect.ANY]


def test_many_rows_of_one_dialect_do_not_crowd_out_those_of_the_other(trigram: Trigram) -> None:
    many = [Entry(o, "spot", Pos.NOUN, "t", Dialect.BLOG) for o in "place stain site role mark scene dot speck".split()]
    table = compile_entries([*many, Entry("location", "spot", Pos.NOUN, "t", Dialect.SPINBOT, Weight.RARE)], trigram)
    assert "location" in originals(table, "spot")


def test_a_row_of_terms_changes_nothing_for_other_rows(trigram: Trigram) -> None:
    rows = [Entry("method", "technique", Pos.NOUN, "t", weight=Weight.RARE), Entry("skill", "technique", Pos.NOUN, "t")]
    terms = [
        Entry("method", "technique", Pos.NOUN, "t", Dialect.SPINBOT, Weight.TERM),
        Entry("skill", "craft", Pos.NOUN, "t", Dialect.SPINBOT, Weight.TERM),
        Entry("art", "technique", Pos.NOUN, "t", Dialect.SPINBOT, Weight.TERM),
    ]
    plain, both = compile_entries(rows, trigram), compile_entries([*rows, *terms], trigram)

    def told(table: Table) -> list[tuple[str, float]]:
        return [(row.original, row.channel) for row in table.rows(table.forms["technique"]) if not row.term]

    assert told(both) == told(plain)
    assert both.tell(both.forms["technique"]) == plain.tell(plain.forms["technique"])
    assert both.tell(both.forms["craft"]) == 0
    assert [row.original for row in both.rows(both.forms["technique"]) if row.term] == ["art"]


def test_an_everyday_word_makes_terms_by_chance(trigram: Trigram) -> None:
    table = compile_entries(
        [Entry(original, "odd", Pos.ADJECTIVE, "t", weight=Weight.TERM) for original in ("new", "spectral")], trigram
    )
    channel = {row.original: row.channel for row in table.rows(table.forms["odd"])}
    assert channel["new"] < channel["spectral"] - 1
