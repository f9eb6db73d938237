"""What is said when somebody cannot be hired, changed or leave as it was asked."""

from __future__ import annotations

from hotline.web.kit.refusals.marking import msgid as _

WORDS = {
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
    "hiring.roles": _("Whoever is hired is an operator, a leader, a supervisor or an administrator."),
    "hiring.queues": _("Choose at least one queue."),
}
