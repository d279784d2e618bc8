"""The keys that decide: one place, all like it, undo and redo, the reader's own wordlist."""

from __future__ import annotations

from uuid import uuid4

from rich.text import Text

from unspin.model import Pos
from unspin.review import choices
from unspin.review.layout import brief, counted, one_line
from unspin.review.navigate import following, wraps
from unspin.review.screen.base import Frame
from unspin.review.screen.dialogs import Prompt
from unspin.review.session import Decide, Place, Redo, Step, Undo


class Deciding(Frame):
    """What the deciding keys do; methods are named after actions."""

    @property
    def place(self) -> Place | None:
        """The place that is looked at."""
        return self.sheet.session.place(self.current) if self.sheet and self.current else None

    def do_accept(self) -> None:
        """Take the suggestion, and go on."""
        if self.place:
            self._decide(choices.accept(self.place))

    def do_reject(self) -> None:
        """Leave the text, and go on."""
        if self.place:
            self._decide(choices.reject(self.place))

    def do_reset(self) -> None:
        """Decide nothing here."""
        if self.place:
            self.happen(choices.word(self.place, None))
            self.go(self.current)

    def choose(self, n: int) -> None:
        """Take wording `n` of the list, from 1."""
        if self.place is None:
            return
        listed = choices.wordings(self.place)
        if n > len(listed):
            self.say(f"there are {len(listed)} wordings here; e takes one of your own")
            return
        self._decide(choices.word(self.place, listed[n - 1][0]))

    def do_reword(self) -> None:
        """Ask for a wording."""
        place = self.place
        if place is None:
            return
        offered = place.wording if place.decision is not None or not place.edit else place.edit.after

        def answered(wording: str | None) -> None:
            if wording is not None:
                self._decide(choices.word(place, wording if wording != one_line(offered) else offered))

        question = Text("In place of: ").append(brief(place.before), self.palette.removed)
        self.push_screen(Prompt(question, offered), answered)

    def do_accept_alike(self) -> None:
        """Accept all like this here."""
        self._rule_here(accept=True)

    def do_reject_alike(self) -> None:
        """Reject all like this here."""
        self._rule_here(accept=False)

    def do_accept_everywhere(self) -> None:
        """Accept all like this in all files."""
        self._rule_everywhere(accept=True)

    def do_reject_everywhere(self) -> None:
        """Reject all like this in all files."""
        self._rule_everywhere(accept=False)

    def do_never(self) -> None:
        """Note in the reader's wordlist never to suggest this again, and reject it everywhere."""
        self._note(accept=False)

    def do_always(self) -> None:
        """Add the pair to the reader's wordlist, and accept it everywhere."""
        self._note(accept=True)

    def do_undo(self) -> None:
        """Take the last step back, in all files it was made in."""
        if self.sheet is None or not self.sheet.session.done:
            self.say("nothing to undo")
            return
        step = self.sheet.session.done[-1]
        self.happen(Undo())
        later = self._undo_elsewhere(step.group) if step.group else 0
        kept = f"; not in {counted(later, 'other file')}, where you decided something since" if later else ""
        self._look_at(step, "undone", kept)

    def _undo_elsewhere(self, group: str) -> int:
        """Take a step back in the other files it was made in; returns in how many it is not the last step."""
        self.rules = [rule for rule in self.rules if rule.group != group]
        later = 0
        for name in [name for name in self.sheets if name != self.looking.name]:
            done = self.sheets[name].session.done
            if done and done[-1].group == group:
                self.happen(Undo(), name)
            else:
                later += any(step.group == group for step in done)
        return later

    def do_redo(self) -> None:
        """Do again what was undone, in all files it was made in."""
        if self.sheet is None or not self.sheet.session.undone:
            self.say("nothing to do again")
            return
        step = self.sheet.session.undone[-1]
        self.happen(Redo())
        for name, sheet in self.sheets.items():
            undone = sheet.session.undone
            if step.group and name != self.looking.name and undone and undone[-1].group == step.group:
                self.happen(Redo(), name)
        self._look_at(step, "done again")

    def _look_at(self, step: Step, what: str, more: str = "") -> None:
        if len(step.changes) > 1 or more:
            self.say(f"{what}: {counted(len(step.changes), 'place')}{more}")
        self.go(step.changes[0].span)

    def _decide(self, event: Decide) -> None:
        self.happen(event)
        self.move_on()

    def move_on(self, *, backwards: bool = False) -> None:
        """Go to the following place; tells if there is none, or if the way led past the end."""
        sheet, looking, current = self.sheet, self.looking, self.current
        if sheet is None:
            return
        span = following(sheet.session, current, looking.order, looking.among, backwards=backwards)
        if span is None:
            self.say("no other place" if looking.among.value == "all" else f"no other {looking.among} place here")
        elif current and wraps(sheet.session, current, span, looking.order, backwards=backwards):
            self.say("from the end again" if backwards else "from the top again")
        self.go(span or current)

    def _rule_here(self, *, accept: bool) -> None:
        if self.place is None or self.sheet is None:
            return
        event = choices.ruled(self.sheet.session, choices.rule(self.place, accept=accept))
        self.happen(event)
        self.say(f"{'accepted' if accept else 'rejected'} in {counted(len(event.wordings), 'place')}")
        self.move_on()

    def _rule_everywhere(self, *, accept: bool, also: str = "") -> None:
        if self.place is None:
            return
        rule = choices.rule(self.place, accept=accept, group=uuid4().hex[:12])
        self.rules.append(rule)
        counts = []
        for name, sheet in tuple(self.sheets.items()):
            event = choices.ruled(sheet.session, rule)
            if event.wordings:
                self.happen(event, name)
                counts.append(len(event.wordings))
        waiting = len(self.run_given.names) - len(self.sheets) - len(self.failed)
        where = f"in {counted(sum(counts), 'place')} of {counted(len(counts), 'file')}"
        later = f"; {counted(waiting, 'file')} still to be read will follow" if waiting else ""
        self.say(f"{also}{'accepted' if accept else 'rejected'} {where}{later}")
        self.move_on()

    def _note(self, *, accept: bool) -> None:
        place = self.place
        if place is None:
            return
        entry = place.edit.entry if place.edit else None
        original = entry.original if entry else place.edit.after if place.edit and not accept else place.wording
        spun, pos = (entry.spun, entry.pos) if entry else (place.before, Pos.PHRASE)
        if entry and accept and place.decision not in (None, place.before, place.edit.after if place.edit else ""):
            original, spun, pos = place.wording, place.before, Pos.PHRASE
        if not accept and place.edit is None:
            self.say("nothing suggests this; r takes your addition back")
            return
        try:
            note = self.run_given.note_always if accept else self.run_given.note_never
            said = f"noted in {note(original, spun, str(pos))}; "
        except (OSError, ValueError) as error:
            said = f"not noted, {error}; "
        self._rule_everywhere(accept=accept, also=said)
