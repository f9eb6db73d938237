"""What is said of operators, their presence and transfers."""

from __future__ import annotations

from hotline.web.kit.refusals.marking import msgid as _

WORDS = {
    "operators.caller_was_gone": _("The caller was gone."),
    "operators.hand_without_call": _("You can ask for help while you talk with a caller."),
    "operators.kept_signed_in": _("The settings keep %(extension)s signed in to %(queues)s (queues.<id>.members)."),
    "operators.let_in_no_more": _("The account of %(name)s lets them in no more: no call is put through to them."),
    "operators.no_browser_phone": _("There is no phone in the browser for you."),
    "operators.no_consultation": _("There is no consultation to end: this %(kind)s transfer is %(state)s."),
    "operators.no_extension": _("There is no operator %(extension)s. There are: %(known)s."),
    "operators.no_operator": _(
        "This account is no operator of the settings; an administrator can give it an extension."
    ),
    "operators.no_queue": _("There is no queue %(queue)s. There are: %(known)s."),
    "operators.no_transfer": _("There is no transfer %(id)s of yours."),
    "operators.nobody_took_it": _("Nobody took it."),
    "operators.not_your_caller": _("A colleague has this caller."),
    "operators.not_on_this_call": _("Operator %(extension)s is not on this call."),
    "operators.pause_reason": _("A pause reason of the settings was expected (%(known)s), not “%(got)s”."),
    "operators.phone_from_elsewhere": _("Only pages of this site may use the phone."),
    "operators.phone_holds_itself": _("The phone itself holds the caller and takes the caller back (%(kind)s)."),
    "operators.transfer_consent": _("A caller is passed on only with their consent (A12)."),
    "operators.transfer_reason": _("Please give a reason of at most %(most)s characters (A12)."),
    "operators.transfer_to_oneself": _("Choose a colleague: the caller is yours already."),
    "operators.transfer_under_way": _("The caller is being passed on already."),
    "operators.transfer_unforeseen": _("Something went wrong on our side (%(kind)s)."),
    "operators.unfinished_forms": _(
        "%(unfinished)s calls are still to be written up, and at most %(allowed)s may be (B1)."
    ),
    "operators.levels_brought": _("Levels in Asterisk brought to the settings: %(places)s"),
}
