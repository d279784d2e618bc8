"""YAML with the line of everything in it, for readers that tell which row they refuse.  The only importer of PyYAML."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from unspin.lexicon.exchange.rows import FormatError


@dataclass(frozen=True, slots=True)
class Node:
    """A value and its line: text, a list of nodes, or a mapping of keys (text) to nodes."""

    value: Any
    line: int

    def text(self) -> str | None:
        """Return the text of a scalar, None for what is none."""
        return self.value if isinstance(self.value, str) else None

    def items(self) -> list[Node]:
        """Return the nodes of a list; of anything else, itself alone."""
        return self.value if isinstance(self.value, list) else [self]

    def get(self, key: str) -> Node | None:
        """Return what a mapping has under a key."""
        return self.value.get(key) if isinstance(self.value, dict) else None


def load(raw: str, name: str) -> Node:
    """Return the root of a document; raises `FormatError`, ImportError if PyYAML is missing."""
    import yaml

    try:
        # Composing makes no objects, so nothing in a file can ask for one; aliases would repeat, and are refused.
        root = yaml.compose(raw, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
        return Node("", 1) if root is None else _node(root, name, set())
    except (yaml.YAMLError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark is not None else 1
        raise FormatError(f"{name}:{line}: not YAML: {getattr(error, 'problem', None) or error}") from None


def _node(node: Any, name: str, met: set[int]) -> Node:
    import yaml

    line = node.start_mark.line + 1
    if not isinstance(node, yaml.ScalarNode):
        if id(node) in met:
            raise FormatError(f"{name}:{line}: aliases (*name) are not read")
        met.add(id(node))
    if isinstance(node, yaml.MappingNode):
        return Node(
            {str(key.value): Node(_node(value, name, met).value, key.start_mark.line + 1) for key, value in node.value}, line
        )
    if isinstance(node, yaml.SequenceNode):
        return Node([_node(item, name, met) for item in node.value], line)
    return Node(node.value, line)


def quoted(text: str) -> str:
    """Return a double-quoted scalar."""
    import json

    return json.dumps(text, ensure_ascii=False)
