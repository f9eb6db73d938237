"""The log form of a call, 《400热线电话接听记录单》 (B1, B3): its fields, its owner, and when it is due."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time
from enum import StrEnum

from hotline.domain import numbers
from hotline.domain.calendar import WorkCalendar, local_day
from hotline.domain.calls.call import Call, Party, PartyKind
from hotline.domain.calls.having import last_talk
from hotline.domain.deadlines.kept import ClockName
from hotline.domain.deadlines.term import NextWorkingDay

#: As a search calls a log form.
FORM = "form"

#: B2: until the record of a call of the duty mobile is written.
RECORD_CLOCK = ClockName("record")
#: B6: until the caller has heard from us as was promised.
PROMISE_CLOCK = ClockName("promise")
#: B5: until who could not be helped at once is answered.
ANSWER_CLOCK = ClockName("answer")

_TEXTS = ("content", "handling", "promise", "caller_name", "address", "follow_up_person")
_NUMBERS = ("number", "callback_number")


class Origin(StrEnum):
    """At which phone of ours the call was taken."""

    OPERATOR = "operator"
    DUTY = "duty"


class FormState(StrEnum):
    OPEN = "open"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class CallForm:
    """One call's record; a call is known by (`node`, `linkedid`).

    `owner`: the operator's extension, or the duty mobile's number as dialled; `owner_name` who that is. `number`: the
    caller's, empty when withheld. `region` None: nobody has written one, so the number's own counts. `solved` and
    `complaint` None: not said yet. `fields`: the further ones of the category, by their id. `due_at`: when it must be
    done (B2). `version` grows with every change.
    """

    node: str
    linkedid: str
    line: str
    number: numbers.Number
    called_at: datetime
    origin: Origin
    owner: str
    owner_name: str
    created_at: datetime
    updated_at: datetime
    updated_by: str
    state: FormState = FormState.OPEN
    version: int = 1
    customer_id: int | None = None
    caller_name: str = ""
    callback_number: str = ""
    region: str | None = None
    address: str = ""
    category: str = ""
    content: str = ""
    handling: str = ""
    solved: bool | None = None
    promise: str = ""
    promise_due_at: datetime | None = None
    promise_kept_at: datetime | None = None
    follow_up_person: str = ""
    complaint: bool | None = None
    fields: Mapping[str, str] = field(default_factory=dict, hash=False)
    due_at: datetime | None = None
    done_at: datetime | None = None
    done_by: str = ""
    id: int | None = None

    @property
    def is_done(self) -> bool:
        return self.state is FormState.DONE

    @property
    def promise_is_open(self) -> bool:
        """B6: something was promised for a time, and has not been kept yet."""
        return self.promise_due_at is not None and self.promise_kept_at is None

    @property
    def searched(self) -> tuple[tuple[str, str], ...]:
        """What words are looked for in: (field, its text), further ones of the category as "fields.<id>"."""
        texts = {name: getattr(self, name) for name in _TEXTS}
        further = {f"fields.{name}": value for name, value in self.fields.items()}
        return tuple((name, text) for name, text in {**texts, **further}.items() if text)

    @property
    def searched_numbers(self) -> tuple[tuple[str, str], ...]:
        """(field, its number in E.164): found whole or by their end only, whoever asks (A14)."""
        whole = ((name, numbers.normalise(getattr(self, name))) for name in _NUMBERS)
        return tuple((name, number) for name, number in whole if number)


@dataclass(frozen=True, slots=True)
class FormChange:
    """Who wrote what into a form when; `changed` holds the fields that changed, as they became."""

    form_id: int
    version: int
    at: datetime
    changed_by: str
    changed: Mapping[str, object] = field(hash=False)


#: What people write; all else follows from the call.
WRITTEN_FIELDS = (
    "customer_id",
    "caller_name",
    "callback_number",
    "region",
    "address",
    "category",
    "content",
    "handling",
    "solved",
    "promise",
    "promise_due_at",
    "follow_up_person",
    "complaint",
    "fields",
)


def owner_of(call: Call) -> Party | None:
    """Who of ours must write the call down: the operator who talks last, else who took it on a mobile; None for a call
    that nobody of ours took or that no customer answered, and for what was no call with a customer.

    A mobile after an operator is somebody whom the caller was passed on to: they have no console, so the record stays
    with the operator who passed the call on.
    """
    if not call.is_with_customer:
        return None
    ours = [talk for talk in call.talks if talk.party.kind in _OURS]
    last = last_talk([talk for talk in ours if talk.party.kind is not PartyKind.MOBILE]) or last_talk(ours)
    if last is None:
        return call.answered_by if call.answered_by and call.answered_by.kind in _OURS else None
    return last.party


_OURS = (PartyKind.OPERATOR, PartyKind.MOBILE, PartyKind.UNKNOWN)


def begun_form(call: Call, owner: Party, calendar: WorkCalendar, due: time, now: datetime) -> CallForm:
    """The open form of a call, with what the call itself tells."""
    number = numbers.NO_NUMBER if call.caller.withheld else call.caller.number
    on_duty = owner.kind is PartyKind.MOBILE
    return CallForm(
        node=call.node,
        linkedid=call.linkedid,
        line=call.line,
        number=number,
        called_at=call.started_at,
        origin=Origin.DUTY if on_duty else Origin.OPERATOR,
        owner=owner.id,
        owner_name=owner.name,
        created_at=now,
        updated_at=now,
        updated_by="",
        callback_number=call.callback_number or number,
        due_at=NextWorkingDay(due).due(call.started_at, calendar) if on_duty else None,
    )


def chosen_subject(call: Call) -> str:
    """What the caller chose last in the menus; "" when nothing."""
    return next((step.subject for step in reversed(call.menu) if step.subject), "")


def missing_fields(form: CallForm, required: Sequence[str], required_extra: Sequence[str]) -> list[str]:
    """Which fields keep the form from being done (B3): `required` ones of the category, its further ones as
    "fields.<id>", the category itself, and what goes with a promise: its words and its time (B6)."""
    wanted = ["category", *required]
    if form.promise.strip():
        wanted.append("promise_due_at")
    elif form.promise_due_at is not None:
        wanted.append("promise")
    missing = [name for name in dict.fromkeys(wanted) if _is_empty(getattr(form, name))]
    return missing + [f"fields.{name}" for name in required_extra if not form.fields.get(name, "").strip()]


def changed_fields(before: CallForm, after: CallForm) -> dict[str, object]:
    """The written fields that differ, as they became."""
    return {name: value for name in WRITTEN_FIELDS if (value := getattr(after, name)) != getattr(before, name)}


def may_correct(form: CallForm, now: datetime) -> bool:
    """A done form may still be corrected by its owner, on the day (Shanghai) it was done."""
    return form.done_at is not None and local_day(form.done_at) == local_day(now)


def _is_empty(value: object) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())
