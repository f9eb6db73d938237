"""The words and colours for what the domain names by codes. An unknown code is shown as it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import Flask
from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from hotline.domain.calendar import DayKind
from hotline.domain.callbacks.owed import CallbackReason
from hotline.domain.calls.call import Call, Direction, Outcome, Party, PartyKind
from hotline.domain.line.routing import Reason
from hotline.domain.people import Role
from hotline.domain.recordings.recording import RecordingState
from hotline.web.kit.context import web


@dataclass(frozen=True)
class Label:
    """`tone`: ok, wait, warn, bad, info, live or muted; each is a colour of its own in light and dark."""

    text: str | LazyString
    tone: str = "muted"


OUTCOMES = {
    Outcome.ANSWERED: Label(_("Answered"), "ok"),
    Outcome.FORWARDED_ANSWERED: Label(_("Answered on mobile"), "ok"),
    Outcome.VOICEMAIL: Label(_("Voicemail"), "info"),
    Outcome.CALLBACK_REQUESTED: Label(_("Callback requested"), "info"),
    Outcome.ABANDONED_IVR: Label(_("Left in the menu"), "warn"),
    Outcome.ABANDONED_QUEUE: Label(_("Left while waiting"), "bad"),
    Outcome.NO_ANSWER: Label(_("Not answered"), "bad"),
    Outcome.FORWARDED_UNANSWERED: Label(_("Mobile not answered"), "bad"),
    Outcome.BLOCKED: Label(_("Blocked"), "muted"),
    Outcome.FAILED: Label(_("Failed"), "bad"),
}

#: A call that has no outcome yet, by where it is.
STAGES = {
    "menu": Label(_("In the menu"), "live"),
    "waiting": Label(_("Waiting"), "live"),
    "ringing": Label(_("Ringing"), "live"),
    "talking": Label(_("Talking"), "live"),
    "on_hold": Label(_("On hold"), "live"),
}

DIRECTIONS = {
    Direction.INBOUND: Label(_("Incoming")),
    Direction.OUTBOUND: Label(_("Dial-out attempt")),
    Direction.INTERNAL: Label(_("Internal")),
    Direction.LINE_TEST: Label(_("Line test")),
}

RECORDING_STATES = {
    RecordingState.PENDING: Label(_("Being taken in"), "wait"),
    RecordingState.READY: Label(_("Ready"), "ok"),
    RecordingState.MISSING: Label(_("Missing"), "bad"),
    RecordingState.FAILED: Label(_("Failed"), "bad"),
    RecordingState.DELETED: Label(_("Deleted"), "muted"),
}

NO_SOUND = Label(_("No sound"), "muted")

RECORDING_KINDS = {"talk": Label(_("Talk")), "voicemail": Label(_("Voicemail"))}

CALLBACK_REASONS = {
    CallbackReason.REQUESTED: Label(_("Asked for it"), "info"),
    CallbackReason.ABANDONED: Label(_("Left while waiting"), "warn"),
    CallbackReason.MISSED: Label(_("Nobody answered"), "bad"),
    CallbackReason.VOICEMAIL: Label(_("Left a message"), "info"),
    CallbackReason.PROMISED: Label(_("Promised by us"), "warn"),
    CallbackReason.LONG_CALL: Label(_("Goes on after a long call"), "info"),
}

ROLES = {
    Role.OPERATOR: Label(_("Operator")),
    Role.EXAMINER: Label(_("Examiner")),
    Role.SUPERVISOR: Label(_("Supervisor")),
    Role.ADMINISTRATOR: Label(_("Administrator")),
}

RING_RESULTS = {
    "answered": Label(_("answered"), "ok"),
    "no_answer": Label(_("not answered"), "bad"),
    "busy": Label(_("busy"), "warn"),
    "cancelled": Label(_("stopped ringing"), "muted"),
    "declined": Label(_("picked up, key not pressed"), "warn"),
    "dropped": Label(_("picked up and dropped at once"), "bad"),
    "forwards": Label(_("is set to forward calls: not followed"), "bad"),
    "failed": Label(_("could not be reached"), "bad"),
    "": Label(_("ringing"), "live"),
}

QUEUE_RESULTS = {
    "answered": Label(_("answered"), "ok"),
    "abandoned": Label(_("the caller left"), "bad"),
    "callback": Label(_("a callback was asked for"), "info"),
    "dropped": Label(_("picked up and dropped at once"), "warn"),
    "timeout": Label(_("waited too long"), "warn"),
    "full": Label(_("queue full"), "warn"),
    "empty": Label(_("nobody signed in"), "warn"),
    "ended": Label(_("ended by our system"), "bad"),
    "": Label(_("waiting"), "live"),
}

TRANSFER_KINDS = {
    "blind": Label(_("Transferred")),
    "attended": Label(_("Transferred after consultation")),
    "pickup": Label(_("Picked up at another phone")),
}

ROUTE_KINDS = {
    "menu": Label(_("To the menu")),
    "queue": Label(_("To the queue")),
    "duty": Label(_("To the duty mobile")),
    "voicemail": Label(_("To voicemail")),
    "blocked": Label(_("Turned away")),
    "goodbye": Label(_("Goodbye after an announcement")),
}

TARGETS = {
    "menu": Label(_("menu")),
    "announcement": Label(_("announcement")),
    "voicemail": Label(_("voicemail")),
    "repeat": Label(_("the menu again")),
    "operator": Label(_("operator")),
}

#: Why a call was routed as it was, or why the line is as it is.
REASONS = {
    Reason.BLOCKED: Label(_("the number is blocked")),
    Reason.WORKING_TIME: Label(_("working time")),
    Reason.DECLARED_OPEN: Label(_("declared open")),
    Reason.DECLARED_CLOSED: Label(_("declared closed")),
    Reason.BREAK: Label(_("lunch break")),
    Reason.AFTER_HOURS: Label(_("outside working hours")),
    Reason.DAY_OFF: Label(_("day off")),
    Reason.PUBLIC_HOLIDAY: Label(_("public holiday")),
    Reason.CALLER_CHOICE: Label(_("the caller's choice")),
    Reason.NOBODY_ON_DUTY: Label(_("nobody on duty")),
    Reason.NO_QUEUE: Label(_("no queue")),
    "transfer_returned": Label(_("nobody took the transfer"), "warn"),
    "operator_lost": Label(_("the operator's phone was lost"), "warn"),
    "operator_dropped": Label(_("picked up and dropped at once"), "warn"),
}

#: What was unusual about a call; some are followed by ":" and a detail.
REMARKS = {
    "ended_by_restart": Label(_("Asterisk restarted during this call"), "warn"),
    "ended_by_system": Label(_("Our own system ended this call: it was restarted, or told to"), "bad"),
    "safe_route": Label(_("Taken by the safe route, without the menu"), "warn"),
    "transfer_returned": Label(_("Nobody took the transfer; the call came back"), "warn"),
    "operator_lost": Label(_("The operator's phone was lost; the caller went back to the queue"), "warn"),
    "operator_dropped": Label(_("A phone was picked up and dropped at once; the caller was offered on"), "warn"),
    "rejoined": Label(_("The operator's page was reloaded; their phone was rung again")),
    "unknown_number": Label(_("No line has the number that the carrier sent"), "warn"),
    "refused": Label(_("Dialling out over the 400 line was refused (A3)"), "warn"),
}

DAY_KINDS = {
    DayKind.ORDINARY: Label(""),
    DayKind.HOLIDAY: Label(_("Public holiday"), "info"),
    DayKind.MAKEUP: Label(_("Make-up working day"), "warn"),
    DayKind.SITE_CLOSED: Label(_("Closed by the site"), "info"),
    DayKind.SITE_OPEN: Label(_("Opened by the site"), "warn"),
}

WEEKDAYS = (_("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"), _("Friday"), _("Saturday"), _("Sunday"))

PARTIES = {
    PartyKind.CALLER: Label(_("Caller")),
    PartyKind.SYSTEM: Label(_("System")),
    PartyKind.UNKNOWN: Label(_("Unknown")),
    PartyKind.OPERATOR: Label(_("Operator")),
    PartyKind.MOBILE: Label(_("Duty mobile")),
}


def label(labels: Mapping[Any, Label], code: str) -> Label:
    return labels.get(code) or Label(str(code))


def remark_label(remark: str) -> Label:
    return label(REMARKS, remark.partition(":")[0])


def party_name(party: Party | None) -> str:
    """Name and extension of an operator, name of a mobile's keeper (never the number, A14), or the kind."""
    if party is None:
        return ""
    if party.kind is PartyKind.OPERATOR:
        return f"{party.name} {party.id}".strip() or str(PARTIES[party.kind].text)
    return party.name or str(PARTIES[party.kind].text)


