"""What is said of the notice board."""

from __future__ import annotations

from hotline.web.kit.refusals.marking import msgid as _

WORDS = {
    "bulletins.in_the_past": _("A time to come was expected."),
    "bulletins.no_bulletin": _("There is no posting %(id)s."),
    "bulletins.nobody": _("Please say for whom it is."),
    "bulletins.not_for_you": _("This posting is not for you, or it was withdrawn."),
    "bulletins.not_yours": _("Only who posted it and supervisors change a posting."),
    "bulletins.read_first": _("Before you are ready, please read on the notice board: %(titles)s"),
    "bulletins.text": _("Please write what is posted, at most %(most)s characters."),
    "bulletins.title": _("Please give it a title of at most %(most)s characters."),
    "bulletins.unknown_reader": _("Somebody or some team of our people was expected."),
    "bulletins.withdrawn_already": _("This posting was withdrawn already."),
    "bulletins.reminded": _("People reminded of postings: %(n)s"),
}
