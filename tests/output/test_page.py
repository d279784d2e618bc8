"""HTML pages: everything escaped, nothing loaded, one script that the policy names."""

from __future__ import annotations

import base64
import hashlib
import io
import json
import re
from html.parser import HTMLParser

from unspin.model import Restoration
from unspin.output.hunks import hunks, packed, unpacked
from unspin.output.page import diff_page, write_run_page
from unspin.restorer import Restorer

HOSTILE = "</script><script>alert(1)</script><img src=x onerror=alert(2)> \x1b[31m ' \" & \u202e <!-- "


class Elements(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text: dict[str, str] = {}
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        if self.tags:
            key = self.tags[-1][0] + "#" + (self.tags[-1][1].get("id") or "")
            self.text[key] = self.text.get(key, "") + data


def check_policy(page: str) -> None:
    policy = next(a["content"] or "" for t, a in Elements(page).tags if a.get("http-equiv") == "Content-Security-Policy")
    assert policy.startswith("default-src 'none'")
    allowed = set(re.findall(r"'sha256-([^']+)'", policy))
    blocks = re.findall(r"<(?:style|script)>(.*?)</(?:style|script)>", page, re.DOTALL)
    assert {base64.b64encode(hashlib.sha256(b.encode()).digest()).decode() for b in blocks} == allowed
    loaded = [a[name] or "" for _, a in Elements(page).tags for name in ("src", "href", "data", "action") if name in a]
    assert all(address.startswith("data:") for address in loaded)


def restored(restorer: Restorer) -> Restoration:
    spun = "The 2 international locations mentioned on Monday that their civil battle is over."
    return restorer.restore(f"{HOSTILE}\n{spun}\n{spun} {HOSTILE}\n")


def test_a_page_of_one_text_shows_both_sides_and_runs_nothing(restorer: Restorer) -> None:
    page = diff_page(restored(restorer), HOSTILE + "\n")
    elements = Elements(page)
    names = {tag for tag, _ in elements.tags}
    assert not names & {"script", "img"}
    assert "\x1b" not in page and "\u202e" not in page
    assert "civil <del>battle</del>" in page
    assert re.search(r'civil <ins data-reason="\d+ %: [^"<]*" aria-description="[^"]*" tabindex="0">war</ins>', page)
    assert [a.get("scope") for t, a in elements.tags if t == "th"].count("row") == 4
    check_policy(page)


def test_a_page_of_a_run_holds_its_rows_as_data(restorer: Restorer) -> None:
    details = {"hunks": hunks(restored(restorer)), "more": 0}
    file = io.StringIO()
    write_run_page(
        file,
        title=HOSTILE,
        signature=HOSTILE,
        notice=HOSTILE,
        totals={HOSTILE: HOSTILE},
        panels=[(HOSTILE, [(HOSTILE, 3), ("none", 0)])],
        rows=[{"path": HOSTILE}, {"path": "b"}],
        details=[packed(details), b""],
    )
    page = file.getvalue()
    elements = Elements(page)
    assert [t for t, _ in elements.tags if t in ("script", "img")] == ["script"] * 3
    assert json.loads(elements.text["script#rows"]) == [{"path": HOSTILE}, {"path": "b"}]
    first, second = elements.text["script#details"].split()
    assert unpacked(base64.b64decode(first[1:])) == details
    assert second == "="
    check_policy(page)


def test_hunks_hold_the_edits_and_little_else(restorer: Restorer) -> None:
    spun = "They mentioned a civil battle of 2 international locations."
    text = "\n".join([spun, *["The river was low."] * 60, spun, "x " * 900 + spun + " y" * 900])
    restoration = restorer.restore(text)
    found = hunks(restoration)
    assert [line for line, _ in found] == [1, 62, 63]
    assert sum(len(s) for _, segments in found for s in segments if isinstance(s, str)) < 900
    assert [s[:2] for _, segments in found for s in segments if not isinstance(s, str)] == [
        [e.before, e.after] for e in restoration.edits
    ]
    assert found[2][1][0] == found[2][1][-1] == "…"
    assert len(hunks(restoration, most=2)) == 1


def test_a_whole_text_is_one_hunk(restorer: Restorer) -> None:
    restoration = restored(restorer)
    segments = hunks(restoration, full=True)[0][1]
    after = "".join(s if isinstance(s, str) else s[1] for s in segments)
    assert after.count("\n") == restoration.text.count("\n")
