"""One rule: by day and week, by person and line, its breaches with their evidence, exceptions, and its figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from hotline.domain.compliance.counts import Count
from hotline.domain.errors import NotFound
from hotline.domain.people import Actor
from hotline.domain.rules.registry import RULES
from hotline.domain.verdicts.contest import Contest
from hotline.domain.verdicts.tally import TallyAxis, Window
from hotline.domain.verdicts.verdict import Judgement, StoredVerdict
from hotline.services.compliance.counted import daily, split, while_on
from hotline.services.compliance.overview import (
    AskedRules,
    RuleKept,
    all_limits,
    first_week,
    kept_of,
    people_of,
    require_asked,
    whys,
)
from hotline.services.compliance.sight import spells_seen, windows
from hotline.services.looks import note_look
from hotline.services.settings.in_force import SettingsInForce
from hotline.services.settings.view import RuleHistory, rule_history
from hotline.services.verdicts.contests import own_person_id
from hotline.services.verdicts.tallies import breaches
from hotline.storage.transaction import Transaction
from hotline.storage.verdicts.contests import ContestStore


@dataclass(frozen=True, slots=True)
class RuleDetail:
    """`days`: of the period, with those on which it applied to nothing. `by_line`, `by_person`: with its rate the
    lowest first, by the line's or person's id, "" for none. `breaches`: a page of them, the newest first, of
    `all_breaches`. `whys`: of what was no matter of the rule or could not be judged. `own`: the reader's own id among
    our people. `contests`: by the breach's id."""

    asked: AskedRules
    kept: RuleKept
    days: Mapping[date, Count]
    by_line: Mapping[str, Count]
    by_person: Mapping[str, Count]
    breaches: Sequence[StoredVerdict]
    all_breaches: int
    whys: Mapping[Judgement, Mapping[str, int]]
    people: Mapping[int, str]
    everybody: bool
    own: int | None
    figures: RuleHistory
    contests: Mapping[int, Contest]


def rule_detail(
    in_force: SettingsInForce, rule: str, asked: AskedRules, actor: Actor, now: datetime, limit: int, offset: int = 0
) -> RuleDetail:
    """`limit`, `offset`: of the breaches. The look stands in the audit log (F8). Raises Forbidden, NotFound,
    Refused."""
    require_asked(actor, asked)
    if rule not in RULES:
        raise NotFound("settings.no_rule", rule=rule[:10])
    figures = rule_history(in_force, rule, now)
    with in_force.storage.counting(in_force().reports.most_seconds) as tx:
        spells, limits = spells_seen(tx, actor), all_limits(in_force())
        since = min(asked.first, asked.before_first, first_week(asked.last))
        days = daily(tx, windows(spells, asked.window(since, asked.last)), limits, rule).get(rule, {})
        seen, own_limits = windows(spells, asked.whole), limits[rule]
        found, total = breaches_seen(tx, while_on(seen, own_limits), rule, limit, offset)
        detail = RuleDetail(
            asked,
            kept_of(RULES[rule], own_limits, days, asked),
            {day: count for day, count in sorted(days.items()) if asked.first <= day <= asked.last},
            _lowest_first(split(tx, seen, rule, own_limits, TallyAxis.LINE)),
            _lowest_first(split(tx, seen, rule, own_limits, TallyAxis.PERSON)),
            found,
            total,
            whys(tx, seen, rule, own_limits),
            people_of(tx, spells),
            spells is None,
            own_person_id(tx, actor),
            figures,
            ContestStore(tx).of([each.id for each in found]),
        )
    note_look(in_force.storage, actor, now, "rules.look", f"rule:{rule}")
    return detail


def breaches_seen(
    tx: Transaction, seen: Sequence[Window], rule: str, limit: int, offset: int = 0
) -> tuple[list[StoredVerdict], int]:
    """A page of those in all these windows together, the newest first, and how many there are."""
    if len(seen) == 1:
        return breaches(tx, seen[0], rule, limit, offset)
    found: list[StoredVerdict] = []
    total = 0
    for window in seen:
        some, count = breaches(tx, window, rule, limit + offset)
        found += some
        total += count
    found.sort(key=lambda each: (each.verdict.at, each.id), reverse=True)
    return found[offset : offset + limit], total


def _lowest_first(counts: Mapping[str, Count]) -> dict[str, Count]:
    def order(pair: tuple[str, Count]) -> tuple[bool, float, str]:
        count = pair[1]
        return (not count.applied, count.kept / count.applied if count.applied else 0, pair[0])

    return dict(sorted(counts.items(), key=order))
