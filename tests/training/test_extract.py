"""Changes between sentences become pairs of phrases: cut where other places vouch for the pieces."""

from __future__ import annotations

from unspin.text import document as documents
from unspin.training.extract import Counts, gather, places
from unspin.training.sentences import aligned


def counted(*pairs: tuple[str, str]) -> Counts:
    found = []
    for spun, original in pairs:
        mine, theirs = documents.read(spun), documents.read(original)
        found += list(places(mine, theirs, aligned(mine, theirs)))
    return gather(found)


def phrases(counts: Counts) -> dict[tuple[str, str], int]:
    return {(" ".join(o), " ".join(s)): len(found) for (s, o), found in counts.places.items()}


def test_a_word_for_a_word() -> None:
    found = counted(("The civil battle ended in May.", "The civil war ended in May."))
    assert phrases(found) == {("war", "battle"): 1}


def test_neighbours_are_cut_where_another_place_vouches_for_one() -> None:
    found = phrases(
        counted(
            ("The worldwide group met again in Paris.", "The international community met again in Paris."),
            ("They want a worldwide treaty on fishing.", "They want an international treaty on fishing."),
        )
    )
    assert found[("community", "group")] == 1
    assert ("international community", "worldwide group") not in found


def test_neighbours_that_nothing_vouches_for_stay_together() -> None:
    found = phrases(counted(("They met a great deal in the old house.", "They met often in the old house.")))
    assert found == {("often", "a great deal"): 1}


def test_what_is_longer_than_a_row_is_a_rephrasing() -> None:
    spun = "Only three of them, as far as anybody in the town could tell at all, came back."
    found = counted((spun, "Only three of them, apparently, came back."))
    assert (phrases(found), found.rephrased) == ({}, 1)


def test_a_name_is_taken_whole_too() -> None:
    spun = "Then the Nationwide Resistance Entrance took the town of Bazarak."
    found = counted((spun, "Then the National Resistance Front took the town of Bazarak."))
    assert phrases(found)[("national resistance front", "nationwide resistance entrance")] == 1
    written = found.places[("nationwide", "resistance", "entrance"), ("national", "resistance", "front")][0].written
    assert written == ("Nationwide Resistance Entrance", "National Resistance Front")


def test_words_that_always_change_together_are_one_pair() -> None:
    found = phrases(
        counted(
            ("We head to sleep early on Sundays.", "We go to bed early on Sundays."),
            ("Children who head to sleep late are tired.", "Children who go to bed late are tired."),
        )
    )
    assert found == {("go to bed", "head to sleep"): 2}


def test_a_dropped_word_takes_the_neighbour_that_is_seen_most() -> None:
    found = phrases(
        counted(
            ("All players bought video games yesterday.", "All players bought games yesterday."),
            ("Those video games cost a lot of money.", "Those games cost a lot of money."),
        )
    )
    assert found == {("games", "video games"): 2}


def test_the_possessive_does_not_count() -> None:
    assert phrases(counted(("The nation's president spoke.", "The country's president spoke."))) == {
        ("country", "nation"): 1
    }
