"""What happened on a call: where it is, who took part, what each ring and each wait came to."""

from __future__ import annotations

from flask import Flask
from flask_babel import lazy_gettext as _

from hotline.domain.calls.call import Call, Direction, Party, PartyKind
from hotline.domain.calls.having import hold_now, talk_now
from hotline.domain.calls.ledger import Rated
from hotline.web.kit.context import web
from hotline.web.kit.labels import OUTCOMES, Label, label

#: A call that has no outcome yet, by where it is.
STAGES = {
    "menu": Label(_("In the menu"), "live"),
    "waiting": Label(_("Waiting"), "live"),
    "ringing": Label(_("Ringing"), "live"),
    "talking": Label(_("Talking"), "live"),
    "on_hold": Label(_("On hold"), "live"),
    "asked": Label(_("Says how it was"), "live"),
}

RATED = {
    Rated.ASKED: _("Asked how the call was"),
    Rated.ANSWERED: _("Answered"),
    Rated.LOW: _("Rated 1 or 2"),
    Rated.COMMENTED: _("With a comment"),
}

HANDED_BY = {
    "handed_over": Label(_("The operator handed the caller over"), "muted"),
    "hung_up": Label(_("The operator hung up first"), "muted"),
}

DIRECTIONS = {
    Direction.INBOUND: Label(_("Incoming")),
    Direction.OUTBOUND: Label(_("Dial-out attempt"), "warn"),
    Direction.DIALLED: Label(_("Outgoing"), "info"),
    Direction.INTERNAL: Label(_("Internal"), "warn"),
    Direction.LINE_TEST: Label(_("Line test"), "warn"),
    Direction.TEST: Label(_("Test call"), "muted"),
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

TRANSFER_STATES = {
    "begun": Label(_("not over yet"), "info"),
    "done": Label(_("taken"), "info"),
    "returned": Label(_("nobody took the caller"), "warn"),
    "cancelled": Label(_("cancelled"), "muted"),
    "failed": Label(_("failed"), "warn"),
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
    "case": Label(_("the state of a case")),
    "case:told": Label(_("told the state of the case")),
    "case:wrong": Label(_("no case by that number and telephone")),
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

PARTIES = {
    PartyKind.CALLER: Label(_("Caller")),
    PartyKind.SYSTEM: Label(_("System")),
    PartyKind.UNKNOWN: Label(_("Unknown")),
    PartyKind.OPERATOR: Label(_("Operator")),
    PartyKind.MOBILE: Label(_("Duty mobile")),
}


def remark_label(remark: str) -> Label:
    return label(REMARKS, remark.partition(":")[0])


def party_name(party: Party | None) -> str:
    """Name and extension of an operator, name of a mobile's keeper (never the number, A14), or the kind."""
    if party is None:
        return ""
    if party.kind is PartyKind.OPERATOR:
        return f"{party.name} {party.id}".strip() or str(PARTIES[party.kind].text)
    return party.name or str(PARTIES[party.kind].text)


def passed_on_to(call: Call) -> str:
    """Who had the caller last, where that is not who had them first; else ""."""
    passed = [each.to_party for each in call.transfers if each.kind != "pickup"]
    return party_name(passed[-1]) if passed else ""


def queue_name(queue_id: str) -> str:
    queue = web().settings.queues.get(queue_id)
    return queue.name if queue else queue_id


def target_name(target: str) -> str:
    """Where a key of the menu led: queue:<id>, menu:<id>, announcement:<prompt>, voicemail, repeat, operator, case; or
    what came of a question there (case:told)."""
    if target in TARGETS:
        return str(label(TARGETS, target).text)
    kind, _sep, name = target.partition(":")
    if kind == "queue":
        return queue_name(name)
    said = str(label(TARGETS, kind).text)
    return f"{said} {name}" if name else said


def stage(call: Call) -> Label:
    """Where a call in progress is; its outcome once it has ended."""
    if call.outcome is not None:
        return label(OUTCOMES, call.outcome)
    if talk_now(call) is not None:
        return STAGES["on_hold" if hold_now(call) else "talking"]
    if call.asked is not None:
        return STAGES["asked"]
    if any(ring.ended_at is None for ring in call.rings):
        return STAGES["ringing"]
    if any(stay.left_at is None for stay in call.queues):
        return STAGES["waiting"]
    return STAGES["menu"]


def install(app: Flask) -> None:
    for use in (stage, party_name, passed_on_to, remark_label):
        app.add_template_global(use)
