"""Restores the original wording of text mangled by synonym spinners.

>>> import unspin
>>> unspin.restore("The Nationwide Resistance Entrance fights a civil battle towards 2 international locations.").text
'The National Resistance Front fights a civil war against two countries.'

Offline, deterministic, every change explained and reversible.  `restore` loads the table and the language model once;
a `Restorer` of one's own takes other lists or another confidence line, and may be shared between threads.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from unspin.model import (
    Alternative,
    Dialect,
    Document,
    Edit,
    Entry,
    Evidence,
    Markup,
    Pos,
    Restoration,
    Score,
    Span,
    Token,
    Weight,
)

if TYPE_CHECKING:
    from unspin.restorer import Restorer, restore, revert

__version__ = "0.1.0"
__all__ = [
    "Alternative",
    "Dialect",
    "Document",
    "Edit",
    "Entry",
    "Evidence",
    "Markup",
    "Pos",
    "Restoration",
    "Restorer",
    "Score",
    "Span",
    "Token",
    "Weight",
    "restore",
    "revert",
]

_LAZY = frozenset({"Restorer", "restore", "revert"})


def __getattr__(name: str) -> Any:
    # `unspin --help` and `unspin --version` should not pay for the language model.
    if name in _LAZY:
        from unspin import restorer

        return getattr(restorer, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
