"""What no edit may touch."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from unspin.text.markup import protected_spans


def protected(text: str) -> list[str]:
    return [span.of(text) for span in protected_spans(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("see https://a.org/civil-battle?x=1, then", ["https://a.org/civil-battle?x=1"]),
        ("see www.battle.org.", ["www.battle.org"]),
        ("at battle.com today", ["battle.com"]),
        ("mail first.last@example.org!", ["first.last@example.org"]),
        ("by @battle_fan", ["@battle_fan"]),
        ("tag #battle here", ["#battle"]),
        ("[ad_1] text [/caption]", ["[ad_1]", "[/caption]"]),
        ('[gallery ids="1,2"] x', ['[gallery ids="1,2"]']),
        ("as he wrote [sic] in [1]", []),
        ('<a href="battle">battle</a>', ['<a href="battle">', "</a>"]),
        ("<script>battle</script> battle", ["<script>battle</script>"]),
        ("a &amp; b &#8217;", ["&amp;", "&#8217;"]),
        ("5 < 6 and 7 > 2", []),
        ("use `battle` now", ["`battle`"]),
        ("[battle](http://x.y/battle) is", ["](http://x.y/battle)"]),
        ("costs $5 million or €3.50", ["$5 million", "€3.50"]),
        ("rose 12.5% or 3 percent", ["12.5%", "3 percent"]),
        ("in 1999 and 2024", ["1999", "2024"]),
        ("2,500 people", ["2,500"]),
        ("the 2 countries in 20 years", []),
        ("call some_function() and run()", ["some_function()", "run()"]),
        ("an _emphatic_ word", []),
        ("a “quoted battle” is text", []),
    ],
)
def test_kinds(text: str, expected: list[str]) -> None:
    assert protected(text) == expected


def test_fenced_code() -> None:
    text = "before\n```python\nbattle = 1\n```\nafter"
    assert protected(text) == ["```python\nbattle = 1\n```"]


def test_regions_switched_off() -> None:
    text = "a battle <!-- unspin: off --> a battle <!-- unspin: on --> a battle"
    inside = protected_spans(text)
    first, second, third = (i for i in range(len(text)) if text.startswith("battle", i))
    assert not any(s.start <= first < s.end for s in inside)
    assert any(s.start <= second < s.end for s in inside)
    assert not any(s.start <= third < s.end for s in inside)


def test_a_region_never_switched_on_again_reaches_the_end() -> None:
    text = "x # unspin: off\nbattle"
    assert protected_spans(text)[-1].end == len(text)


@given(st.text(alphabet="ab1 .<>[]()`_@/:$%&;#\n\"'=-", max_size=200))
def test_spans_are_sorted_and_disjoint(text: str) -> None:
    spans = protected_spans(text)
    assert all(a.end <= b.start for a, b in pairwise(spans))
    assert all(span.start < span.end <= len(text) for span in spans)


@pytest.mark.parametrize(
    "hostile",
    [
        "<" * 50_000,
        "[" * 50_000,
        "`" * 50_000,
        "](" * 20_000,
        "@" * 50_000,
        "_" * 50_000,
        "http://" * 9_000,
        "." * 50_000,
        "a_" * 40_000,
        "1," * 40_000,
        "<a " * 20_000,
        "&a" * 30_000,
        "[a_" * 20_000,
        "<pre>" * 9_000,
        "<!--" * 9_000,
        "a@" * 30_000,
        "[a" + "_" * 30_000,
        "```\n" * 20_000,
        "<code " * 20_000,
        "a.com" * 20_000,
        ".com" * 20_000,
        "www." * 20_000,
    ],
)
def test_hostile_repetition_ends(hostile: str) -> None:
    # Linear work ends in a blink; quadratic work over these lengths would run into the test runner's time limit.
    protected_spans(hostile)
