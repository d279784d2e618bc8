"""HTML and Markdown: what is prose, what is not, and where sentences end."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from unspin.engine.pipeline import Engine
from unspin.model import Markup
from unspin.text.document import read
from unspin.text.tree import closed

SPUN = "the civil battle of 2 international locations"
MARKS = (
    "<b> </b> <p> </p> <!-- --> & &amp; &#8217; < > <script> </script> ` ``` * ** _ [ ]( ) ![ | # "
    "<code> </code> \\ <? ]]> civil battle é 𝄞 '> <!DOCTYPE"
)
PIECES = st.sampled_from([*MARKS.split(), "\n", "\n\n", "<a href='", "\0", "\ud800"])


def words(text: str, markup: Markup) -> list[list[str]]:
    document = read(text, markup)
    return [document.keys[first:last] for first, last in document.sentence_bounds()]


@pytest.mark.parametrize(
    ("html", "sentences"),
    [
        ("<h1>A title</h1><p>And text.</p>", [["a", "title"], ["and", "text"]]),
        ("One <b>two</b> three", [["one", "two", "three"]]),
        ("<b>One.</b> Two<br>three", [["one"], ["two"], ["three"]]),
        ("He said &ldquo;yes.&rdquo; Then", [["he", "said", "yes"], ["then"]]),
        ("wrapped\nLine", [["wrapped", "line"]]),
        ("a <code>civil battle</code> b", [["a", "b"]]),
        ("a <script>if (x < 1) battle()</script> b", [["a", "b"]]),
        ("a <!-- civil --> b <!-- never closed", [["a", "b"]]),
        ("<p title='a battle'>x</p>", [["x"]]),
        ("AT&amp;T caf&eacute;s", [["at", "t", "caf", "s"]]),
        ("<div><div>One <b>two</b></div><p>three", [["one", "two"], ["three"]]),
        ("</p><div>One</span> two <a title='battle", [["one", "two"]]),
        ("One <a title='a > battle' <b>two</b> <script>battle()", [["one", "two"]]),
        ("1 < 2 & so on", [["1", "2", "so", "on"]]),
    ],
)
def test_html_is_read_as_a_browser_shows_it(html: str, sentences: list[list[str]]) -> None:
    assert words(html, Markup.HTML) == sentences


@pytest.mark.parametrize(
    ("markdown", "sentences"),
    [
        ("# A title\ntext", [["a", "title"], ["text"]]),
        ("some *civil* **battle**", [["some", "civil", "battle"]]),
        ("a [civil\nbattle](http://x.y/battle 'battle') b", [["a", "civil", "battle", "b"]]),
        ("a `battle` b\n\n```\nbattle\n```\n\n    battle", [["a", "b"]]),
        ("---\ntitle: battle\n---\n\nx", [["x"]]),
        ("> one\n> two", [["one", "two"]]),
        ("| a | b |\n|---|---|\n| c | d |\n", [["a"], ["b"], ["c"], ["d"]]),
        ("<div>civil <b>battle</b></div>", [["civil", "battle"]]),
        ("see [battle][]\n\n[battle]: http://x.y", [["see"]]),
        ("![a battle](battle.png) x <http://battle.org>", [["x"]]),
    ],
)
def test_markdown_is_read_as_it_is_rendered(markdown: str, sentences: list[list[str]]) -> None:
    assert words(markdown, Markup.MARKDOWN) == sentences


@given(st.lists(PIECES, max_size=30), st.sampled_from([Markup.HTML, Markup.MARKDOWN]))
def test_closed_stretches_are_sorted_and_disjoint(pieces: list[str], markup: Markup) -> None:
    text = " ".join(pieces)
    position = 0
    for piece in closed(text, markup):
        assert position <= piece.start < piece.end <= len(text)
        position = piece.end
    document = read(text, markup)
    for token in document.tokens:
        assert not any(token.span.overlaps(span) for span in document.protected)


@pytest.mark.parametrize(
    ("html", "restored"),
    [
        ("a civil <b>battle</b> between", "a civil <b>war</b> between"),
        ("a <i>civil battle</i> between", "a <i>civil war</i> between"),
        ("a civil&nbsp;battle between", "a civil&nbsp;war between"),
        ("<b>2</b> international locations", "<b>2</b> countries"),
        ("two <b>international</b> locations", "two <b>international</b> locations"),
        ("two international locations’ talks", "two countries’ talks"),
        ("<a href='/civil battle'>civil battle</a>", "<a href='/civil battle'>civil war</a>"),
    ],
)
def test_a_phrase_across_tags_is_restored_inside_them_or_left(toy: Engine, html: str, restored: str) -> None:
    setting = "<p>They mentioned {} the nationwide international locations, as a result of a civil battle.</p>"
    result = toy.restore(setting.format(html), markup=Markup.HTML, confidence=0.3)
    assert setting.split("{}", maxsplit=1)[0].replace("mentioned", "said") + restored in result.text
    assert toy.restore(result.text, markup=Markup.HTML, confidence=0.3).text == result.text


@given(st.lists(st.one_of(PIECES, st.sampled_from(SPUN.split())), max_size=30), st.sampled_from(list(Markup)))
def test_nothing_closed_is_ever_changed(toy: Engine, pieces: list[str], markup: Markup) -> None:
    text = f"{SPUN} {' '.join(pieces)} {SPUN}"
    result = toy.restore(text, markup=markup, confidence=0.2)
    for edit in result.edits:
        assert not any(edit.span.overlaps(span) for span in result.document.protected)


@pytest.mark.parametrize("hostile", ["<!--" * 20_000, "<" * 100_000, "&" * 100_000, "<a " * 20_000, "<p>" * 20_000])
def test_hostile_html_takes_no_more_than_its_length(hostile: str) -> None:
    started = time.process_time()
    read(hostile, Markup.HTML)
    assert time.process_time() - started < 5
