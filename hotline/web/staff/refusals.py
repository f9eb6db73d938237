"""What is said of our own people's data."""

from __future__ import annotations

from hotline.web.kit.refusals.marking import msgid as _

WORDS = {
    "staff.away_already": _("They are away already from %(since_at)s to %(until_at)s."),
    "staff.ends_before": _("The end must come after the beginning."),
    "staff.extension_held": _("Somebody else has extension %(extension)s in that time."),
    "staff.has_extension": _("They have extension %(extension)s in that time."),
    "staff.own_deputy": _("Nobody can be their own deputy."),
}
