"""The figures of an evaluation as tables for a terminal."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def show(found: Mapping[str, Any]) -> None:
    """Print what `unspin eval` found, table by table."""
    from rich.console import Console

    console = Console(highlight=False, emoji=False, markup=False)
    console.print(found["signature"])
    if "cases" in found:
        _cases(console, found["cases"])
    if "fitted" in found:
        console.print(_flat("calibration that the cases ask for, on top of the one in force", found["fitted"]))
    if "never_spun" in found:
        clean = found["never_spun"]
        console.print(
            f"never-spun text: {clean['edits']} false edits in {clean['words']:,} words, {clean['per_10000']:.2f} per 10,000"
            f" (95 %: {clean['low']:.2f} to {clean['high']:.2f}); {clean['touched']} of {clean['documents']} texts touched"
        )
    if "phrases" in found:
        _phrases(console, found["phrases"])


def _cases(console: Any, cases: Mapping[str, Any]) -> None:
    columns = ("made", "wanted", "precision", "recall", "f0.5", "f1")
    console.print(_table("in all", columns, cases["windows"]))
    console.print(_table("by case, windows", columns, {case["name"]: case["windows"] for case in cases["cases"]}))
    console.print(_table("by dialect, windows", columns, cases["dialects"]))
    low, high = cases["intervals"]["f0.5"]
    console.print(f"95 % interval of strict F0.5 over documents: {low:.3f} to {high:.3f}")
    for name in ("lengths", "spread", "outcomes", "names", "candidates", "text"):
        console.print(_flat(name, cases[name]))
    console.print(_flat("confidence", cases["confidence"]))


def _phrases(console: Any, phrases: Mapping[str, Any]) -> None:
    table = {name: figures for name, figures in phrases.items() if name != "misses"}
    console.print(_table("phrases", ("phrases", "exact", "reachable"), table))
    for miss in phrases.get("misses", ()):
        console.print(miss, soft_wrap=True)


def _table(title: str, columns: tuple[str, ...], rows: Mapping[str, Mapping[str, float]]) -> Any:
    from rich.table import Table

    table = Table(title=title, title_justify="left", box=None, pad_edge=False)
    table.add_column("")
    for column in columns:
        table.add_column(column, justify="right")
    for name, figures in rows.items():
        table.add_row(name, *(_figure(figures[column]) for column in columns))
    return table


def _flat(title: str, figures: Mapping[str, Any]) -> str:
    parts = []
    for name, value in figures.items():
        if isinstance(value, Mapping):
            inner = "; ".join(
                f"{key} {', '.join(f'{k} {_figure(v)}' for k, v in held.items())}"
                if isinstance(held, Mapping)
                else f"{key} {_figure(held)}"
                for key, held in value.items()
            )
            parts.append(f"{name}: {inner}")
        else:
            parts.append(f"{name} {_figure(value)}")
    return f"{title}: {', '.join(parts)}"


def _figure(value: float) -> str:
    return str(value) if isinstance(value, int) else f"{value:.3f}"
