"""Why matching walks tokens through a hash table: the same table as an Aho-Corasick automaton, built and scanned here.

usage: python bench/matching.py        prints CPU seconds; both find the same occurrences, or it says so.
"""

from __future__ import annotations

import time
from bisect import bisect_left
from pathlib import Path

from ahocorasick_rs import AhoCorasick

from unspin.engine.match import occurrences
from unspin.lexicon.store import open_table
from unspin.text.document import read

SAMPLES = Path(__file__).parents[1] / "samples"


def main() -> None:
    text = "\n".join(p.read_text("utf-8") for p in sorted(SAMPLES.glob("*.txt"))) * 200
    document, table = read(text), open_table()
    table.nodes  # noqa: B018  built once, as a Restorer does
    start = time.process_time()
    walked = {
        (i, j) for a, b in document.sentence_bounds() for i, j, _, suffix in occurrences(document, table, a, b) if not suffix
    }
    print(f"walking tokens: build 0.00 s, scan {time.process_time() - start:.2f} s, {len(walked)} places")

    start = time.process_time()
    automaton = AhoCorasick([f" {form} " for form in table.forms])
    built = time.process_time() - start
    start = time.process_time()
    # Keys joined by their gaps; a hard gap becomes a character that no form holds.
    pieces, offsets, position = [" "], [], 1
    for key, gap in zip(document.keys, document.gaps, strict=True):
        offsets.append(position)
        joint = " " if gap == " " else f"{gap.strip()} " if gap.strip("\0") else " \0 "
        pieces.append(key + joint)
        position += len(key) + len(joint)
    found = set()
    for _, begin, end in automaton.find_matches_as_indexes("".join(pieces), overlapping=True):
        found.add((bisect_left(offsets, begin + 1), bisect_left(offsets, end - 1)))
    print(f"automaton: build {built:.2f} s, scan {time.process_time() - start:.2f} s, {len(found)} places")


if __name__ == "__main__":
    main()
