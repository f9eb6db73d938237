"""What was typed into a page of settings, beside what the page had shown: so that two people at once lose nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from werkzeug.datastructures import MultiDict

from hotline.domain.errors import Conflict
from hotline.domain.reasons import Reason, because
from hotline.domain.text import one_line
from hotline.services.settings.figures import value_or_none
from hotline.services.settings.on_page import ChangedMeanwhile
from hotline.services.settings.settings import WrongSettings
from hotline.settings import Settings
from hotline.settings.plain import plain
from hotline.web.settings.inputs import Input, State, mark, state_of, typed_state, value_typed, wrong_rows

#: Before the key: the field that says what the page had shown, and the one that empties a secret.
SEEN, EMPTIED = "seen:", "empty:"

#: Keys that are to be as the files say again.
AS_FILE = "as_file"


@dataclass
class SettingForm:
    """`sent`: None at first. `both`: what somebody else has changed since to something else than was typed. `adds`:
    what is typed is not there yet."""

    inputs: Sequence[Input]
    sent: MultiDict[str, str] | None = None
    both: tuple[str, ...] = field(default=())
    adds: bool = False

    def state(self, each: Input, settings: Settings) -> State:
        """What stands in it: what was typed; what is in force where this person has typed nothing of their own."""
        if self.sent is not None and (each.secret or self._is_mine(each)):
            return typed_state(each, self.sent)
        return state_of(each, value_or_none(settings, each.key))

    def seen(self, each: Input, settings: Settings) -> str:
        """What is sent along next: what the page shows now, or of something typed what it had shown before it."""
        if self.sent is not None and self._is_mine(each) and each.key not in self.both:
            return self.sent.get(f"{SEEN}{each.key}", "")
        return mark(each, state_of(each, value_or_none(settings, each.key)))

    def is_emptied(self, each: Input) -> bool:
        return self.sent is not None and f"{EMPTIED}{each.key}" in self.sent

    def changes(self, current: Settings) -> dict[str, Any]:
        """By key what this person has changed, against what is in force now. Raises ChangedMeanwhile, WrongSettings."""
        assert self.sent is not None
        again = set(self.sent.getlist(AS_FILE))
        found: dict[str, Any] = {}
        problems: dict[str, Reason] = {}
        both: list[str] = []
        for each in self.inputs:
            if each.key in again:
                found[each.key] = None
                continue
            if not self._is_mine(each):
                continue
            state = typed_state(each, self.sent)
            now = mark(each, state_of(each, value_or_none(current, each.key)))
            if not each.secret and now == mark(each, state):
                continue
            if not self.adds and now != self.sent.get(f"{SEEN}{each.key}", ""):
                both.append(each.key)
            if wrong := wrong_rows(each, state):
                problems[each.key] = wrong
            found[each.key] = value_typed(each, state)
        if both:
            self.both = tuple(both)
            raise ChangedMeanwhile(self.both)
        if problems:
            raise WrongSettings(problems)
        return found

    def _is_mine(self, each: Input) -> bool:
        """Whether something else was typed than the page had shown."""
        assert self.sent is not None
        if each.secret:
            return bool(self.sent.get(each.key, "").strip()) or self.is_emptied(each)
        if f"{SEEN}{each.key}" not in self.sent:
            return False
        return mark(each, typed_state(each, self.sent)) != self.sent[f"{SEEN}{each.key}"]


@dataclass
class EntryForm(SettingForm):
    """One entry of a table, decided as a whole: what it has now, with what was typed. `entry`: as its inputs are
    called. `target`: what is decided, which is another while it is added."""

    entry: str = ""
    target: str = ""

    def changes(self, current: Settings) -> dict[str, Any]:
        there = value_or_none(current, self.target)
        if self.adds and there is not None:
            raise Conflict("settings.entry_there", entry=self.target, field="name")
        typed = super().changes(current)
        if not typed and not self.adds:
            return {}
        entry: dict[str, Any] = plain(there) if there is not None else {}
        for key, value in typed.items():
            _put(entry, key.removeprefix(f"{self.entry}.").split("."), value)
        return {self.target: entry}

    def at_inputs(self, problems: Mapping[str, Reason]) -> dict[str, list[Reason]]:
        """As `at_inputs`; what is wrong with the entry's name stands under "name"."""
        placed = {}
        for place, reason in problems.items():
            inner = place == self.target or _within(place, self.target)
            placed[self.entry + place.removeprefix(self.target) if inner else place] = reason
        own = placed.pop(self.entry, None)
        return at_inputs(placed, self.inputs) | ({"name" if self.adds else "": [own]} if own is not None else {})

    def _is_mine(self, each: Input) -> bool:
        """All that is typed for a new one is, but for what is left empty."""
        if not self.adds or self.sent is None:
            return super()._is_mine(each)
        return bool(typed_state(each, self.sent)) and not (each.optional and not typed_state(each, self.sent))


def _put(entry: dict[str, Any], path: Sequence[str], value: Any) -> None:
    """None: it is not given any more."""
    for name in path[:-1]:
        entry = entry.setdefault(name, {})
    if value is None:
        entry.pop(path[-1], None)
    else:
        entry[path[-1]] = value


def at_inputs(problems: Mapping[str, Reason], inputs: Sequence[Input]) -> dict[str, list[Reason]]:
    """Each at the input that it is about, an entry's row by its name; what belongs to none stands under ""."""
    found: dict[str, list[Reason]] = {}
    for place, reason in problems.items():
        key = max((each.key for each in inputs if _within(place, each.key)), key=len, default="")
        row = place.removeprefix(f"{key}.").split(".")[0] if key and _within(place, key) and place != key else ""
        told = because("settings.in_row", row=row, what=reason) if row else reason
        if not key:
            told = because("settings.not_taken", key=place, expected=reason)
        found.setdefault(key, []).append(told)
    return found


def _within(place: str, key: str) -> bool:
    return f"{place}.".startswith(f"{key}.")


def reason_typed(text: str | None) -> str:
    return one_line(text or "")
