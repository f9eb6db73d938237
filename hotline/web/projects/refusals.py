"""What is said of projects."""

from __future__ import annotations

from hotline.web.kit.refusals.marking import msgid as _

WORDS = {
    "projects.changed_meanwhile": _("Somebody else has changed this project in the meantime. Look at it again."),
    "projects.ends_before": _("It can't end before it was delivered."),
    "projects.ends_before_delivery": _("It would end before it was delivered."),
    "projects.months": _("A number of months from 0 (never) to %(most)s was expected."),
    "projects.months_wanted": _("A number of months was expected, got %(got)s."),
    "projects.name": _("Please write the project's name."),
    "projects.name_wanted": _("The project's name is missing."),
    "projects.no_customer_typed": _("Nobody fits. Type a number, the whole name, or # and the customer's id."),
    "projects.no_manager": _("There is nobody with the user name %(got)s."),
    "projects.no_project": _("There is no project %(id)s."),
    "projects.no_round": _("There is no inspection or survey %(id)s."),
    "projects.no_such_customer": _("There is no customer %(got)s, and no number by which one could be written down."),
    "projects.no_such_manager": _("There is nobody called %(got)s among the accounts."),
    "projects.project_twice": _("The same project stands in line %(got)s already."),
    "projects.record_lacks": _("Without this there is no record."),
    "projects.round_over": _("It is not open any more."),
    "projects.several_customers": _("Several customers are called %(got)s; write the number down."),
    "projects.several_customers_typed": _("Several customers fit. Type # and the customer's id."),
    "projects.there": _("This customer has a project of that name already."),
    "projects.too_long": _("This is too long: at most %(most)s characters."),
    "projects.visit_has_its_own": _("A visit has its own record."),
    "projects.rounds_planned": _("Rounds of projects planned: %(n)s"),
}