def queue_name(queue_id: str) -> str:
    queue = web().settings.queues.get(queue_id)
    return queue.name if queue else queue_id


def target_name(target: str) -> str:
    """Where a key of the menu led: queue:<id>, menu:<id>, announcement:<prompt>, voicemail, repeat, operator."""
    kind, _sep, name = target.partition(":")
    if kind == "queue":
        return queue_name(name)
    said = str(label(TARGETS, kind).text)
    return f"{said} {name}" if name else said


def stage(call: Call) -> Label:
    """Where a call in progress is; its outcome once it has ended."""
    if call.outcome is not None:
        return label(OUTCOMES, call.outcome)
    if any(hold.ended_at is None for hold in call.our_holds):
        return STAGES["on_hold"]
    if any(talk.ended_at is None for talk in call.talks):
        return STAGES["talking"]
    if any(ring.ended_at is None for ring in call.rings):
        return STAGES["ringing"]
    if any(stay.left_at is None for stay in call.queues):
        return STAGES["waiting"]
    return STAGES["menu"]


def install(app: Flask) -> None:
    app.jinja_env.globals.update(
        labels={
            "outcome": OUTCOMES,
            "direction": DIRECTIONS,
            "recording": RECORDING_STATES,
            "recording_kind": RECORDING_KINDS,
            "no_sound": NO_SOUND,
            "callback": CALLBACK_REASONS,
            "role": ROLES,
            "reason": REASONS,
            "day": DAY_KINDS,
            "weekday": WEEKDAYS,
        },
        label=label,
        stage=stage,
        party_name=party_name,
        remark_label=remark_label,
    )
