"""What keys do: one table, from which bindings, footer, help page and configuration are made."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Action:
    """Something a key does.

    `name`: how the configuration calls it.  `keys`: as Textual writes them.  `label`: a word or two for the footer.
    `help`: a line for the help page.  `chapter`: under which heading it stands there.
    """

    name: str
    keys: tuple[str, ...]
    label: str
    help: str
    chapter: str


_DECIDING, _ALIKE, _MOVING, _SHOWING, _LEAVING = "Deciding", "All like this", "Moving", "Showing", "Files"
ACTIONS = (
    Action("accept", ("a", "enter"), "accept", "take the suggestion, and go on", _DECIDING),
    Action("reject", ("r",), "reject", "leave the text as it is, and go on", _DECIDING),
    Action("next", ("n", "right", "j"), "next", "next place", _MOVING),
    Action("previous", ("p", "left", "k"), "previous", "previous place", _MOVING),
    Action("undo", ("u",), "undo", "take the last step back, without limit", _DECIDING),
    Action("reword", ("e",), "own", "put in words of your own", _DECIDING),
    Action("accept_alike", ("A",), "all", "accept all like this in this document", _ALIKE),
    Action("reject_alike", ("R",), "none", "reject all like this in this document", _ALIKE),
    Action("next_unsure", ("N", "tab"), "unsure", "next place that is not all but certain", _MOVING),
    Action("save", ("s",), "save", "write the file as decided", _LEAVING),
    Action("quit", ("q",), "quit", "leave; decisions are kept for the next time", _LEAVING),
    Action("help", ("question_mark", "f1"), "help", "every key", _SHOWING),
    Action("redo", ("U",), "redo", "do again what was undone", _DECIDING),
    Action("never", ("x",), "never", "reject all like this, and note in your wordlist never to suggest it again", _ALIKE),
    Action("always", ("plus",), "always", "accept all like this, and add the pair to your wordlist", _ALIKE),
    Action("view", ("v",), "view", "show the text restored, spun, or with both wordings", _SHOWING),
    Action("search", ("slash",), "search", "search text and suggestions", _MOVING),
    Action("next_match", ("full_stop",), "match", "next match of the search", _MOVING),
    Action("mark", ("m",), "mark", "mark words that were missed, to restore them yourself", _DECIDING),
    Action("files", ("f",), "files", "all files and how they stand", _LEAVING),
    Action("order", ("o",), "order", "go by position, or the most doubtful first", _MOVING),
    Action("only_unsure", ("O",), "filter", "visit all places, only the unsure, or only open questions", _MOVING),
    Action("previous_unsure", ("P", "shift+tab"), "back", "previous place that is not all but certain", _MOVING),
    Action("previous_match", ("comma",), "match back", "previous match of the search", _MOVING),
    Action("first", ("home",), "first", "first place", _MOVING),
    Action("last", ("end",), "last", "last place", _MOVING),
    Action("reset", ("backspace",), "as it was", "decide nothing here: as it came", _DECIDING),
    Action("accept_everywhere", ("ctrl+a",), "all files", "accept all like this in all files", _ALIKE),
    Action("reject_everywhere", ("ctrl+r",), "no files", "reject all like this in all files", _ALIKE),
    Action("page_down", ("pagedown", "space"), "page", "read on without moving to another place", _SHOWING),
    Action("page_up", ("pageup", "b"), "page back", "read back", _SHOWING),
    Action("next_file", ("right_square_bracket",), "next file", "next file", _LEAVING),
    Action("previous_file", ("left_square_bracket",), "file back", "previous file", _LEAVING),
    Action("save_all", ("S",), "save all", "write every file you decided something in", _LEAVING),
    Action("theme", ("t",), "theme", "dark or light", _SHOWING),
    *(
        Action(f"alternative_{n}", (str(n),), f"{n}", f"take wording {n} of the list, and go on", _DECIDING)
        for n in range(1, 10)
    ),
)
CHAPTERS = (_DECIDING, _ALIKE, _MOVING, _SHOWING, _LEAVING)
# What Textual calls keys, as people read them.
_SPOKEN = {
    "question_mark": "?",
    "slash": "/",
    "plus": "+",
    "full_stop": ".",
    "comma": ",",
    "enter": "⏎",
    "right": "→",
    "left": "←",
    "up": "↑",
    "down": "↓",
    "right_square_bracket": "]",
    "left_square_bracket": "[",
    "backspace": "⌫",
    "pagedown": "PgDn",
    "pageup": "PgUp",
    "minus": "-",
    "asterisk": "*",
}
_WRITTEN = {shown: name for name, shown in _SPOKEN.items() if len(shown) == 1 and shown.isascii()}


class KeyTableError(ValueError):
    """A table of keys that cannot be used; the message says which key or action."""


def configured(table: Mapping[str, object]) -> tuple[Action, ...]:
    """Return the actions with keys of a configuration, action to key or keys, in place of the usual ones.

    >>> [a.keys for a in configured({"accept": ["y", "?"], "help": "f1"}) if a.name in ("accept", "help")]
    [('y', 'question_mark'), ('f1',)]
    """
    names = {action.name for action in ACTIONS}
    for name in table:
        if name not in names:
            raise KeyTableError(f"[review.keys] {name}: no such action; there are {', '.join(sorted(names))}")
    changed = {name: _keys(name, value) for name, value in table.items()}
    claimed = {key for keys in changed.values() for key in keys}
    # A key that the configuration gives away is free of its usual action.
    kept = {a.name: tuple(key for key in a.keys if key not in claimed) for a in ACTIONS if a.name not in changed}
    actions = tuple(replace(a, keys=changed.get(a.name, kept.get(a.name, ()))) for a in ACTIONS)
    _refuse_conflicts(actions)
    return actions


def _keys(name: str, value: object) -> tuple[str, ...]:
    keys = value if isinstance(value, list) else [value]
    if not all(isinstance(key, str) and key.strip() for key in keys):
        raise KeyTableError(f'[review.keys] {name}: expected a key or a list of keys, such as "y" or ["y", "ctrl+y"]')
    return tuple(_WRITTEN.get(key, key) for key in map(str, keys))


def _refuse_conflicts(actions: Iterable[Action]) -> None:
    held: dict[str, str] = {}
    for action in actions:
        for key in action.keys:
            if held.setdefault(key, action.name) != action.name:
                raise KeyTableError(f"[review.keys] {spoken(key)}: both {held[key]} and {action.name} have this key")


def spoken(key: str) -> str:
    """Return a key as people read it.

    >>> spoken("question_mark"), spoken("ctrl+r")
    ('?', 'ctrl+r')
    """
    return _SPOKEN.get(key, key)
