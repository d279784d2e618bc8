"""Where tables come from: the compiled one that fits the lists, or compiling them.

A table is kept inside the wheel for the packaged lists, and in the user's cache folder for any other state of them.  A
digest over the lists decides whether a stored table fits, so that an edited list is never passed over.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

from unspin.lexicon import table
from unspin.lexicon.stack import Layer
from unspin.lexicon.table import Table

# Change when compiling the same lists gives another table.
_FORMAT = "26"
LEAVE, COLLOCATIONS = "leave.toml", "collocations.toml"
_MOST_CACHED = 400_000_000  # bytes: fifteen tables or so

# What a restorer is given: a folder (or file) of lists, layers of them, or None for the packaged lists and the user's.
Lists: TypeAlias = Path | tuple[Layer, ...] | None


def packaged_lists() -> Path:
    """Return the folder of the lists that come with unspin."""
    inside = Path(__file__).parent.parent / "wordlists"
    return inside if inside.is_dir() else Path(__file__).parents[3] / "wordlists"


def own_lists() -> Path:
    """Return the folder of the user's own lists, which need not exist."""
    from platformdirs import user_config_path

    return user_config_path("unspin") / "wordlists"


def layers(lists: Lists = None) -> tuple[Layer, ...]:
    """Return the layers in force, later ones over earlier ones: those given, or the packaged lists and the user's."""
    if isinstance(lists, tuple):
        return lists
    if lists is not None:
        return (layer("named", lists),)
    own = layer("yours", own_lists())
    packaged = layer("packaged", packaged_lists())
    return (packaged, own) if own.files else (packaged,)


def layer(name: str, place: Path) -> Layer:
    """Return the layer of a folder of lists, or of one file."""
    if place.is_file():
        return Layer(name, (place,))
    others = (path for path in (place / LEAVE, place / COLLOCATIONS) if path.exists())
    return Layer(name, (*list_files(place), *others))


def list_files(folder: Path) -> list[Path]:
    """Return the wordlists of a folder (or the file itself), sorted; what to leave and collocations are no such lists."""
    places = [folder] if folder.is_file() else folder.glob("*.toml")
    return sorted(p for p in places if p.name not in (LEAVE, COLLOCATIONS))


def open_table(lists: Lists = None, *, tell: Callable[[str], None] = lambda message: None) -> Table:
    """Return the compiled table for a folder of lists, or for all in force, compiling only if no stored one fits.

    `tell`: is told when lists have to be compiled, which takes seconds.  Raises `WordlistError` if they have mistakes.
    """
    in_force = layers(lists)
    wanted = digest(*in_force)
    table_here = _stored(Path(__file__).parent / "table.bin", wanted)
    if table_here is not None:
        return table_here
    cached = _cache_folder() / f"table-{wanted}.bin"
    table_here = _stored(cached, wanted)
    if table_here is not None:
        _keep(cached)
        return table_here
    tell("compiling the wordlists, once for this state of them …")
    # Imported here: compiling brings lemminflect and wordfreq, which a start with a stored table does without.
    from unspin.lexicon.compile import compile_layers

    compiled = compile_layers(in_force)
    with contextlib.suppress(OSError):  # a read-only home costs time at the next start, nothing else
        save(compiled, cached)
        _prune(cached.parent)
    return compiled


def _stored(path: Path, wanted: str) -> Table | None:
    """Return the table stored at `path` if it was compiled from the lists of that digest and can be read."""
    if table.digest_of(path) != wanted:
        return None
    try:
        return table.load(path)
    except (table.TableError, OSError):
        return None


def save(compiled: Table, path: Path) -> None:
    """Write a table so that a reader sees the whole of it or nothing."""
    import tempfile  # a start that finds its table does without

    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=path.name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(compiled.dump())
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def digest(*lists: Path | Layer) -> str:
    """Return what identifies lists (folders, files or layers, in their order), 16 hexadecimal digits."""
    sha = hashlib.sha256(_FORMAT.encode())
    for i, one in enumerate(lists):
        sha.update(b"\1" if i else b"")  # a row has another force in another layer
        for path in (one if isinstance(one, Layer) else layer("", one)).files:
            sha.update(path.name.encode("utf-8", "surrogateescape") + b"\0" + path.read_bytes() + b"\0")
    return sha.hexdigest()[:16]


def _keep(cached: Path) -> None:
    """Note that a cached table is in use, at most once a day."""
    with contextlib.suppress(OSError):
        if time.time() - cached.stat().st_mtime > 86_400:
            os.utime(cached)


def _prune(folder: Path) -> None:
    """Delete the tables that were longest not used, where there are too many; each change of a list leaves one behind."""
    tables = [(path, path.stat()) for path in folder.glob("table-*.bin")]
    size = 0
    for path, status in sorted(tables, key=lambda item: -item[1].st_mtime):
        size += status.st_size
        if size > _MOST_CACHED:
            with contextlib.suppress(OSError):
                path.unlink()


def _cache_folder() -> Path:
    from platformdirs import user_cache_path

    return user_cache_path("unspin")
