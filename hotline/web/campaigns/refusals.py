"""What is said of campaigns."""

from __future__ import annotations

from hotline.web.kit.refusals.marking import msgid as _

WORDS = {
    "campaigns.basis_words": _("Please say which contract, or where and when they agreed."),
    "campaigns.changed_meanwhile": _("Somebody else has changed this campaign in the meantime. Look at it again."),
    "campaigns.ends_before": _("It can't end before it begins."),
    "campaigns.no_questionnaire": _("There is no such questionnaire."),
    "campaigns.has_no_list": _("This kind of campaign has no list: whom it is for follows from the customers."),
    "campaigns.is_over": _("This campaign is over."),
    "campaigns.no_campaign": _("There is no campaign %(id)s."),
    "campaigns.nobody": _("Of %(count)s nobody may be asked; below it is said why."),
    "campaigns.not_ready": _("First it must be settled whom it is for."),
    "campaigns.not_running": _("This campaign does not run."),
    "campaigns.started": _("This campaign was started: whom it is for is settled."),
    "campaigns.too_long": _("This is too long: at most %(most)s characters."),
    "campaigns.wanted": _("This is needed."),
    "campaigns.drawn": _("Drawn: %(campaign)s"),
    "campaigns.planned": _("Visits of campaigns planned: %(n)s"),
}
