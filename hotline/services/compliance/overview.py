"""All rules with how far they are kept in a period: rate, trend, weeks, mark, what could not be judged."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from hotline.domain.compliance.counts import NOTHING, Count, WeekCount, between, change, weekly, worse_since
from hotline.domain.errors import Refused
from hotline.domain.months import monday_of
from hotline.domain.people import Actor
from hotline.domain.rights.acts import Act
from hotline.domain.rules.limits import Limits, Mark
from hotline.domain.rules.registry import RULES
from hotline.domain.rules.rule import Rule
from hotline.domain.time import midnight
from hotline.domain.verdicts.tally import Window
from hotline.domain.verdicts.verdict import Judgement
from hotline.services.access import require_right
from hotline.services.compliance.counted import daily, while_on
from hotline.services.compliance.sight import Spell, spells_seen, windows
from hotline.services.looks import note_look
from hotline.services.settings.in_force import SettingsInForce
from hotline.services.verdicts.tallies import Reasons, reasons
from hotline.settings import Settings
from hotline.settings.rule_limits import limits_of
from hotline.storage.staff.store import StaffStore
from hotline.storage.transaction import Transaction

#: Weeks of a trend, at least.
WEEKS = 12
LONGEST_DAYS = 367


@dataclass(frozen=True, slots=True)
class AskedRules:
    """The days `first` to `last`, both of them, and those that they are compared with. `line`: "" for all;
    `person_id`: None for everybody."""

    first: date
    last: date
    before_first: date
    before_last: date
    line: str = ""
    person_id: int | None = None

    def window(self, first: date, last: date) -> Window:
        return Window(midnight(first), midnight(last + timedelta(days=1)), self.line or None, self.person_id)

    @property
    def whole(self) -> Window:
        return self.window(self.first, self.last)


@dataclass(frozen=True, slots=True)
class RuleKept:
    """One rule in a period. `before`: in the one it is compared with; `weeks`: up to the period's end; `not_judged`:
    how many could not be judged, by why."""

    rule: Rule
    limits: Limits
    count: Count
    before: Count
    weeks: Sequence[WeekCount]
    mark: Mark
    not_judged: Mapping[str, int] = field(default_factory=dict)

    @property
    def change(self) -> float | None:
        return change(self.count, self.before)

    @property
    def worse_since(self) -> date | None:
        return worse_since(self.weeks)


@dataclass(frozen=True, slots=True)
class RulesKept:
    """`people`: whose verdicts the reader may ask for, by id; `everybody`: whether they see all."""

    asked: AskedRules
    rules: Sequence[RuleKept]
    people: Mapping[int, str]
    everybody: bool


def rules_kept(in_force: SettingsInForce, asked: AskedRules, actor: Actor, now: datetime) -> RulesKept:
    """The look stands in the audit log (F8). Raises Forbidden, Refused."""
    require_asked(actor, asked)
    with in_force.storage.counting(in_force().reports.most_seconds) as tx:
        spells = spells_seen(tx, actor)
        seen = read_rules(tx, in_force(), asked, spells)
        people = people_of(tx, spells)
    note_look(in_force.storage, actor, now, "rules.look", "rules")
    return RulesKept(asked, seen, people, spells is None)


def require_asked(actor: Actor, asked: AskedRules) -> None:
    require_right(Act.SEE_VERDICTS, actor)
    if not timedelta() <= asked.last - asked.first < timedelta(days=LONGEST_DAYS):
        raise Refused("compliance.period", field="since", most=LONGEST_DAYS - 1)


def all_limits(settings: Settings) -> dict[str, Limits]:
    return {rule: limits_of(settings.rule_limits, rule) for rule in RULES}


def read_rules(
    tx: Transaction, settings: Settings, asked: AskedRules, spells: Sequence[Spell] | None
) -> list[RuleKept]:
    """In the registry's order, those without any verdict too."""
    limits = all_limits(settings)
    since = min(asked.first, asked.before_first, first_week(asked.last))
    days = daily(tx, windows(spells, asked.window(since, asked.last)), limits)
    seen = windows(spells, asked.whole)
    found = []
    why_of_all = [reasons(tx, window) for window in seen]
    for rule in RULES.values():
        kept = kept_of(rule, limits[rule.id], days.get(rule.id, {}), asked)
        why = {}
        if kept.count.not_judged and kept.limits.off_since is None:
            why = _by_judgement(each.get(rule.id, {}) for each in why_of_all).get(Judgement.NOT_JUDGED, {})
        elif kept.count.not_judged:
            why = whys(tx, seen, rule.id, kept.limits).get(Judgement.NOT_JUDGED, {})
        found.append(RuleKept(rule, kept.limits, kept.count, kept.before, kept.weeks, kept.mark, why))
    return found


def kept_of(rule: Rule, limits: Limits, days: Mapping[date, Count], asked: AskedRules) -> RuleKept:
    """`days`: without those on which it was switched off."""
    count = between(days, asked.first, asked.last)
    mark = Mark.OFF if limits.is_off(asked.last) and count == NOTHING else limits.mark(count.kept, count.applied)
    return RuleKept(
        rule,
        limits,
        count,
        between(days, asked.before_first, asked.before_last),
        weekly(days, min(asked.first, first_week(asked.last)), asked.last),
        mark,
    )


def first_week(last: date) -> date:
    """The Monday with which a trend that ends on `last` begins."""
    return monday_of(last) - timedelta(weeks=WEEKS - 1)


def whys(tx: Transaction, seen: Sequence[Window], rule: str, limits: Limits) -> dict[Judgement, dict[str, int]]:
    """How many were no matter of the rule, or could not be judged, by why; the most frequent first."""
    return _by_judgement(reasons(tx, window, rule).get(rule, {}) for window in while_on(seen, limits))


def _by_judgement(parts: Iterable[Reasons]) -> dict[Judgement, dict[str, int]]:
    found: dict[Judgement, dict[str, int]] = {}
    for part in parts:
        for (judgement, why), count in part.items():
            group = found.setdefault(judgement, {})
            group[why] = group.get(why, 0) + count
    return {
        judgement: dict(sorted(group.items(), key=lambda each: (-each[1], each[0])))
        for judgement, group in found.items()
    }


def people_of(tx: Transaction, spells: Sequence[Spell] | None) -> dict[int, str]:
    """By name: all of ours, those who left too, or of them whose verdicts may be seen."""
    names = {each.id: each.name for each in StaffStore(tx).all(active_only=False) if each.id is not None}
    wanted = names.keys() if spells is None else {each.person_id for each in spells} & names.keys()
    return dict(sorted(((each, names[each]) for each in wanted), key=lambda pair: (pair[1], pair[0])))
