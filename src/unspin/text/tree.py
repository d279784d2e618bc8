"""HTML and Markdown by their grammars: where markup stands between words, and how a reader hears it.

The only importer of tree-sitter.  What a grammar does not call prose is closed, so what it does not understand is left
alone.  Nothing is decoded or normalised: offsets are code points of the text as it stands.
"""

from __future__ import annotations

import codecs
import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from unspin.model import Markup

if TYPE_CHECKING:
    from tree_sitter import Node, Parser

# How closed stretches read: as nothing ("civil <b>battle</b>"), as an obstacle inside a sentence, as the end of a block.
NOTHING, OBSTACLE, BREAK = "", "\0", "\n\n"

_INLINE = frozenset(
    "a abbr acronym b bdi bdo big cite data del dfn em font i ins label mark nobr q s small span strike strong time tt u "
    "wbr".split()
)
_OBJECTS = frozenset("img input svg math code kbd samp var sub sup audio video object embed meter progress".split())
# Elements whose content is not prose.
_OPAQUE = frozenset(
    "code pre kbd samp var textarea svg math iframe noembed noframes xmp plaintext listing template object".split()
)
_HEARD = frozenset("\"'”’“‘…!?.\xa0 ")  # entities that read as what they stand for
_TAG_NAME = re.compile(r"</?\s*([A-Za-z][A-Za-z0-9:-]*)")
_COMMENT = re.compile(r"<!--(?:>|->|.*?-->|.*\Z)", re.DOTALL)
# A tag as a tokenizer sees it, for where the grammar gave up: quoted values may hold ">"; without an end, to the next tag.
_TAG = re.compile(
    r"""<[A-Za-z/!?](?:[^<>"']++|"[^"]{0,2000}"|'[^']{0,2000}')*+>|<[A-Za-z/!?][^<>]*+>?""",
)
_LOOSE = re.compile(r"<(?![A-Za-z/!?])|&(?!#\d{1,7};|#[xX][0-9a-fA-F]{1,6};|[A-Za-z][A-Za-z0-9]{1,31};)")


@dataclass(frozen=True, slots=True)
class Closed:
    """A stretch that no edit may touch, and how it reads between two words."""

    start: int
    end: int
    reading: str


def closed(text: str, markup: Markup) -> list[Closed]:
    """Return the markup of a text, sorted and disjoint; for plain text there is none.

    >>> [text[c.start : c.end] for text in ["A civil <b>battle</b>&nbsp;now"] for c in closed(text, Markup.HTML)]
    ['<b>', '</b>', '&nbsp;']
    """
    if markup is Markup.TEXT or not text:
        return []
    # One byte for each code point, so that the grammar's offsets are ours; what is not ASCII is a letter to it.
    source = text.encode("ascii", _LETTERS)
    return list(_html(source) if markup is Markup.HTML else _markdown(source))


_LETTERS = "unspin.letters"
codecs.register_error(_LETTERS, lambda error: ("x" * (error.end - error.start), error.end))  # type: ignore[attr-defined]


@cache
def _parser(grammar: str) -> Parser:
    from tree_sitter import Language, Parser

    if grammar == "html":
        import tree_sitter_html

        return Parser(Language(tree_sitter_html.language()))
    import tree_sitter_markdown as markdown

    return Parser(Language(markdown.language() if grammar == "blocks" else markdown.inline_language()))


def _html(source: bytes, offset: int = 0) -> Iterator[Closed]:
    """Yield what is not prose in HTML.  What lies between the pieces that the grammar names is closed, too."""
    text = source.decode("ascii")
    comments = [match.span() for match in _COMMENT.finditer(text)] if "<!--" in text else []
    found = [Closed(start, end, NOTHING) for start, end in comments]
    readable = _readable(text, comments)
    root = _parser("html").parse(readable).root_node
    position = 0
    for start, end, reading in _html_pieces(root, readable):
        if readable[position:start].strip():
            found.append(Closed(position, start, OBSTACLE))
        if reading is not None:
            found.append(Closed(start, end, reading))
        position = max(position, end)
    if readable[position:].strip():
        found.append(Closed(position, len(source), OBSTACLE))
    if root.has_error:
        found += [Closed(*match.span(), OBSTACLE) for match in _TAG.finditer(readable.decode("ascii"))]
    for piece in _disjoint(sorted(found, key=lambda c: (c.start, -c.end))):
        yield Closed(piece.start + offset, piece.end + offset, piece.reading)


def _readable(text: str, comments: list[tuple[int, int]]) -> bytes:
    """Return HTML without what trips the grammar: comments become blanks, a "<" or "&" that opens nothing a letter."""
    parts, position = [], 0
    for start, end in comments:
        parts += [text[position:start], " " * (end - start)]
        position = end
    return _LOOSE.sub("x", "".join([*parts, text[position:]])).encode("ascii")


