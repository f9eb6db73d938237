"""Where a number leads, by this site's lines, phones and settings."""

from __future__ import annotations

from datetime import datetime

from hotline.domain import numbers
from hotline.domain.dialling.destination import Home, Ours, Target, home_of, read_target, with_distance
from hotline.domain.dialling.permitted import needs_approval
from hotline.services.line.duty import MOMENT, always_on_duty, duty_shifts, known_shifts
from hotline.settings import Settings
from hotline.storage.transaction import Transaction


def target_of(tx: Transaction, settings: Settings, written: str, line: str, now: datetime) -> Target:
    """Seen from this line. Raises nothing."""
    found = read_target(written, _ours(tx, settings, now), settings.numbers.outside_prefixes)
    return with_distance(found, _home(settings, line))


def waits_for_approval(settings: Settings, target: Target) -> bool:
    """A17."""
    return needs_approval(target.destination, settings.dialling.long_distance_needs_approval)


def _ours(tx: Transaction, settings: Settings, now: datetime) -> Ours:
    """Lines, shown numbers and operators' phones; and whoever has a duty mobile now, or stands in, takes callers at
    it."""
    span = now, now + MOMENT
    mobiles = [
        number
        for shift in (*known_shifts(tx, settings, *span), *duty_shifts(tx, settings, *span, now=now))
        for number in (*shift.numbers, *(each.number for each in shift.backups))
    ]
    always = [each.number for line in (*settings.lines, "") for each in always_on_duty(settings, line)]
    own = {*settings.line_numbers, *map(numbers.key, [*mobiles, *always, *_shown(settings, *settings.lines)])}
    lines = {numbers.key(each) for line in settings.lines.values() for each in (line.number, *line.aliases)}
    return Ours(frozenset(own | lines) - {""}, frozenset(settings.operators))


def _home(settings: Settings, line: str) -> Home:
    return home_of(settings.dialling.home_areas, _shown(settings, line))


def _shown(settings: Settings, *lines: str) -> list[str]:
    """What is shown to whom we call."""
    trunk = settings.callback_trunk
    return [trunk.shown(line) for line in lines] if trunk.is_there else []
