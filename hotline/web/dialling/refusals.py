"""What is said of dials."""

from __future__ import annotations

from hotline.web.kit.refusals.marking import msgid as _

WORDS = {
    "dialling.approval_decided": _("It has been decided already, or is too old to be."),
    "dialling.approval_not_needed": _("This number is dialled without an approval."),
    "dialling.approval_reason": _("Please give a reason."),
    "dialling.approval_reason_long": _("At most %(most)s characters."),
    "dialling.approval_there": _(
        "You have asked for this number already: the approval waits, or is granted and not used."
    ),
    "dialling.approval_used": _("The approval has just been used. Ask for another one."),
    "dialling.blocked": _("This number is blocked (A15). Have a supervisor lift the block before you call it."),
    "dialling.confirm": _("%(why)s They asked for this call: say why you call, and dial again."),
    "dialling.dialled_already": _("This is being dialled already, by %(extension)s."),
    "dialling.in_a_call": _("You are in a call, or your phone rings: dial afterwards."),
    "dialling.no_dial": _("There is no such dial of yours."),
    "dialling.do_not_call": _("The customer does not want to be called (E10)."),
    "dialling.emergency": _("Emergency numbers are never dialled from here. Use another phone."),
    "dialling.extension": _("This is an extension of ours. Dial it at your phone."),
    "dialling.limit_hit": _("%(who)s hit a limit of dialling: %(why)s"),
    "dialling.needs_approval_abroad": _(
        "This number is not in mainland China. Ask a supervisor for an approval first (A17)."
    ),
    "dialling.needs_approval_long_distance": _("This is long distance. Ask a supervisor for an approval first (A17)."),
    "dialling.needs_approval_satellite": _("This is a satellite phone. Ask a supervisor for an approval first (A17)."),
    "dialling.needs_approval_service": _(
        "This is a service number, not a customer's. Ask a supervisor for an approval first (A17)."
    ),
    "dialling.no_approval": _("There is no approval %(id)s."),
    "dialling.no_number": _("This cannot be read as a number that is dialled: digits alone, landlines with area code."),
    "dialling.no_such_kind": _("Nothing of the kind %(kind)s is dialled for."),
    "dialling.no_such_line": _("There is no line %(got)s."),
    "dialling.no_trunk": _("There is no callback trunk: dial the number on another phone."),
    "dialling.not_signed_in": _("Sign in first: who is offline dials nobody."),
    "dialling.phone_away": _("Your phone cannot be rung: connect it first."),
    "dialling.over": _("That dial is over."),
    "dialling.said_of_reached": _("Only of a dial that was answered can be said who or what answered."),
    "dialling.our_own_number": _("This is our own number (A3). Check the customer's number."),
    "dialling.own_approval": _("You asked for it yourself: another supervisor decides."),
    "dialling.rest_time": _("The customer rests now (E7). Call from %(opens_at)s on, or at a time that they named."),
    "dialling.rest_time_always": _("By the settings customers are never called. Tell an administrator (E7)."),
    "dialling.too_many_a_minute": _("At most %(most)s calls are dialled within a minute. Wait a little."),
    "dialling.too_many_an_hour": _("At most %(most)s calls are dialled within an hour. Tell a supervisor."),
    "dialling.too_many_at_once": _("At most %(most)s calls are dialled at once. Try again when one has ended."),
    "dialling.too_often": _("This number was dialled %(most)s times today. Try again tomorrow."),
    "dialling.wants_mail": _("The customer wants to be reached by mail, not by phone (E3)."),
    "dialling.wants_nothing": _("The customer does not want to be reached at all (E3)."),
    "dialling.wants_sms": _("The customer wants to be reached by text message, not by phone (E3)."),
    "dialling.was_invalid": _("There is no such number: it was dialled before. Find another number of the customer."),
    "dialling.was_wrong_number": _(
        "Somebody else has this number: it was dialled before. Find another number of the customer."
    ),
    "dialling.trunk_unreachable": _("The carrier at %(host)s does not answer."),
    "dialling.talks_already": _("This customer is on the line with %(name)s now."),
    "dialling.whose": _("Operators dial, each at their own phone."),
    "dialling.you_dial_already": _("You are dialling already."),
    "dialling.settled": _("Dials settled of which no end was heard: %(n)s"),
}
