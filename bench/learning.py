"""What `unspin learn` finds, and how fast.  Run by hand:

    python bench/learning.py families ../shared/corpus/dev [--least 1]    learned rows alone, on pages that were left out
    python bench/learning.py hidden TEXTS [--rows 500]         rows of our own, applied to texts and found again
    python bench/learning.py speed TEXTS [--words 1000000]     CPU seconds for that many words of pairs

TEXTS is a folder of .txt or .txt.xz files that nobody spun.
"""

from __future__ import annotations

import argparse
import lzma
import random
import re
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from unspin.lexicon import morph, store, wordlist
from unspin.model import Dialect, Entry, Pos, Weight
from unspin.restorer import Restorer
from unspin.training.cases import Case, read_cases
from unspin.training.evaluate import evaluate
from unspin.training.learn import as_wordlist, learn
from unspin.training.measure import Counts
from unspin.training.propose import LEAST

# Shares of occurrences changed and of sentences dropped in texts made for the test.
CHANGED, DROPPED = 0.7, 0.05


def families(folder: Path, least: int) -> None:
    """Learn from all pages but one, restore that one with nothing but the learned rows; averaged over pages."""
    cases = read_cases(folder)
    names = sorted({case.family for case in cases})
    scores = []
    for family in names:
        others, left = [c for c in cases if c.family != family], [c for c in cases if c.family == family]
        rows = learn(others, least=least).proposed
        with tempfile.TemporaryDirectory() as place:
            path = Path(place) / "learned.toml"
            path.write_text(wordlist.write(as_wordlist([row.entry for row in rows], path, "learned", Dialect.ANY)), "utf-8")
            counts = evaluate(Restorer(path), left).total(lambda m: m.strict)
        scores.append(counts)
        print(f"{left[0].name:32} rows {len(rows):5} P {counts.precision:.3f} R {counts.recall:.3f} F0.5 {counts.f():.3f}")
    total = sum(scores, Counts())
    print(f"mean F0.5 over families {sum(c.f() for c in scores) / len(scores):.3f}")
    print(f"all windows P {total.precision:.3f} R {total.recall:.3f} F0.5 {total.f():.3f}")


def hidden(folder: Path, how_many: int, words: int) -> None:
    """Apply rows of the packaged lists to texts, learn without lists, and count what comes back."""
    rows = _drawn(how_many)
    cases, applied = _spun(folder, rows, words)
    often = {row for row, count in applied.items() if count > 2}
    learned = learn(cases)
    proposed = {(p.entry.original.lower(), p.entry.spun.lower(), p.entry.pos) for p in learned.proposed}
    known = {form for row in proposed for form in _cores(*row)}
    forms = {form for row in applied for form in _cores(row.original, row.spun, row.pos)}
    found = {row for row in often if _cores(row.original, row.spun, row.pos) & known}
    whole = {(o.lower(), s.lower()) for row in applied for o, s in morph.all_forms(row.original, row.spun, row.pos)}
    false = [row for row in proposed if not _cores(*row) & forms and not _is_part(row, whole)]
    print(f"{len(rows)} rows, {len(applied)} of them applied, {len(often)} three times or more")
    print(f"found again {len(found)} of {len(often)} = {len(found) / len(often):.3f}")
    print(f"proposed {len(proposed)}, false {len(false)} = {len(false) / max(1, len(proposed)):.3f}")
    for row in sorted(often - found, key=str)[:12]:
        print("  missed", row.original, "<-", row.spun, row.pos, applied[row])
    seen = {(p.entry.original.lower(), p.entry.spun.lower(), p.entry.pos): p.seen for p in learned.proposed}
    for slip in sorted(false)[:20]:
        print("  false ", slip[0], "<-", *slip[1:], seen[slip])


