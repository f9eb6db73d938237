"""What is said of what is measured, score forms, transcripts."""

from __future__ import annotations

from hotline.web.kit.refusals.marking import msgid as _

WORDS = {
    "quality.form_name": _("The form needs a name."),
    "quality.item_automatic": _("Item %(item)s: an automatic item needs findings to look at and a deduction above 0."),
    "quality.item_ids": _("Each item needs an id of its own."),
    "quality.item_name": _("Item %(item)s: an id and a name were expected."),
    "quality.item_weight": _("Item %(item)s: a weight above 0 and up to %(most)s was expected, not %(weight)s."),
    "quality.no_active_score_form": _("No version of the score form “%(form)s” is active ([examination] score_form)."),
    "quality.no_items": _("A form needs at least one item."),
    "quality.no_score_form": _("There is no score form %(id)s."),
    "quality.no_such_side": _("The recording has no such side."),
    "quality.no_transcript": _("There is no transcript %(id)s."),
    "quality.pass_line": _("A pass line from 0 to %(most)s was expected, not %(line)s."),
    "quality.period": _("A time of at most 366 days that ends after it begins was expected."),
    "quality.recording_gone": _("The recording is not there (any more)."),
    "quality.too_many_items": _("At most %(most)s items were expected."),
    "quality.transcript_not_given_up": _("Transcript %(id)s was not given up: it is %(state)s."),
    "quality.version_there": _("Somebody else has just made version %(version)s. Look at the forms again."),
    "quality.weights": _("The weights must make %(full)s together, not %(weight)s."),
    "quality.wrong_score_form": _("This form cannot be used: %(problems)s"),
    "quality.measured_anew": _("Calls measured anew as complaints: %(n)s"),
}
