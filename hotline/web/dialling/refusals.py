"""What is said of dials."""

from __future__ import annotations

from hotline.web.kit.refusals.marking import msgid as _

WORDS = {
    "dialling.dialled_already": _("This is being dialled already, by %(extension)s."),
    "dialling.no_number": _("There is no number to dial."),
    "dialling.no_such_kind": _("Nothing of the kind %(kind)s is dialled for."),
    "dialling.no_trunk": _("There is no callback trunk: dial the number on another phone."),
    "dialling.not_mainland": _("Only numbers of mainland China are dialled."),
    "dialling.whose": _("Operators dial, each at their own phone."),
    "dialling.you_dial_already": _("You are dialling already."),
}
