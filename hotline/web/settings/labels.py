"""What the pages call settings, where they come from and what they take."""

from __future__ import annotations

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from hotline.settings.takes import Takes
from hotline.web.kit.labels import Label

CHAPTERS = {
    "A": _("Answering"),
    "B": _("Records"),
    "C": _("How we speak"),
    "D": _("Cases"),
    "E": _("Visits and keeping"),
    "F": _("Reports and people"),
    "G": _("Law and norms"),
    "Q": _("Sound"),
}

TAKES = {
    Takes.NOTHING: _("in force within ten seconds"),
    Takes.PAGE: _("open pages of the floor go by it when they are loaded anew"),
    Takes.RELOAD: _("in force when your own Asterisk has its files and has read them anew"),
}

#: What a key is called; whatever is not here is shown by its key alone.
KEYS: dict[str, LazyString] = {
    "asterisk.ring_cycle_seconds": _("Seconds of one ring"),
    "callbacks.due_minutes": _("Minutes of working time until the callback"),
    "console.max_unfinished_forms": _("Most unfinished forms"),
    "console.repeat_days": _("Days within which a second call is a repeat"),
    "console.wrap_up_seconds": _("Seconds of the wrap-up"),
    "duty.gap_warn_days": _("Days ahead that a gap is told"),
    "duty.ring_seconds": _("Seconds that each number rings"),
    "blocklist.many_calls": _("Calls of one number that are many"),
    "blocklist.silent_calls": _("Silent calls of one number within a day"),
    "blocklist.within_minutes": _("Within minutes"),
    "examination.appeal_days": _("Days for an appeal"),
    "examination.complaints": _("All complaints"),
    "examination.least_seconds": _("Seconds of talk, at least"),
    "examination.low_score": _("All with a lower automatic score"),
    "examination.due_days": _("Days for an examination"),
    "examination.per_operator": _("Calls of each operator a week"),
    "floor.abandoned_percent": _("Most lost calls (%)"),
    "floor.connected_percent": _("Calls that reach somebody (%)"),
    "floor.quick_seconds": _("Seconds until the answer"),
    "floor.service_level_percent": _("Share answered in time (%)"),
    "floor.service_level_seconds": _("Seconds that count as in time"),
    "form.duty_due": _("Written up by, on the next working day"),
    "line_test.idle_minutes": _("Minutes of working time without a call"),
    "privacy.due_days": _("Days until the answer"),
    "retention.years": _("Years"),
    "returning_caller.days": _("Days since the last talk"),
    "rules.answered.first_words_seconds": _("Most seconds from picking up to our first words"),
    "rules.answered.most_rings": _("Most rings"),
    "rules.answered.most_seconds": _("Most seconds of waiting"),
    "rules.hang_up_first.wait_seconds": _("Seconds to wait after the goodbye"),
    "rules.hold_prompt.every_seconds": _("Seconds between two prompts"),
    "rules.length.average_minutes": _("Minutes on average"),
    "rules.length.warn_minutes": _("Warned at these minutes"),
    "rules.speech_rate.highest": _("Most characters a minute"),
    "rules.speech_rate.lowest": _("Least characters a minute"),
    "hours.mon": _("Monday"),
    "hours.tue": _("Tuesday"),
    "hours.wed": _("Wednesday"),
    "hours.thu": _("Thursday"),
    "hours.fri": _("Friday"),
    "hours.sat": _("Saturday"),
    "hours.sun": _("Sunday"),
    "hours.makeup_day": _("Make-up day"),
    "calendar.closed": _("Days closed all the same"),
    "calendar.open": _("Days worked all the same"),
    "console.greeting": _("Greeting on the console"),
    "recording.enabled": _("Calls are recorded"),
}

#: What the last part of a key is called wherever it stands.
LAST_PARTS: dict[str, LazyString] = {
    "alone": _("Words that nobody opens with alone"),
    "alone_seconds": _("Alone: nothing after for so many seconds"),
    "asked": _("Words that ask for it"),
    "dialled": _("Words on calls that we dial"),
    "hints": _("Words to be looked at"),
    "titles": _("Titles"),
    "unless": _("No breach within these words"),
    "enabled": _("It is measured"),
    "goodbye": _("Words of the goodbye"),
    "hold": _("Words before a hold"),
    "thanks": _("Words after a hold"),
    "transfer": _("Words before a transfer"),
    "least_seconds": _("From so many seconds on"),
    "loudest": _("Loudest (dBFS)"),
    "most_seconds": _("Most seconds"),
    "pause_seconds": _("Seconds of a pause"),
    "phrases": _("Phrases"),
    "prompt": _("Words of the prompt"),
    "quietest": _("Quietest (dBFS)"),
    "ring_seconds": _("Seconds of ringing"),
    "shortest_seconds": _("Shorter seconds do not count"),
    "similarity": _("How alike (0 to 1)"),
    "tolerance": _("So many more or less are no breach"),
    "within_seconds": _("Within seconds"),
    "yellow": _("Yellow below (% kept)"),
    "red": _("Red below (% kept)"),
    "off": _("Why it is switched off"),
    "off_since": _("Switched off from this day on"),
}


def key_name(key: str) -> LazyString | str:
    """ "" for one that is known by its key alone."""
    named: LazyString | None = KEYS.get(key) or LAST_PARTS.get(key.rpartition(".")[2])
    return named or ""


#: Where what is in force comes from.
SOURCES = {
    "default": Label(_("default"), "muted"),
    "file": Label(_("file"), "info"),
    "variable": Label(_("variable"), "warn"),
    "page": Label(_("page"), "ok"),
}
