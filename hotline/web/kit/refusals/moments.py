"""What is said of written times."""

from __future__ import annotations

from hotline.web.kit.refusals.marking import msgid as _

WORDS = {
    "moments.time": _("A time like 2026-09-01 18:00 was expected, not %(got)s."),
    "moments.time_day_first": _(
        "%(got)s: day and month can't be told apart. The year comes first, with four digits: 2026-09-01."
    ),
    "moments.time_half": _("%(got)s: it is not clear which half of the day is meant. Write 0:00 to 24:00."),
    "moments.time_no_day": _("%(got)s: the day is missing."),
    "moments.time_no_such": _("%(got)s: there is no such day or time."),
    "moments.time_no_year": _("%(got)s: the year is missing."),
    "moments.time_weekday": _("%(got)s: that day is another day of the week."),
    "moments.unclear": _(
        'A time like "18:00", "2026-10-01 18:00", "2026-10-01", "tomorrow 09:00", "+2h", "-7d" or "now" was '
        "expected, not “%(got)s”."
    ),
    "moments.unclear_because": _(
        'A time like "18:00", "2026-10-01 18:00", "tomorrow 09:00", "+2h" or "now" was expected, not “%(got)s”. %(why)s'
    ),
}
