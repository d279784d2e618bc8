"""`unspin config`: what is in force, and where it was set."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from unspin.cli.common import (
    ListFolder,
    NoDefaultLists,
    OnlyLists,
    Wordlists,
    chosen_lists,
    fail,
    settings,
)

if TYPE_CHECKING:
    from unspin.config import Config
    from unspin.lexicon.stack import Layer


def config(
    lists: ListFolder = None,
    wordlist: Wordlists = None,
    only_lists: OnlyLists = False,
    no_default_lists: NoDefaultLists = False,
    json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Print what is in force, and from where: settings, and lists in the order in which they lie over each other.

    Examples:

      unspin config

      unspin config --wordlist terms.toml --json | jq '.lists[].files'
    """
    layers = chosen_lists(lists, wordlist, only_lists, no_default_lists)
    in_force = _told(settings(), layers)
    if json:
        import json as encoder

        typer.echo(encoder.dumps(in_force, ensure_ascii=False, indent=1))
    else:
        for line in _lines(in_force):
            typer.echo(line)


def _told(config: Config, layers: tuple[Layer, ...]) -> dict[str, Any]:
    from unspin.config import user_path
    from unspin.lexicon import store
    from unspin.restorer import DEFAULT
    from unspin.review.settings import SettingsError, chosen

    try:
        review = chosen(config.review, config.where("review"))
    except SettingsError as error:
        fail(str(error))
    line = config.confidence
    return {
        "settings": [str(one.path) for one in config.files],
        "yours": str(user_path()),
        "confidence": {"value": DEFAULT if line is None else line, "from": _name(config.where("confidence"))},
        "default_lists": {"value": config.default_lists, "from": _name(config.where("default_lists"))},
        "review": {"theme": review.theme, "keys": config.review.get("keys", {}), "from": _name(config.where("review"))},
        "lists": [_layer(one) for one in layers],
        "digest": store.digest(*layers),
    }


def _layer(layer: Layer) -> dict[str, Any]:
    """Return the files of a layer with the number of their rows; fail telling what is wrong with them."""
    from unspin.lexicon import collocation, store, wordlist

    def rows(path: Path) -> int:
        if path.name == store.COLLOCATIONS:
            return sum(len(words.split()) for field in collocation.read(path).values() for words in field.values())
        held = wordlist.read(path)
        return len(held.entries) + len(held.leave)

    try:
        return {"layer": layer.name, "files": [{"path": str(path), "rows": rows(path)} for path in layer.files]}
    except ValueError as error:
        fail(str(error))


def _lines(told: dict[str, Any]) -> list[str]:
    from unspin.output.diff import visible

    if told["settings"]:
        lines = ["settings, later ones over earlier ones:", *(f"  {visible(path)}" for path in told["settings"])]
    else:
        lines = [f"settings: none; yours would be {visible(told['yours'])}"]
    for name in ("confidence", "default_lists"):
        lines.append(f"{name} = {str(told[name]['value']).lower()}  ({visible(told[name]['from'])})")
    lines.append(f"theme = {told['review']['theme'] or 'that of the terminal'}  ({visible(told['review']['from'])})")
    lines += [f"key of {action} = {visible(str(key))}" for action, key in sorted(told["review"]["keys"].items())]
    lines.append(f"lists, later ones over earlier ones (digest {told['digest']}):")
    for layer in told["lists"]:
        files = layer["files"]
        lines.append(f"  {layer['layer']}: {len(files)} files, {sum(file['rows'] for file in files)} rows")
        folders = sorted({str(Path(file["path"]).parent) for file in files})
        if len(files) > 12:
            lines += [f"    {visible(folder)}" for folder in folders]
        else:
            lines += [f"    {visible(file['path'])} ({file['rows']})" for file in files]
    return lines


def _name(path: Path | None) -> str:
    return "as it comes" if path is None else str(path)
