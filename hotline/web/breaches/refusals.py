"""What is said of breaches."""

from __future__ import annotations

from hotline.web.kit.refusals.marking import msgid as _

WORDS = {
    "breaches.answered": _("You have said your word on it before."),
    "breaches.declared": _("A breach was declared from this before."),
    "breaches.no_rule": _("There is no such rule."),
    "breaches.nobody": _("There is no such person."),
    "breaches.none": _("There is no such breach."),
    "breaches.not_yet": _("A moment that is past was expected."),
    "breaches.not_yours": _("Only whom it is about says their word."),
    "breaches.own": _("Nobody decides on breaches of their own."),
    "breaches.what": _("Please say what happened."),
    "breaches.why_withdrawn": _("Please say why it is withdrawn."),
    "breaches.withdrawn": _("It was withdrawn before."),
    "breaches.word": _("Please say your word."),
    "breaches.forgotten": _("Breaches taken out of the register: %(n)s"),
}
