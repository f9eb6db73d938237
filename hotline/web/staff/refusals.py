"""What is said of our own people's data."""

from __future__ import annotations

from hotline.web.kit.refusals.marking import msgid as _

WORDS = {
    "staff.away_already": _("They are away already from %(since_at)s to %(until_at)s."),
    "staff.changed_meanwhile": _("Somebody else was faster: this has changed in the meantime. Look at it again."),
    "staff.email": _("An address like name@example.com was expected."),
    "staff.ends_before": _("The end must come after the beginning."),
    "staff.extension_held": _("Somebody else has extension %(extension)s in that time."),
    "staff.has_extension": _("They have extension %(extension)s in that time."),
    "staff.first_holder": _("They have had the extension as long as anything is known of it."),
    "staff.has_left": _("They are not with us any more: somebody who is must be chosen."),
    "staff.in_department": _("They belong to the department %(name)s in that time."),
    "staff.language": _("A language of the screens was expected."),
    "staff.member_already": _("They belong to %(name)s in that time already."),
    "staff.mobile": _("A mobile number of mainland China was expected, such as 138 0013 8000."),
    "staff.name": _("Please write the name, in at most %(most)s characters."),
    "staff.name_taken": _("%(name)s is there already."),
    "staff.no_absence": _("There is no absence %(id)s."),
    "staff.no_membership": _("There is no membership %(id)s."),
    "staff.no_person": _("There is no person %(id)s."),
    "staff.no_unit": _("There is no team or department %(id)s."),
    "staff.no_tenure": _("They do not have this extension."),
    "staff.not_yet": _("This lies in the future."),
    "staff.nobody_leads": _("%(unit)s: %(leader)s has left, and nobody leads it."),
    "staff.nobody": _("Nobody is known behind this account."),
    "staff.over_already": _("This is over already."),
    "staff.own_deputy": _("Nobody can be their own deputy."),
    "staff.own_parent": _("A department cannot be a part of itself."),
    "staff.phone": _("A telephone number was expected, such as 010-88886666."),
    "staff.unknown_department": _("There is no such department."),
    "staff.unknown_deputy": _("The deputy must be somebody who works here."),
    "staff.unknown_person": _("There is no such person."),
    "staff.until_when": _("Please say until when."),
    "staff.synced": _("Extensions that are somebody else's now: %(n)s"),
}