def speed(folder: Path, words: int) -> None:
    """Learn from that many words of pairs, both sides counted."""
    cases, _ = _spun(folder, _drawn(2_000), words // 2)
    count = sum(len(c.spun.split()) + len(c.gold.split()) for c in cases)
    begin, cpu = time.perf_counter(), time.process_time()
    learned = learn(cases, Restorer().engine.table)
    print(f"{count} words, {len(learned.proposed)} proposed, {len(learned.known)} known")
    print(f"{time.process_time() - cpu:.1f} s CPU, {time.perf_counter() - begin:.1f} s")


def _drawn(how_many: int) -> list[Entry]:
    """Return rows at random, one for each spun form and each original, none of which stands in another's way."""
    entries = [e for one in wordlist.read_all(store.list_files(store.packaged_lists())) for e in one.entries]
    entries = [e for e in entries if e.pos is not Pos.NAME and e.weight in (Weight.HABIT, Weight.USUAL) and not e.near]
    random.Random(1).shuffle(entries)
    taken: set[str] = set()
    rows = []
    for entry in entries:
        sides = {entry.original.lower(), entry.spun.lower()}
        if not sides & taken and re.fullmatch(r"[a-z' -]+", entry.original + entry.spun) and _common(entry.original):
            taken |= sides
            rows.append(entry)
    return rows[:how_many]


def _common(original: str) -> bool:
    from wordfreq import zipf_frequency

    return zipf_frequency(original, "en") > 4.2


def _spun(folder: Path, rows: list[Entry], words: int) -> tuple[list[Case], Counter[Entry]]:
    chance = random.Random(2)
    table = {o: (s, row) for row in rows for o, s in morph.all_forms(row.original, row.spun, row.pos)}
    pattern = re.compile(r"\b(" + "|".join(sorted(map(re.escape, table), key=len, reverse=True)) + r")(?!['’\w])")
    applied: Counter[Entry] = Counter()

    def change(match: re.Match[str]) -> str:
        if chance.random() > CHANGED:
            return match.group()
        spun, row = table[match.group()]
        applied[row] += 1
        return spun

    cases = []
    for name, text in _texts(folder, words):
        kept = [s for s in re.split(r"(?<=[.!?])\s+", text) if chance.random() > DROPPED]
        cases.append(Case(name, pattern.sub(change, " ".join(kept)), text))
    return cases, applied


def _texts(folder: Path, words: int) -> Iterator[tuple[str, str]]:
    """Yield articles of about a thousand words, taken from all files in turn."""
    pieces = []
    for path in sorted(folder.rglob("*.txt*")):
        data = path.read_bytes()
        text = (lzma.decompress(data) if path.suffix == ".xz" else data).decode("utf-8")
        paragraphs = text.split("\n\n")
        for i in range(0, len(paragraphs), 12):
            pieces.append((f"{path.name}:{i}", "\n\n".join(paragraphs[i : i + 12])))
    random.Random(3).shuffle(pieces)
    for name, piece in pieces:
        if words <= 0:
            return
        words -= len(piece.split())
        yield name, piece


def _cores(original: str, spun: str, pos: Pos) -> set[tuple[str, str]]:
    """Return the pairs of forms of a row, without the words that both sides begin or end with: those teach nothing."""
    return {
        _core(o.replace("-", " ").split(), s.replace("-", " ").split())
        for o, s in morph.all_forms(original.lower(), spun.lower(), pos)
    }


def _is_part(row: tuple[str, str, Pos], whole: set[tuple[str, str]]) -> bool:
    """Tell whether both sides of a row stand in those of a pair that was applied: a part of it is not false."""
    sides = [(f" {o} ".replace("-", " "), f" {s} ".replace("-", " ")) for o, s in whole]
    forms = morph.all_forms(*row)
    return any(f" {o} " in original and f" {s} " in spun for o, s in forms for original, spun in sides)


def _core(original: list[str], spun: list[str]) -> tuple[str, str]:
    while len(original) > 1 and len(spun) > 1 and original[0] == spun[0]:
        original, spun = original[1:], spun[1:]
    while len(original) > 1 and len(spun) > 1 and original[-1] == spun[-1]:
        original, spun = original[:-1], spun[:-1]
    return " ".join(original), " ".join(spun)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["families", "hidden", "speed"])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--rows", type=int, default=500)
    parser.add_argument("--least", type=int, default=LEAST)
    parser.add_argument("--words", type=int, default=1_000_000)
    options = parser.parse_args()
    if options.what == "families":
        families(options.folder, options.least)
    elif options.what == "hidden":
        hidden(options.folder, options.rows, options.words)
    else:
        speed(options.folder, options.words)
