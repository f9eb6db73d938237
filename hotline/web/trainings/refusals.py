"""What is said of trainings."""

from __future__ import annotations

from hotline.web.kit.refusals.marking import msgid as _

WORDS = {
    "trainings.changed_meanwhile": _("This training has changed in the meantime. Look at it again."),
    "trainings.lacks": _("You cannot be ready yet: you lack %(trainings)s (F11)."),
    "trainings.months": _("1 to 120 months were expected, or nothing: it counts for ever."),
    "trainings.name": _("A name of at most %(most)s characters was expected."),
    "trainings.needs_points": _("This one is passed by points: please enter them."),
    "trainings.no_queue": _("A ring group of the settings was expected."),
    "trainings.no_result": _("There is no such result."),
    "trainings.no_training": _("There is no training %(id)s."),
    "trainings.nobody": _("Please choose at least one of our people."),
    "trainings.not_yet": _("A day that is not to come was expected."),
    "trainings.note": _("At most %(most)s characters were expected."),
    "trainings.passed_or_not": _("Please say whether it was passed."),
    "trainings.points": _("0 to %(most)s points were expected."),
    "trainings.row_later": _("A day that is not to come was expected."),
    "trainings.row_note": _("This remark is too long."),
    "trainings.row_passed": _("Please say whether it was passed: yes or no."),
    "trainings.row_points": _("Points were expected, not “%(got)s”."),
    "trainings.row_somebody": _("Exactly one of our people was expected, not “%(got)s”; the extension tells who."),
    "trainings.row_training": _("There is no training “%(got)s”."),
    "trainings.told": _("People told of trainings that run out: %(n)s"),
}
