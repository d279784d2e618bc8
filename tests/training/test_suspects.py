"""Phrases that pages repeat and English does not."""

from __future__ import annotations

from unspin.restorer import Restorer
from unspin.training.suspects import suspects

PAGES = [
    "Doctors speak of bosom surgery when they mean it. The small house is near the old town.",
    "Early bosom surgery can help much, they say. The old town has a small house.",
    "Most bosom surgery is found late in life. A small house stands in the old town.",
]


def test_spun_phrases_are_ranked_with_what_they_may_have_been(restorer: Restorer) -> None:
    found = suspects(restorer.engine, PAGES)
    assert found[0].phrase == "bosom surgery"
    assert (found[0].count, found[0].pages) == (3, 3)
    assert any("breast" in wording for wording, _ in found[0].proposals)
    assert "bosom surgery" in found[0].sentences[0]


def test_ordinary_phrases_are_not_suspect(restorer: Restorer) -> None:
    ranked = [s.phrase for s in suspects(restorer.engine, PAGES)]
    assert "small house" not in ranked[:1]
    assert suspects(restorer.engine, []) == []
