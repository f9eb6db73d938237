"""All that an examiner's page needs of one examination, in one go: the result so far, the call's facts, its record, its
recording, what was said and what the rules found."""

from __future__ import annotations

from datetime import datetime

from pydantic import Field

from hotline.domain.calls.call import Party, PartyKind, Span
from hotline.domain.calls.having import our_holds
from hotline.domain.calls.ledger import StoredCall
from hotline.domain.errors import Forbidden
from hotline.domain.examination.records import Examination
from hotline.domain.people import Actor
from hotline.domain.recordings.recording import RecordingState
from hotline.domain.rights.acts import Act, may, may_ever
from hotline.services.access import may_hear
from hotline.services.examination.examinations import require_may_examine_again, viewing
from hotline.services.examination.quality_view import CallQualityView, quality_of
from hotline.services.examination.view import ExaminationPart, ExaminationView, examination_view
from hotline.services.forms.view import FormView, form_view
from hotline.services.quality.measuring import talk_recording
from hotline.services.said import SaidReason
from hotline.services.shown import caller_shown
from hotline.settings import Settings
from hotline.storage.calls.store import CallStore
from hotline.storage.forms.store import FormStore
from hotline.storage.transaction import Storage, Transaction


class SecondsView(ExaminationPart):
    """In seconds of the talk recording, or of the call where there is none; `to_second` null: to the end."""

    from_second: float
    to_second: float | None


class PassedOnView(ExaminationPart):
    second: float
    kind: str
    from_name: str
    to_name: str


class CallFactsView(ExaminationPart):
    """What the ledger says of the call. `hung_up_by`: a kind of party; empty: nobody, or not known."""

    call_id: int
    number_shown: str
    line: str
    started_at: datetime
    ended_at: datetime | None
    rings: int = Field(description="of the phone that was answered (A8)")
    ring_seconds: float
    wait_seconds: float
    talk_seconds: float
    hold_seconds: float
    hung_up_by: str
    holds: list[SecondsView]
    pauses: list[SecondsView] = Field(description="in which nothing was recorded (G2)")
    transfers: list[PassedOnView]
    remarks: list[str]


class SoundView(ExaminationPart):
    """The talk recording. `peaks`: its outline can be fetched. `kept`: it is in its final form. `may_hear`: whoever
    asks is allowed to."""

    id: int
    state: RecordingState
    seconds: float | None
    problem: SaidReason
    kept: bool
    peaks: bool
    may_hear: bool


class SheetView(ExaminationPart):
    """`call` is null where the ledger does not hold it any more, `sound` where nothing was recorded."""

    examination: ExaminationView
    call: CallFactsView | None
    form: FormView | None = Field(description="the call's log form (B1)")
    sound: SoundView | None
    quality: CallQualityView | None
    may_comment: bool
    may_show_as_example: bool
    may_let_caller_be_heard: bool = Field(description="in an example, with a reason")


def view_sheet(storage: Storage, settings: Settings, examination_id: int, actor: Actor, now: datetime) -> SheetView:
    """As this person may see it; the view is written down (F8). Raises NotFound, Forbidden."""
    with viewing(storage, examination_id, actor, now) as (tx, examination):
        shown = examination_view(tx, settings, examination, actor, now)
        stored = CallStore(tx).by_id(shown.call_id) if shown.call_id is not None else None
        hears = stored is not None and may_hear(tx, stored.call, actor)
        return SheetView(
            examination=shown,
            call=_facts(stored, actor) if stored else None,
            form=_form(tx, settings, stored, actor, now) if stored else None,
            sound=sound_view(tx, stored, actor) if stored else None,
            quality=quality_of(tx, settings, stored) if stored and hears else None,
            may_comment=_may_comment(tx, examination, actor),
            may_show_as_example=hears and may(Act.MARK_EXAMPLE, actor.roles),
            may_let_caller_be_heard=may(Act.LET_CALLER_BE_HEARD, actor.roles),
        )


def _may_comment(tx: Transaction, found: Examination, actor: Actor) -> bool:
    if not may_ever(Act.EXAMINE, actor.roles):
        return False
    try:
        require_may_examine_again(tx, found, actor)
    except Forbidden:
        return False
    return True


def _facts(stored: StoredCall, actor: Actor) -> CallFactsView:
    call, entry = stored.call, talk_recording(stored)
    begin = entry.started_at if entry else call.started_at
    answered = next((ring for ring in call.rings if ring.result == "answered"), None)
    return CallFactsView(
        call_id=stored.id,
        number_shown=caller_shown(call.caller, may(Act.SEE_NUMBERS, actor.roles)),
        rings=answered.rings if answered else 0,
        hung_up_by=call.hang_up.by.kind if call.hang_up else "",
        holds=[_stretch(each, begin) for each in our_holds(call)],
        pauses=[_stretch(each, begin) for each in call.pauses],
        transfers=[
            PassedOnView(
                second=_second(each.at, begin),
                kind=each.kind,
                from_name=_name(each.from_party),
                to_name=_name(each.to_party),
            )
            for each in call.transfers
        ],
        remarks=list(call.remarks),
        **{name: getattr(call, name) for name in _AS_IT_IS},
    )


_AS_IT_IS = ("line", "started_at", "ended_at", "ring_seconds", "wait_seconds", "talk_seconds", "hold_seconds")


def _stretch(span: Span, begin: datetime) -> SecondsView:
    return SecondsView(
        from_second=_second(span.started_at, begin), to_second=_second(span.ended_at, begin) if span.ended_at else None
    )


def _second(at: datetime, begin: datetime) -> float:
    return round((at - begin).total_seconds(), 2)


def _name(party: Party) -> str:
    """Never a number (A14)."""
    return party.name or (party.id if party.kind is PartyKind.OPERATOR else "")


def _form(tx: Transaction, settings: Settings, stored: StoredCall, actor: Actor, now: datetime) -> FormView | None:
    call = stored.call
    form = FormStore(tx).of_calls(call.node, [call.linkedid]).get(call.linkedid)
    return form_view(tx, settings, form, actor, now) if form else None


def sound_view(tx: Transaction, stored: StoredCall, actor: Actor) -> SoundView | None:
    """None where nothing was recorded."""
    entry = talk_recording(stored)
    if entry is None or entry.id is None:
        return None
    return SoundView(
        id=entry.id,
        state=entry.state,
        seconds=entry.seconds,
        problem=entry.problem,
        kept=entry.kept_at is not None,
        peaks=bool(entry.peaks_path),
        may_hear=may_hear(tx, stored.call, actor),
    )
