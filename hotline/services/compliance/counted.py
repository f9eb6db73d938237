"""Verdicts added up by rule and day, without those of days on which the rule was switched off."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import date

from hotline.domain.compliance.counts import Count
from hotline.domain.rules.limits import Limits
from hotline.domain.time import midnight
from hotline.domain.verdicts.tally import Tally, TallyAxis, Window
from hotline.services.verdicts.tallies import tallies
from hotline.storage.transaction import Transaction

#: By rule, then by day in Shanghai.
DayCounts = Mapping[str, Mapping[date, Count]]


def count_of(tally: Tally) -> Count:
    return Count(tally.kept, tally.broken, tally.not_applicable, tally.not_judged)


def daily(tx: Transaction, windows: Collection[Window], limits: Mapping[str, Limits], rule: str = "") -> DayCounts:
    """`limits`: of every rule. `rule`: this one alone."""
    found: dict[str, dict[date, Count]] = defaultdict(dict)
    for window in windows:
        for tally in tallies(tx, window, TallyAxis.DAY, rule=rule):
            day = date.fromisoformat(tally.key)
            if tally.rule in limits and not limits[tally.rule].is_off(day):
                days = found[tally.rule]
                days[day] = days.get(day, Count()) + count_of(tally)
    return found


def split(tx: Transaction, windows: Iterable[Window], rule: str, limits: Limits, axis: TallyAxis) -> dict[str, Count]:
    """One rule's, by line or person."""
    found: dict[str, Count] = defaultdict(Count)
    for window in while_on(windows, limits):
        for tally in tallies(tx, window, axis, rule=rule):
            found[tally.key] += count_of(tally)
    return dict(found)


def while_on(windows: Iterable[Window], limits: Limits) -> list[Window]:
    """What of them lies before the rule was switched off."""
    if limits.off_since is None:
        return list(windows)
    off = midnight(limits.off_since)
    return [replace(each, end=min(each.end, off)) for each in windows if each.start < off]
