"""How a dial ended, and how an approval stands."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from hotline.domain.dialling.approval import ApprovalState
from hotline.domain.dialling.dial import DialOutcome
from hotline.web.kit.labels import Label

DIAL_OUTCOMES = {
    DialOutcome.OPERATOR_GONE: Label(_("The operator's phone was not answered"), "warn"),
    DialOutcome.TRUNK_DOWN: Label(_("The callback trunk is down"), "bad"),
    DialOutcome.CONGESTED: Label(_("All channels busy"), "warn"),
    DialOutcome.INVALID: Label(_("No such number"), "bad"),
    DialOutcome.UNREACHABLE: Label(_("Out of reach or switched off"), "warn"),
    DialOutcome.BUSY: Label(_("Busy"), "warn"),
    DialOutcome.NO_ANSWER: Label(_("Nobody answered"), "warn"),
    DialOutcome.DECLINED: Label(_("Declined"), "warn"),
    DialOutcome.WRONG_NUMBER: Label(_("Wrong number"), "bad"),
    DialOutcome.MACHINE: Label(_("A machine answered"), "warn"),
    DialOutcome.CANCELLED: Label(_("Hung up before an answer"), "muted"),
    DialOutcome.REACHED: Label(_("Reached"), "ok"),
}

DIAL_APPROVALS = {
    ApprovalState.WAITING: Label(_("Waits for a decision"), "wait"),
    ApprovalState.GRANTED: Label(_("Granted"), "ok"),
    ApprovalState.REFUSED: Label(_("Refused"), "bad"),
    ApprovalState.USED: Label(_("Used"), "muted"),
    ApprovalState.EXPIRED: Label(_("Expired"), "muted"),
}
