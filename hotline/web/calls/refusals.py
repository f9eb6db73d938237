"""What is said of calls and callbacks."""

from __future__ import annotations

from hotline.web.kit.refusals.marking import msgid as _

WORDS = {
    "calls.callback_closed_by": _("Only the person who took a callback, or a supervisor, closes it."),
    "calls.callback_heard_by": _("Only the person who took the callback hears its message."),
    "calls.callback_note": _("Please write the result."),
    "calls.callback_number": _("Only the person who took the callback sees the whole number (A14)."),
    "calls.callback_taken": _("Somebody else calls back already."),
    "calls.caller_hung_up": _("The caller has hung up."),
    "calls.legs_left_over": _("%(legs)s, call %(linkedid)s"),
    "calls.no_call": _("There is no call %(id)s."),
    "calls.no_call_of_yours": _("There is no call %(id)s of yours."),
    "calls.no_callback": _("There is no open callback %(id)s."),
    "calls.not_folded": _("The call cannot be put into the ledger: %(why)s"),
    "calls.not_in_progress": _("No call %(id)s is in progress."),
    "calls.not_over": _("The call is not over yet."),
    "calls.not_yours_any_more": _("This call is not yours any more."),
    "calls.over": _("This call is over."),
    "calls.black_box_trimmed": _("Rows removed from what Asterisk noted of calls: %(n)s"),
}
