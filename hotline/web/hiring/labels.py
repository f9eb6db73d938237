"""The words for what hiring names by codes."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from hotline.web.kit.labels import Label

#: What somebody has open (services/<feature>/open_matters.py).
MATTERS = {
    "record": Label(_("Record to be written up"), "wait"),
    "promise": Label(_("Promise to be kept"), "warn"),
    "callback": Label(_("Callback to be made"), "warn"),
    "case": Label(_("Open case"), "info"),
    "project_task": Label(_("Inspection or survey"), "wait"),
    "owned_customer": Label(_("Customer of theirs"), "info"),
    "visit": Label(_("Visit to be made"), "warn"),
    "shift": Label(_("Shift ahead"), "info"),
    "examination": Label(_("Call to be examined"), "wait"),
    "corrective_action": Label(_("Corrective action"), "wait"),
}
