"""What is said when somebody cannot be hired, changed or leave as it was asked."""

from __future__ import annotations

from hotline.web.kit.refusals.marking import msgid as _

WORDS = {
    "hiring.cannot_take_over": _("%(name)s cannot take this over: choose somebody of the list."),
    "hiring.changed_meanwhile": _(
        "Somebody else has changed the operator %(extension)s meanwhile. This is what they are now: please look, and "
        "change it again."
    ),
    "hiring.email": _("A mail address was expected, such as name@example.com."),
    "hiring.extension_emergency": _("%(extension)s is an emergency number: nobody may take one of our phones for it."),
    "hiring.extension_is_line": _("On %(extension)s callers reach a line of ours."),
    "hiring.extension_shape": _("An extension has three to six digits and does not begin with 0."),
    "hiring.extension_taken": _("Somebody has the extension %(extension)s already."),
    "hiring.in_file": _(
        "The operator %(extension)s stands in the file %(file)s: take them out there. The browser writes no files."
    ),
    "hiring.kept_in_queue": _(
        "The settings keep %(extension)s signed in to %(queues)s: take them out of its members first."
    ),
    "hiring.leaves_already": _("Whoever has the extension %(extension)s is to leave already."),
    "hiring.leaves_in_the_past": _("A moment to come was expected; without one they leave at once."),
    "hiring.mobile": _("This is no number that could be called."),
    "hiring.name": _("A name of at most %(most)s characters was expected."),
    "hiring.needs_successor": _("%(count)s matters are open: choose who takes them over."),
    "hiring.no_department": _("There is no such department."),
    "hiring.no_operator": _("There is no operator %(extension)s."),
    "hiring.no_queue": _("There is no queue %(queue)s."),
    "hiring.no_successor": _("%(name)s cannot take over: an active account with an extension of its own was expected."),
    "hiring.nobody_leaves": _("Nobody who has the extension %(extension)s is to leave."),
    "hiring.not_taken": _("The settings do not take this: %(expected)s"),
    "hiring.people_changed_meanwhile": _(
        "People, queues or teams have changed since you looked at this. Please look at what would happen now, and "
        "import again."
    ),
    "hiring.row_auditor_ends": _("Whoever audits needs a last day."),
    "hiring.row_audits": _("Whoever audits has no other role."),
    "hiring.row_department": _("One of the departments that there are was expected, not “%(got)s”."),
    "hiring.row_ends_ahead": _("A day that is still to come was expected."),
    "hiring.row_examines": _("Whoever examines takes no calls and handles no cases."),
    "hiring.row_extension": _(
        "An extension of three to six digits that does not begin with 0 was expected, not “%(got)s”."
    ),
    "hiring.row_extension_change": _(
        "They have the extension %(got)s: whoever is to have another one leaves it first, on their page."
    ),
    "hiring.row_extension_kept": _("%(got)s is an emergency number or a number of our own line."),
    "hiring.row_extension_taken": _("This extension belongs to %(got)s."),
    "hiring.row_extension_twice": _("Row %(got)s has this extension already."),
    "hiring.row_inactive": _("The account %(got)s is deactivated: let them in again on their page first."),
    "hiring.row_last_administrator": _("Somebody must be left to administer: %(got)s is the last one."),
    "hiring.row_level": _("A level from 1 to 5 was expected, or one behind each queue such as sales:2, not “%(got)s”."),
    "hiring.row_level_queue": _("They are not in the queue %(got)s: a level is of a queue in which they are."),
    "hiring.row_mark": _("“%(got)s” begins like a formula, or holds characters that nobody sees. Please type it anew."),
    "hiring.row_mobile": _("A mobile number of eleven digits was expected, not “%(got)s”."),
    "hiring.row_name": _("A name of 1 to %(got)s characters was expected."),
    "hiring.row_no_extension": _("Only who has an extension has a phone and queues."),
    "hiring.row_no_role": _("A role was expected: whoever has no extension is no operator."),
    "hiring.row_not_taken": _("The settings do not take %(got)s."),
    "hiring.row_phone_kind": _("A kind of phone was expected, browser or desk, not “%(got)s”."),
    "hiring.row_phone_roles": _(
        "Whoever has an extension is an operator, a leader, a supervisor or an administrator, and nothing else."
    ),
    "hiring.row_queue": _("One of the queues that there are was expected, not “%(got)s”."),
    "hiring.row_role": _("A role was expected, not “%(got)s”."),
    "hiring.row_team": _("One of the teams that there are was expected, not “%(got)s”."),
    "hiring.row_username": _(
        "A user name of small letters, digits, full stops and hyphens was expected, not “%(got)s”."
    ),
    "hiring.row_username_twice": _("Row %(got)s is about the same user name already."),
    "hiring.roles": _("Whoever is hired is an operator, a leader, a supervisor or an administrator."),
    "hiring.queues": _("Choose at least one queue."),
    "hiring.have_left": _("Have left: %(operators)s"),
    "hiring.signed_out": _("Signed out, since they are let in no more: %(places)s"),
}
