"""Why an edit was made, in words: read off the same numbers that decided it."""

from __future__ import annotations

from math import exp

from unspin.model import Edit, Weight

_HOW_OFTEN = {
    Weight.HABIT: "spinners as a habit print",
    Weight.USUAL: "spinners usually print",
    Weight.POSSIBLE: "spinners sometimes print",
    Weight.RARE: "spinners now and then print",
    Weight.TERM: "in terms spinners print",
}


def reason(edit: Edit) -> str:
    """Return one line that says why.

    >>> from unspin.model import Entry, Pos, Score, Span
    >>> entry = Entry("war", "battle", Pos.NOUN, "war", source="war.toml:7")
    >>> reason(Edit(Span(0, 6), "battle", "war", 0.97, Score(channel=-1.05, language=5.2, evidence=0.3), entry))
    'spinners usually print "battle" for "war" (war, war.toml:7); "war" reads 180 times better here; the passage is spun'
    """
    parts = []
    if edit.entry is not None:
        how, entry = _HOW_OFTEN[edit.entry.weight], edit.entry
        parts.append(f'{how} "{entry.spun}" for "{entry.original}" ({entry.subject}, {entry.source})')
    parts.append(_reading(edit))
    if edit.score.evidence > -1.5:
        parts.append("the passage is spun")
    elif edit.score.evidence > -4:
        parts.append("the passage may be spun")
    else:
        parts.append("little else in the passage looks spun")
    if edit.score.consistency > 0.5:
        parts.append("the same choice was made elsewhere in the document")
    if edit.score.bias < 0:
        parts.append("less likely inside a name or from another family of spinners")
    return "; ".join(parts)


def _reading(edit: Edit) -> str:
    times = exp(min(13.8, abs(edit.score.language)))
    if times < 1.5:
        return f'"{edit.after}" reads as well here'
    figure = "a million" if times > 9e5 else f"{times:.0f}" if times < 1000 else f"{times:,.0f}"
    if times >= 100:
        figure = "over a million" if times > 9e5 else f"{round(times, -1):,.0f}"
    return f'"{edit.after}" reads {figure} times {"better" if edit.score.language > 0 else "worse"} here'
