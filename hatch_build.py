"""Compiles the wordlists into the wheel, so that no installed copy has to."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CustomBuildHook(BuildHookInterface[Any]):
    """Writes ``src/unspin/lexicon/table.bin``; hatchling finds the class by this name."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile before the wheel is packed; an editable install compiles to the user's cache when first used."""
        if version == "editable":
            return
        root = Path(self.root)
        sys.path.insert(0, str(root / "src"))
        try:
            from unspin.lexicon import store
            from unspin.lexicon.compile import compile_folder

            store.save(compile_folder(root / "wordlists"), root / "src/unspin/lexicon/table.bin")
        finally:
            sys.path.pop(0)
