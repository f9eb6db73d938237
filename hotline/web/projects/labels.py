"""The words for what projects name by codes."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from hotline.domain.projects.project import RoundKind, RoundState
from hotline.web.kit.labels import Label

KINDS = {
    RoundKind.VISIT: Label(_("Return visit"), "info"),
    RoundKind.INSPECTION: Label(_("Quality inspection"), "wait"),
    RoundKind.SURVEY: Label(_("On-site survey"), "wait"),
}
STATES = {
    RoundState.OPEN: Label(_("To be done"), "warn"),
    RoundState.DONE: Label(_("Round made"), "ok"),
    RoundState.MISSED: Label(_("Left out, the next one was due"), "bad"),
    RoundState.CALLED_OFF: Label(_("Called off"), "muted"),
}

#: What the record of an inspection or survey holds.
RECORD = {
    "present": _("Who took part, and who led"),
    "findings": _("What the round found"),
    "opinions": _("The customer's opinions and proposals"),
    "problems": _("Problems and hidden dangers"),
    "measures": _("What is done about it"),
}
