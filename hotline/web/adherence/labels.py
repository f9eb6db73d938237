"""The words for what adherence names by codes."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from hotline.domain.adherence.adherence import Decision, Missed
from hotline.web.kit.labels import Label

MISSED = {Missed.LATE: Label(_("late"), "warn"), Missed.EMPTY: Label(_("empty shift"), "bad")}

DECISIONS = {
    Decision.OPEN: Label(_("to be decided"), "wait"),
    Decision.ACCEPTED: Label(_("accepted"), "ok"),
    Decision.NOT_ACCEPTED: Label(_("not accepted"), "bad"),
}
