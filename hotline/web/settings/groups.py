"""The settings as people think of them: each key stands in one group, and each group has a page."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from hotline.settings.decidable import entry_of, keys


@dataclass(frozen=True, eq=False)
class SettingGroup:
    """`places`: what belongs to it, a key or what lies below it; of two groups the longer place has it."""

    name: str
    symbol: str
    title: LazyString
    help: LazyString
    places: tuple[str, ...]

    @property
    def keys(self) -> tuple[str, ...]:
        """In the order of its places, and below each in that of the schema."""
        return _keys_of(self)


@cache
def _keys_of(group: SettingGroup) -> tuple[str, ...]:
    found = [key for place in group.places for key in keys() if _lies_in(key, place) and group_of(key) is group]
    return tuple(found)


@lru_cache(4096)
def group_of(key: str) -> SettingGroup:
    """Raises KeyError for a key that stands in none: a test finds it."""
    found = [(len(place), group) for group in GROUPS for place in group.places if _lies_in(key, place)]
    if not found:
        raise KeyError(key)
    return max(found, key=lambda each: each[0])[1]


def is_table(key: str) -> bool:
    """Whether the site names its entries, each of which has a page."""
    return entry_of(f"{key}.x") == f"{key}.x"


def section_of(key: str) -> str:
    """What a key stands below on its page."""
    return key.rpartition(".")[0] or key


def _lies_in(key: str, place: str) -> bool:
    return f"{key}.".startswith(f"{place}.")


GROUPS = (
    SettingGroup(
        "company",
        "briefcase",
        _("Company and lines"),
        _("Who answers, on which numbers."),
        ("site", "lines", "numbers"),
    ),
    SettingGroup(
        "hours",
        "clock",
        _("Hours and holidays"),
        _("When the lines are open, and on which days."),
        ("hours", "calendar", "departments"),
    ),
    SettingGroup(
        "menus",
        "dialpad",
        _("Menus"),
        _("What callers hear and which keys they press."),
        ("menus", "spoken", "voicemail"),
    ),
    SettingGroup(
        "queues",
        "users",
        _("Queues and operators"),
        _("Where callers wait, and who answers them."),
        ("queues", "operators", "returning_caller", "blocklist", "line_test"),
    ),
    SettingGroup("duty", "device-mobile", _("Duty"), _("Who is called outside the hours."), ("duty", "roster", "form")),
    SettingGroup(
        "callbacks",
        "phone",
        _("Callbacks and dialling"),
        _("When customers are called back, and what may be dialled."),
        ("callbacks", "dialling", "callback_trunk.answered_days"),
    ),
    SettingGroup(
        "recording",
        "archive",
        _("Recording and retention"),
        _("What is recorded, where it lies and how long it is kept."),
        ("recording", "retention", "reconciliation", "backups", "store", "attachments", "privacy"),
    ),
    SettingGroup(
        "console",
        "headset",
        _("Console and floor"),
        _("What operators and supervisors work with."),
        ("console", "floor"),
    ),
    SettingGroup(
        "categories",
        "list-numbers",
        _("Categories and customers"),
        _("What calls are about, and which customers come first."),
        ("categories", "customers", "owners"),
    ),
    SettingGroup(
        "cases",
        "clipboard-check",
        _("Cases and deadlines"),
        _("Within how long what is answered, and who hears of it."),
        ("cases", "case_links", "deadlines"),
    ),
    SettingGroup(
        "rules",
        "microphone",
        _("Speech and rules"),
        _("What is measured on every call, and which calls are examined."),
        ("rules", "rule_limits", "speech", "examination"),
    ),
    SettingGroup(
        "visits",
        "message-2",
        _("Visits and satisfaction"),
        _("How customers are asked afterwards."),
        ("visits", "satisfaction", "campaigns", "projects"),
    ),
    SettingGroup(
        "shifts",
        "calendar-event",
        _("Shifts and people"),
        _("What a plan must keep, and what people must know."),
        ("shifts", "handover", "adherence", "staffing", "trainings", "bulletins"),
    ),
    SettingGroup(
        "reports",
        "chart-bar",
        _("Reports and appraisal"),
        _("What is reported when and to whom, and what follows from scores."),
        ("reports", "appraisal", "breaches"),
    ),
    SettingGroup(
        "notices",
        "bell",
        _("Notices"),
        _("By which ways people and other systems are told."),
        ("notices", "mail", "sms", "webhooks"),
    ),
    SettingGroup(
        "trunk",
        "world",
        _("Trunks and phones"),
        _("How carriers and phones reach us, and who is shut out."),
        ("trunk", "callback_trunk", "phones", "lost", "shut_out", "tls"),
    ),
    SettingGroup("sign_in", "key", _("Signing in"), _("How people prove who they are."), ("sign_in",)),
    SettingGroup(
        "machine",
        "settings",
        _("Machine"),
        _("Addresses, database and web server."),
        ("web", "settings", "log", "listen", "database", "asterisk"),
    ),
)

BY_NAME = {group.name: group for group in GROUPS}
