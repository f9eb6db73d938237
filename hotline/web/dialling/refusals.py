"""What is said of dials."""

from __future__ import annotations

from hotline.web.kit.refusals.marking import msgid as _

WORDS = {
    "dialling.dialled_already": _("This is being dialled already, by %(extension)s."),
    "dialling.in_a_call": _("You are in a call, or your phone rings: dial afterwards."),
    "dialling.no_dial": _("There is no such dial of yours."),
    "dialling.no_number": _("There is no number to dial."),
    "dialling.no_such_kind": _("Nothing of the kind %(kind)s is dialled for."),
    "dialling.no_trunk": _("There is no callback trunk: dial the number on another phone."),
    "dialling.not_mainland": _("Only numbers of mainland China are dialled."),
    "dialling.not_signed_in": _("Sign in first: who is offline dials nobody."),
    "dialling.phone_away": _("Your phone cannot be rung: connect it first."),
    "dialling.over": _("That dial is over."),
    "dialling.said_of_reached": _("Only of a dial that was answered can be said who or what answered."),
    "dialling.trunk_unreachable": _("The carrier at %(host)s does not answer."),
    "dialling.whose": _("Operators dial, each at their own phone."),
    "dialling.you_dial_already": _("You are dialling already."),
}
