"""How requests stand, and what is wrong with a plan."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from hotline.domain.shifts.faults import FaultKind
from hotline.domain.shifts.leave import LeaveState
from hotline.domain.shifts.skill import SkillLevel
from hotline.domain.shifts.swap import SwapState
from hotline.web.kit.labels import Label

LEAVE_STATES = {
    LeaveState.ASKED: Label(_("Waits for a decision"), "wait"),
    LeaveState.ACCEPTED: Label(_("Leave granted"), "ok"),
    LeaveState.REFUSED: Label(_("Refused"), "bad"),
    LeaveState.WITHDRAWN: Label(_("Withdrawn"), "muted"),
}

SWAP_STATES = {
    SwapState.ASKED: Label(_("Waits for the other's answer"), "wait"),
    SwapState.ACCEPTED: Label(_("Waits for approval"), "wait"),
    SwapState.DONE: Label(_("Swapped"), "ok"),
    SwapState.REFUSED: Label(_("Refused"), "bad"),
    SwapState.WITHDRAWN: Label(_("Withdrawn"), "muted"),
    SwapState.LAPSED: Label(_("Lapsed"), "muted"),
}

FAULTS = {
    FaultKind.OVERLAP: Label(_("Two shifts at once"), "bad"),
    FaultKind.REST: Label(_("Too short a rest"), "warn"),
    FaultKind.WEEK: Label(_("Too many hours this week"), "warn"),
    FaultKind.LEAVE: Label(_("Is on leave then"), "bad"),
}

SKILLS = {
    SkillLevel.LEARNS: Label(_("learns it"), "wait"),
    SkillLevel.KNOWS: Label(_("knows it"), "ok"),
    SkillLevel.TEACHES: Label(_("teaches it"), "info"),
}
