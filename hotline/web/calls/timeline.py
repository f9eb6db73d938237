"""A call told in order: what happened, when, and how long it took."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import Flask
from flask_babel import LazyString, gettext, ngettext

from hotline.domain.calls.call import BY_CALLER, Call, Direction, Party, PartyKind, Ring
from hotline.domain.operators.presence import TransferOrder
from hotline.web.calls import labels
from hotline.web.kit.formats import duration
from hotline.web.kit.labels import label
from hotline.web.kit.who import operator_then
from hotline.web.line.labels import REASONS
from hotline.web.recordings.labels import RECORDING_KINDS

#: A8: an operator answers within three rings, 15 s.
RING_LIMIT_SECONDS = 15


@dataclass(frozen=True)
class TimelineStep:
    """`offset`: seconds since the call began; `rule`: id of the rule that this step breaks."""

    at: datetime
    offset: float
    icon: str
    tone: str
    title: str
    detail: str = ""
    rule: str = ""


def is_slow(call: Call, ring: Ring) -> bool:
    """A8: an operator's phone rang longer than three rings for a caller; where we call, nobody waits for us."""
    too_long = ring.party.kind is PartyKind.OPERATOR and ring.seconds > RING_LIMIT_SECONDS
    return too_long and call.direction is not Direction.DIALLED


def steps(call: Call, orders: Sequence[TransferOrder] = ()) -> list[TimelineStep]:
    """Everything that happened on the call, oldest first; what happened at one moment stays in its natural order."""
    started = call.started_at
    told = [
        TimelineStep(at, max((at - started).total_seconds(), 0.0), icon, tone, str(title), str(detail), rule)
        for told in (
            *(
                part(call)
                for part in (
                    _arrival,
                    _menu,
                    _routes,
                    _queues,
                    _rings,
                    _talks,
                    _holds,
                    _pauses,
                    _consultations,
                    _transfers,
                    _recordings,
                    _asked,
                    _end,
                )
            ),
            _orders(orders),
        )
        for at, icon, tone, title, detail, rule in told
    ]
    return sorted(told, key=lambda step: step.at)


_Told = Iterator[tuple[datetime, str, str, str | LazyString, str | LazyString, str]]


def _arrival(call: Call) -> _Told:
    if call.direction is Direction.DIALLED:
        yield call.started_at, "phone-outgoing", "info", gettext("We dial"), "", ""
        if call.answered_at:
            yield call.answered_at, "phone-call", "info", gettext("The customer answers"), "", ""
        return
    yield call.started_at, "phone-incoming", "info", gettext("Call arrives"), call.dialled, ""
    if call.answered_at:
        yield call.answered_at, "phone-call", "info", gettext("The line answers"), "", ""


def _menu(call: Call) -> _Told:
    for step in call.menu:
        title = gettext("Presses %(key)s", key=step.key) if step.key else gettext("Presses nothing")
        detail = " · ".join(part for part in (step.subject, labels.target_name(step.target)) if part)
        yield step.at, "list-numbers", "muted" if step.key else "warn", title, detail, ""


def _routes(call: Call) -> _Told:
    for route in call.routes:
        # The target of a duty route is mobile numbers, which are not given away (A14): the rings say who.
        target = labels.queue_name(route.target) if route.kind == "queue" else ""
        detail = " · ".join(part for part in (target, str(label(REASONS, route.reason).text)) if part)
        yield route.at, "route", "muted", label(labels.ROUTE_KINDS, route.kind).text, detail, ""


def _queues(call: Call) -> _Told:
    for stay in call.queues:
        yield stay.joined_at, "clock", "wait", gettext("Begins to wait"), labels.queue_name(stay.queue), ""
        if stay.left_at:
            result = label(labels.QUEUE_RESULTS, stay.result)
            waited = duration((stay.left_at - stay.joined_at).total_seconds())
            title = gettext("Waited %(time)s: %(result)s", time=waited, result=result.text)
            yield stay.left_at, "clock", result.tone, title, "", ""


