"""The laws of docs/design.md, on drawn text: real phrases, markup, noise, in any order."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from unspin.engine.edits import apply, inverted
from unspin.restorer import Restorer
from unspin.text.intake import IntakeError

WORDS = """civil battle|2 international locations|12 months|Nationwide Resistance Entrance|as a result of|an tough evening
it’s|on the off chance that|he mentioned|the inventory market|CIVIL BATTLE|don't|within the Nineties|positive aspects|however
for example,|hypertension|bosom peril|the place|a|an|the|of|in|and|war|country|London|2,000|$5 million|1999|[ad_1]|<b>|</b>
https://x.org/battle?a=1|`battle`|[bold]|<!-- unspin: off -->|<!-- unspin: on -->|.|,|!|?|“|”|—|é|日本"""
NOISE = ["\x1b[31m", "\n", "\n\n", "\r\n", "\u00a0", "\t", "\0", "\u202e"]
PIECES = st.sampled_from([*WORDS.replace("\n", "|").split("|"), *NOISE])
TEXTS = st.lists(PIECES, max_size=25).map(" ".join)
COMMON = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@COMMON
@given(TEXTS)
def test_edits_are_disjoint_and_leave_what_is_protected(restorer: Restorer, text: str) -> None:
    restoration = restorer.restore(text)
    every = sorted((*restoration.edits, *restoration.offered), key=lambda e: e.span)
    assert all(a.span.end <= b.span.start for a, b in pairwise(every))
    for edit in every:
        assert edit.span.of(text) == edit.before
        assert edit.before != edit.after
        assert not any(edit.span.overlaps(span) for span in restoration.document.protected)
        assert 0 <= edit.confidence <= 1


@COMMON
@given(TEXTS)
def test_reverting_gives_the_text_back(restorer: Restorer, text: str) -> None:
    restoration = restorer.restore(text)
    assert apply(text, restoration.edits) == restoration.text
    assert apply(restoration.text, inverted(restoration.edits)) == text


@COMMON
@given(TEXTS)
def test_restoring_twice_is_restoring_once(restorer: Restorer, text: str) -> None:
    once = restorer.restore(text).text
    assert restorer.restore(once).text == once


@COMMON
@given(TEXTS)
def test_the_parts_of_a_score_sum_to_it(restorer: Restorer, text: str) -> None:
    for edit in restorer.restore(text).edits:
        assert edit.score.total == pytest.approx(sum(edit.score.parts().values()))


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.one_of(st.binary(max_size=200), TEXTS.map(lambda t: t.encode("utf-8", "surrogatepass"))))
def test_any_bytes_in_no_traceback_out(restorer: Restorer, data: bytes) -> None:
    try:
        restoration, intake = restorer.restore_bytes(data)
        intake.encode(restoration.text)
    except IntakeError as error:
        assert str(error)


def test_a_restorer_is_safe_to_share_between_threads(restorer: Restorer, border_talks: str) -> None:
    from concurrent.futures import ThreadPoolExecutor

    expected = restorer.restore(border_talks).text
    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(lambda _: restorer.restore(border_talks).text, range(24))) == {expected}
