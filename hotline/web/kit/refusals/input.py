"""What is said of fields that are filled in by people, programs and settings files."""

from __future__ import annotations

from hotline.web.kit.refusals.marking import msgid as _

WORDS = {
    "input.address": _("An IP address was expected."),
    "input.at_field": _("Field %(place)s: %(what)s"),
    "input.bad_json": _("JSON was expected."),
    "input.boolean": _("true or false was expected."),
    "input.choice": _("One of these was expected: %(choices)s."),
    "input.date": _("A day like 2026-11-22 was expected."),
    "input.extension_or_person": _("Either extension or person_id was expected."),
    "input.fewer_entries": _("At most %(most)s entries were expected."),
    "input.got": _("%(what)s Got: %(got)s"),
    "input.least": _("At least %(least)s was expected."),
    "input.less": _("Less than %(less)s was expected."),
    "input.list": _("A list was expected."),
    "input.longer": _("At least %(least)s characters were expected."),
    "input.missing": _("This is needed."),
    "input.month": _("A month like 2026-11 was expected."),
    "input.more": _("More than %(more)s was expected."),
    "input.more_entries": _("At least %(least)s entries were expected."),
    "input.most": _("At most %(most)s was expected."),
    "input.number": _("A number was expected."),
    "input.other": _("This value does not fit (%(kind)s)."),
    "input.pattern": _("Another form was expected: %(pattern)s"),
    "input.said": _("This does not fit: %(text)s"),
    "input.seconds_together": _("from_second and to_second go together."),
    "input.shorter": _("At most %(most)s characters were expected."),
    "input.table": _("A table was expected."),
    "input.text": _("Text was expected."),
    "input.time": _("A time like 2026-11-22T18:00:00+08:00 was expected."),
    "input.time_of_day": _("A time of day like 12:00 was expected."),
    "input.unknown": _("This field is not known."),
    "input.whole_number": _("A whole number was expected."),
}