def _html_pieces(root: Node, source: bytes) -> Iterator[tuple[int, int, str | None]]:
    """Yield (start, end, reading) in order; the reading of prose is None."""
    cursor = root.walk()
    while True:
        node = cursor.node
        assert node is not None
        kind, descend = node.type, False
        if kind == "text":
            yield node.start_byte, node.end_byte, None
        elif kind == "entity":
            yield node.start_byte, node.end_byte, _heard(source[node.start_byte : node.end_byte])
        elif kind in ("document", "element", "ERROR"):
            name = _element(node, source) if kind == "element" else ""
            if name in _OPAQUE:
                yield node.start_byte, node.end_byte, _tag_reading(name)
            elif kind == "ERROR" and not node.child_count:
                yield node.start_byte, node.end_byte, OBSTACLE
            else:
                descend = True
        elif node.end_byte > node.start_byte:
            yield node.start_byte, node.end_byte, _markup_reading(node, source)
        if descend and cursor.goto_first_child():
            continue
        while not cursor.goto_next_sibling():
            if not cursor.goto_parent():
                return


def _element(node: Node, source: bytes) -> str:
    tag = node.child(0)
    return "" if tag is None else _name(source[tag.start_byte : tag.end_byte])


def _markup_reading(node: Node, source: bytes) -> str:
    if node.type in ("start_tag", "end_tag", "self_closing_tag", "erroneous_end_tag"):
        return _tag_reading(_name(source[node.start_byte : node.end_byte]))
    return OBSTACLE


def _name(tag: bytes) -> str:
    match = _TAG_NAME.match(tag[:100].decode("ascii"))
    return match.group(1).lower() if match else ""


def _tag_reading(name: str) -> str:
    return NOTHING if name in _INLINE else OBSTACLE if name in _OBJECTS else BREAK


def _heard(entity: bytes) -> str:
    character = html.unescape(entity.decode("ascii"))
    return character if character in _HEARD else OBSTACLE


def _markdown(source: bytes) -> Iterator[Closed]:
    """Yield what is not prose in Markdown: all but the text of paragraphs, headings and cells."""
    root = _parser("blocks").parse(source).root_node
    blocks = list(_blocks(root))
    named = any(node.type == "link_reference_definition" for node in blocks)
    position = 0
    for node in blocks:
        start, end = node.start_byte, node.end_byte
        if node.type == "link_reference_definition" or start < position:
            continue
        if start > position:
            yield Closed(position, start, BREAK)
        if node.type == "html_block":
            yield from _html(source[start:end], start)
        else:
            yield from _inline(source, node, named=named)
        position = end
    if position < len(source):
        yield Closed(position, len(source), BREAK)


def _blocks(root: Node) -> Iterator[Node]:
    cursor = root.walk()
    while True:
        node = cursor.node
        assert node is not None
        found = node.type in ("inline", "pipe_table_cell", "html_block", "link_reference_definition")
        if found:
            yield node
        elif cursor.goto_first_child():
            continue
        while not cursor.goto_next_sibling():
            if not cursor.goto_parent():
                return


def _inline(source: bytes, block: Node, *, named: bool) -> Iterator[Closed]:
    """Yield what is not prose in a paragraph; what continues a quotation at a line's start is blank to its grammar."""
    offset = block.start_byte
    inner = bytearray(source[offset : block.end_byte])
    found = []
    for child in block.children:
        if child.type == "block_continuation" and child.end_byte > child.start_byte:
            start, end = child.start_byte - offset, child.end_byte - offset
            inner[start:end] = b" " * (end - start)
            found.append(Closed(child.start_byte, child.end_byte, NOTHING))
    paragraph = bytes(inner)
    if any(c in paragraph for c in b"*_`[]<&\\~$"):
        for start, end, reading in _inline_pieces(_parser("inline").parse(paragraph).root_node, paragraph, named):
            found.append(Closed(start + offset, end + offset, reading))
    yield from _disjoint(sorted(found, key=lambda c: (c.start, -c.end)))


def _disjoint(pieces: list[Closed]) -> Iterator[Closed]:
    position = -1
    for piece in pieces:
        if piece.start >= position:
            yield piece
            position = piece.end


def _inline_pieces(root: Node, source: bytes, named: bool) -> Iterator[tuple[int, int, str]]:
    cursor = root.walk()
    while True:
        node = cursor.node
        assert node is not None
        reading = _inline_reading(node, source, named)
        if reading is not None:
            yield node.start_byte, node.end_byte, reading
        elif cursor.goto_first_child():
            continue
        while not cursor.goto_next_sibling():
            if not cursor.goto_parent():
                return


# How the nodes of a paragraph read that hold no prose.
_READINGS = dict.fromkeys(("emphasis_delimiter", "link_destination", "link_title", "link_label"), NOTHING)
_READINGS |= dict.fromkeys(
    ("code_span", "image", "latex_block", "uri_autolink", "email_autolink", "backslash_escape", "ERROR"), OBSTACLE
)


def _inline_reading(node: Node, source: bytes, named: bool) -> str | None:
    """Return how a node of a paragraph reads, or None if it is prose or holds prose."""
    kind = node.type
    if kind in ("shortcut_link", "collapsed_reference_link") and named:
        return OBSTACLE  # its words may be the name of a definition
    if kind == "html_tag":
        tag = source[node.start_byte : node.end_byte]
        return NOTHING if tag.startswith(b"<!--") else _tag_reading(_name(tag))
    if kind in ("entity_reference", "numeric_character_reference"):
        return _heard(source[node.start_byte : node.end_byte])
    in_link = node.parent is not None and node.parent.type in ("inline_link", "full_reference_link")
    return NOTHING if in_link and not node.is_named else _READINGS.get(kind)
