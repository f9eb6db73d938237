"""What the pop says of a caller: repeated calls (B8) and what earlier calls were about. Pure."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from hotline.domain.calls.call import Call, PartyKind
from hotline.domain.calls.having import last_talk

#: As much of what a form says as fits a line of the screen.
SHORT = 60


@dataclass(frozen=True, slots=True)
class EarlierCall:
    """An earlier call of the same number, with what its form says; "" without a form."""

    call_id: int
    call: Call
    category: str = ""
    content: str = ""


@dataclass(frozen=True, slots=True)
class EarlierForm:
    """What is read of a record when its caller calls again: what it was about, what was promised (B6), and who the
    caller said they are. `state` and `owner` as of the record."""

    form_id: int
    node: str
    linkedid: str
    called_at: datetime
    category: str
    promise: str = ""
    promise_due_at: datetime | None = None
    promise_kept_at: datetime | None = None
    caller_name: str = ""
    state: str = ""
    owner: str = ""

    @property
    def promise_is_open(self) -> bool:
        """As hotline.domain.forms.form.CallForm has it."""
        return self.promise_due_at is not None and self.promise_kept_at is None


@dataclass(frozen=True, slots=True)
class Repeated:
    """`count` earlier calls about `category`; the latest was at `last_at`."""

    category: str
    count: int
    last_at: datetime


def repeated(forms: Sequence[EarlierForm], about: Collection[str]) -> Repeated | None:
    """B8: how often this caller was here about the same thing. `forms`: of earlier calls within the days of the rule,
    newest first. `about`: the categories that the caller's choice in the menus stands for. Until this call's form says
    more, the latest call about one of them counts, else the latest there is."""
    known = [form for form in forms if form.category]
    if not known:
        return None
    latest = next((form for form in known if form.category in about), known[0])
    same = [form for form in known if form.category == latest.category]
    return Repeated(latest.category, len(same), latest.called_at)


def latest_named(forms: Sequence[EarlierForm]) -> EarlierForm | None:
    """The newest of these forms, newest first, in which somebody wrote who the caller is."""
    return next((form for form in forms if form.caller_name), None)


def last_operator(call: Call) -> str:
    """Who had the caller last: after a transfer that is who took them over. The extension, or ""."""
    talks = [talk for talk in call.talks if talk.party.kind is PartyKind.OPERATOR]
    last = last_talk(talks)
    party = last.party if last else None if call.talks else call.answered_by
    return party.id if party and party.kind is PartyKind.OPERATOR else ""


def shortened(text: str, length: int = SHORT) -> str:
    """On one line, cut at `length` characters."""
    line = " ".join(text.split())
    return line if len(line) <= length else line[: length - 1] + "…"
