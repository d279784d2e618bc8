from __future__ import annotations

from pathlib import Path

import pytest

from unspin.review.keys import ACTIONS, CHAPTERS, KeyTableError, configured, spoken


def keys_of(name: str, table: dict[str, object]) -> tuple[str, ...]:
    return next(action.keys for action in configured(table) if action.name == name)


def test_every_action_has_a_key_of_its_own_and_a_chapter() -> None:
    keys = [key for action in ACTIONS for key in action.keys]
    assert len(keys) == len(set(keys))
    assert all(action.keys and action.help and action.chapter in CHAPTERS for action in ACTIONS)
    assert configured({}) == ACTIONS


def test_a_key_given_to_another_action_is_taken_from_its_own() -> None:
    table: dict[str, object] = {"accept": "r"}
    assert keys_of("accept", table) == ("r",)
    assert keys_of("reject", table) == ()


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ({"acept": "y"}, "acept: no such action; there are accept,"),
        ({"accept": 3}, "expected a key"),
        ({"accept": ["y", ""]}, "expected a key"),
        ({"accept": "y", "reject": "y"}, "both accept and reject have this key"),
    ],
)
def test_mistakes_are_told(table: dict[str, object], message: str) -> None:
    with pytest.raises(KeyTableError, match=message):
        configured(table)


def test_the_documentation_lists_every_action_with_its_keys() -> None:
    page = (Path(__file__).parents[2] / "docs/review.md").read_text("utf-8")
    for action in ACTIONS:
        if not action.name.startswith("alternative_"):
            keys = " ".join(f"`{spoken(key)}`" for key in action.keys)
            assert f"| {keys} | `{action.name}` | {action.help} |" in page