def _rings(call: Call) -> _Told:
    for ring in call.rings:
        result = label(labels.RING_RESULTS, ring.result)
        icon = "device-mobile" if ring.party.kind is PartyKind.MOBILE else "phone-calling"
        title = gettext("Rings at %(who)s", who=labels.party_name(ring.party))
        detail = ngettext(
            "%(time)s, %(num)s ring: %(result)s",
            "%(time)s, %(num)s rings: %(result)s",
            ring.rings,
            time=duration(ring.seconds),
            result=result.text,
        )
        yield ring.started_at, icon, result.tone, title, detail, "A8" if is_slow(call, ring) else ""


def _talks(call: Call) -> _Told:
    for talk in call.talks:
        length = duration((talk.ended_at - talk.started_at).total_seconds()) if talk.ended_at else ""
        title = gettext("Talks with %(who)s", who=labels.party_name(talk.party))
        yield talk.started_at, "headset", "ok", title, length, ""


def _holds(call: Call) -> _Told:
    for hold in call.holds:
        length = duration((hold.ended_at - hold.started_at).total_seconds()) if hold.ended_at else ""
        title = gettext("The caller put us on hold") if hold.by == BY_CALLER else gettext("Put on hold")
        yield hold.started_at, "player-pause", "wait", title, length, ""


def _pauses(call: Call) -> _Told:
    for pause in call.pauses:
        length = duration((pause.ended_at - pause.started_at).total_seconds()) if pause.ended_at else ""
        yield pause.started_at, "shield-lock", "muted", gettext("Recording paused"), length, ""


def _consultations(call: Call) -> _Told:
    for asked in call.consultations:
        title = gettext(
            "%(who)s consults %(asked)s", who=labels.party_name(asked.by), asked=labels.party_name(asked.asked)
        )
        length = duration((asked.ended_at - asked.started_at).total_seconds()) if asked.ended_at else ""
        yield asked.started_at, "users", "info", title, length, ""


def _asked(call: Call) -> _Told:
    """What they pressed stands with the rating, which not everybody may see."""
    if call.asked is not None:
        by = label(labels.HANDED_BY, call.asked.by.value).text
        yield call.asked.at, "circle-check", "info", gettext("Is asked how the call was"), by, ""


def _orders(orders: Sequence[TransferOrder]) -> _Told:
    """What the phones did says `_transfers`; this is why (A12)."""
    for order in orders:
        who = operator_then(order.from_extension, order.at)
        title = gettext("%(who)s orders a transfer to %(to)s", who=who, to=order.to_name)
        state = label(labels.TRANSFER_STATES, order.state)
        detail = " · ".join(part for part in (order.reason, str(state.text)) if part)
        yield order.at, "switch-horizontal", state.tone, title, detail, ""


def _transfers(call: Call) -> _Told:
    for transfer in call.transfers:
        who = f"{labels.party_name(transfer.from_party)} → {labels.party_name(transfer.to_party)}"
        yield transfer.at, "switch-horizontal", "info", label(labels.TRANSFER_KINDS, transfer.kind).text, who, ""


def _recordings(call: Call) -> _Told:
    for recording in call.recordings:
        kind = label(RECORDING_KINDS, recording.kind)
        title = gettext("Recording begins") if recording.kind == "talk" else gettext("Leaves a message")
        yield recording.at, "player-record", "muted", title, "" if recording.kind == "talk" else kind.text, ""


def _end(call: Call) -> _Told:
    if call.hang_up:
        title = gettext("%(who)s hangs up", who=hung_up_by(call.hang_up.by))
        yield call.hang_up.at, "phone-off", "muted", title, "", ""
    elif call.ended_at:
        yield call.ended_at, "phone-off", "muted", gettext("Call ends"), "", ""


def hung_up_by(party: Party) -> str:
    return str(labels.PARTIES[party.kind].text) if party.kind is PartyKind.CALLER else labels.party_name(party)


def has_slow_ring(call: Call) -> bool:
    return any(is_slow(call, ring) for ring in call.rings)


def install(app: Flask) -> None:
    app.add_template_global(hung_up_by)
    app.add_template_global(has_slow_ring)
