"""Where tables come from: the compiled one that fits the lists, or compiling them.

A table is kept inside the wheel for the packaged lists, and in the user's cache folder for any other state of them.  A
digest over the lists decides whether a stored table fits, so that an edited list is never passed over.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
from pathlib import Path

from unspin.lexicon import table
from unspin.lexicon.table import Table

# Change when compiling the same lists gives another table.
_FORMAT = "21"
LEAVE, COLLOCATIONS = "leave.toml", "collocations.toml"


def packaged_lists() -> Path:
    """Return the folder of the lists that come with unspin."""
    inside = Path(__file__).parent.parent / "wordlists"
    return inside if inside.is_dir() else Path(__file__).parents[3] / "wordlists"


def own_lists() -> Path:
    """Return the folder of the user's own lists, which need not exist."""
    from platformdirs import user_config_path

    return user_config_path("unspin") / "wordlists"


def layers(folder: Path | None = None) -> tuple[Path, ...]:
    """Return the folders in force, later ones over earlier ones: the one named, or the packaged lists and the user's."""
    if folder is not None:
        return (folder,)
    own = own_lists()
    return (packaged_lists(), own) if list_files(own) or (own / LEAVE).exists() else (packaged_lists(),)


def list_files(folder: Path) -> list[Path]:
    """Return the wordlist files of a folder, sorted, without the lists of what to leave and of collocations."""
    return sorted(p for p in folder.glob("*.toml") if p.name not in (LEAVE, COLLOCATIONS))


def open_table(folder: Path | None = None) -> Table:
    """Return the compiled table for a folder of lists, or for all in force, compiling only if no stored one fits.

    Raises `WordlistError` if the lists have mistakes.
    """
    folders = layers(folder)
    wanted = digest(*folders)
    table_here = _stored(Path(__file__).parent / "table.bin", wanted)
    if table_here is not None:
        return table_here
    cached = _cache_folder() / f"table-{wanted}.bin"
    table_here = _stored(cached, wanted)
    if table_here is not None:
        return table_here
    # Imported here: compiling brings lemminflect and wordfreq, which a start with a stored table does without.
    from unspin.lexicon.compile import compile_folders

    compiled = compile_folders(folders)
    with contextlib.suppress(OSError):  # a read-only home costs time at the next start, nothing else
        save(compiled, cached)
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


def digest(*folders: Path) -> str:
    """Return what identifies the lists of folders, in their order, 16 hexadecimal digits."""
    sha = hashlib.sha256(_FORMAT.encode())
    for folder in folders:
        for path in (*list_files(folder), folder / LEAVE, folder / COLLOCATIONS):
            if path.exists():
                sha.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return sha.hexdigest()[:16]


def _cache_folder() -> Path:
    from platformdirs import user_cache_path

    return user_cache_path("unspin")
