"""The words for what adherence names by codes."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from hotline.domain.adherence.adherence import Missed, StartDecision
from hotline.web.kit.labels import Label

MISSED = {Missed.LATE: Label(_("late"), "warn"), Missed.EMPTY: Label(_("empty shift"), "bad")}

DECISIONS = {
    StartDecision.OPEN: Label(_("to be decided"), "wait"),
    StartDecision.ACCEPTED: Label(_("accepted"), "ok"),
    StartDecision.NOT_ACCEPTED: Label(_("not accepted"), "bad"),
}
