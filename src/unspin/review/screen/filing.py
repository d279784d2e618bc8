"""The keys about files: saving, going from one to another, leaving."""

from __future__ import annotations

from rich.text import Text

from unspin.review import desk
from unspin.review.layout import brief, counted
from unspin.review.screen.dialogs import Files, Help, Question
from unspin.review.screen.moving import Moving
from unspin.review.session import Standing


class Filing(Moving):
    """What the keys about files do; methods are named after actions.  `finished`: standard input is to be printed."""

    finished = False

    def do_save(self) -> None:
        """Write the file as decided."""
        if self.sheet is None:
            return
        if self.looking.name == "-":
            self._finish()
        else:
            self._save(self.looking.name)

    def do_save_all(self) -> None:
        """Write every file that was looked at or decided on."""
        names = [n for n, s in self.sheets.items() if n != "-" and (n in self.visited or s.unsaved)]
        written = [name for name in names if self._save(name, quiet=True)]
        missed = f", {len(names) - len(written)} not" if len(written) < len(names) else ""
        self.say(f"{counted(len(written), 'file')} saved{missed}")

    def _save(self, name: str, *, overwrite: bool = False, quiet: bool = False) -> bool:
        sheet = self.sheets[name]
        try:
            self.sheets[name] = desk.save(sheet, overwrite=overwrite)
        except desk.ChangedError:
            if not quiet:
                self._ask_about_change(name)
            return False
        except (OSError, ValueError) as error:
            self.say(f"not saved: {error}", bad=True)
            return False
        if not quiet:
            self.say(f"saved {name}")
        self.draw()
        return True

    def _ask_about_change(self, name: str) -> None:
        def answered(key: str | None) -> None:
            if key == "o":
                self._save(name, overwrite=True)
            elif key == "l":
                self.sheets.pop(name).journal.close()
                self.looking.places.pop(name, None)
                self.read(name)
                self.draw()

        question = Text(f"{brief(name)} has changed since it was read here.")
        answers = [("l", "load it again, and carry over what was decided"), ("o", "overwrite it with this review's text")]
        self.push_screen(Question(question, answers), answered)

    def read(self, name: str) -> None:
        """Read a file next."""
        raise NotImplementedError

    def do_files(self) -> None:
        """Show all files; go to the one chosen."""

        def answered(name: str | None) -> None:
            if name is not None:
                self.open(name)

        self.push_screen(Files([(n, self._state(n)) for n in self.run_given.names], self.looking.name), answered)

    def open(self, name: str) -> None:
        """Look at a file, reading it first if need be."""
        self.looking.name, self.looking.found, self.looking.marked = name, None, None
        if name in self.sheets:
            self.visited.add(name)
        elif name not in self.failed:
            self.read(name)
        self.draw(reveal=self.current)

    def do_next_file(self) -> None:
        """Look at the next file."""
        self._beside(1)

    def do_previous_file(self) -> None:
        """Look at the previous file."""
        self._beside(-1)

    def _beside(self, step: int) -> None:
        names = self.run_given.names
        self.open(names[(names.index(self.looking.name) + step) % len(names)])

    def _state(self, name: str) -> str:
        if name in self.failed:
            return "cannot be read"
        if name not in self.sheets:
            return "not read yet"
        sheet = self.sheets[name]
        total, questions = len(sheet.session.places.spans), sheet.session.tally[Standing.OPEN]
        kept = ", not saved" if sheet.unsaved else ", saved" if sheet.saved else ""
        return f"{questions} open, {len(sheet.session.decisions)}/{total} decided{kept}"

    def do_help(self) -> None:
        """Show every key."""
        self.push_screen(Help(self.run_given.actions, self.palette))

    def do_theme(self) -> None:
        """Change between dark and light."""
        self.theme = "textual-light" if self.current_theme.dark else "textual-dark"
        self.draw()

    def do_quit(self) -> None:
        """Leave; what was decided is kept.  For standard input, ask whether to print."""
        if self.looking.name != "-" and "-" not in self.sheets:
            self.exit()
            return

        def answered(key: str | None) -> None:
            if key == "p":
                self._finish()
            elif key == "q":
                self.exit()

        answers = [("p", "print the text as decided, and leave"), ("q", "leave without printing; decisions are kept")]
        self.push_screen(Question(Text("This text came through a pipe."), answers), answered)

    def _finish(self) -> None:
        self.finished = True
        self.exit()

    async def action_quit(self) -> None:
        """Leave, as Textual's own key for it."""
        self.do_quit()
