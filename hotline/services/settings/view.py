"""The rules with their figures in force, as pages and commands show them: by whom, since when, what comes next."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from hotline.domain.errors import NotFound
from hotline.domain.people import Actor
from hotline.domain.reasons import Reason, because
from hotline.domain.rights import acts
from hotline.domain.rules.registry import RULES
from hotline.domain.rules.rule import Rule
from hotline.domain.settings.change import NOTICED, TALK, Act, SettingChange, decided, standing
from hotline.services.access import require_right
from hotline.services.settings.daily import may_change
from hotline.services.settings.figures import figure_keys, limit_keys, value_or_none
from hotline.services.settings.in_force import SettingsInForce
from hotline.settings import Settings
from hotline.settings.decidable import is_secret, keys, masked, refusal
from hotline.settings.layers import DECIDED
from hotline.settings.load import default_settings
from hotline.settings.takes import Takes, takes
from hotline.storage.settings.store import SettingChangeStore


@dataclass(frozen=True, slots=True)
class SettingShown:
    """`value`: in force, typed; None of a secret. `usual`: what files and environment say. `source`: the file, the
    variable, or "database". `decision`: the one in force. `following`: the next that is planned. `refused`: why nobody
    can decide on it here. `is_usual`: what is in force is the default. `by_regulation`: a rule's
    figure whose default the regulation gives. `is_set`: it has something; all that is told of a secret."""

    key: str
    value: Any
    usual: Any
    source: str
    decision: SettingChange | None
    following: SettingChange | None
    refused: Reason | None
    takes: Takes
    is_usual: bool
    by_regulation: bool = False
    is_set: bool = True

    @property
    def ours(self) -> bool:
        """Whether another value than the regulation's is in force, or the regulation gives none."""
        return not (self.by_regulation and self.is_usual)


@dataclass(frozen=True, slots=True)
class RuleShown:
    """`limits`: below which kept rate it is yellow or red, and whether it is switched off; None for as all rules."""

    rule: Rule
    figures: tuple[SettingShown, ...]
    limits: tuple[SettingShown, ...]

    @property
    def settings(self) -> tuple[SettingShown, ...]:
        """All that can be decided of it."""
        return self.figures + self.limits

    @property
    def telling(self) -> list[SettingShown]:
        """Of its figures those that the regulation gives, and those that are not as usual."""
        return [each for each in self.figures if each.by_regulation or not each.is_usual]

    @property
    def latest(self) -> SettingChange | None:
        """Of the decisions in force on its figures."""
        found = [each.decision for each in self.settings if each.decision is not None]
        return max(found, key=lambda change: change.from_at, default=None)

    @property
    def following(self) -> SettingChange | None:
        found = [each.following for each in self.settings if each.following is not None]
        return min(found, key=lambda change: change.from_at, default=None)


@dataclass(frozen=True, slots=True)
class RuleHistory:
    """`changes`: of the rule's figures, newest first, with what was noticed of the files after the first look."""

    shown: RuleShown
    changes: tuple[SettingChange, ...]
    planned: frozenset[int]


def rules_shown(in_force: SettingsInForce, actor: Actor, now: datetime) -> list[RuleShown]:
    """All rules. Raises Forbidden."""
    require_right(acts.Act.CHANGE_SETTINGS, actor)
    return list(figures_in_force(in_force, now).values())


def rule_shown(in_force: SettingsInForce, rule: str, actor: Actor, now: datetime) -> RuleHistory:
    """One rule with its past. Raises Forbidden, NotFound."""
    require_right(acts.Act.CHANGE_SETTINGS, actor)
    return rule_history(in_force, rule, now)


def rule_history(in_force: SettingsInForce, rule: str, now: datetime) -> RuleHistory:
    """As `rule_shown`, for pages that show a rule to others. Raises NotFound."""
    if rule not in RULES:
        raise NotFound("settings.no_rule", rule=rule[:10])
    changes = _changes(in_force)
    shown = _rule(in_force, _Decisions(changes, now), RULES[rule], in_force())
    wanted = tuple(each.key for each in shown.settings)
    planned = frozenset(change.id for change in standing(changes) if change.from_at > now and change.id is not None)
    return RuleHistory(shown, tuple(history_of(changes, wanted)), planned)


def figures_in_force(in_force: SettingsInForce, now: datetime, at: datetime | None = None) -> dict[str, RuleShown]:
    """Of all rules, by id: what is in force, since when and by whom. `at`: as it was at that moment."""
    known = _Decisions(_changes(in_force), now if at is None else at)
    settings = in_force() if at is None else in_force.at(at)
    return {rule.id: _rule(in_force, known, rule, settings) for rule in RULES.values()}


def settings_shown(in_force: SettingsInForce, actor: Actor, now: datetime, below: str = "") -> list[SettingShown]:
    """Every setting, or those at a key and below it, entries that were decided on among them. Raises Forbidden."""
    require_right(acts.Act.CHANGE_SETTINGS, actor)
    known = _Decisions(_changes(in_force), now)
    wanted = [*keys(), *(key for key in known.now if key not in keys())]
    lying = [key for key in wanted if not below or f"{key}.".startswith(f"{below}.")]
    return [_setting(in_force, known, key, in_force()) for key in lying]


def keys_shown(in_force: SettingsInForce, actor: Actor, wanted: Iterable[str], now: datetime) -> list[SettingShown]:
    """Those of these keys that they may change. Raises Forbidden for who may change none at all."""
    require_right(acts.Act.CHANGE_DAILY_SETTINGS, actor)
    known = _Decisions(_changes(in_force), now)
    return [_setting(in_force, known, key, in_force()) for key in wanted if may_change(actor, key)]


def setting_history(in_force: SettingsInForce, key: str, actor: Actor) -> list[SettingChange]:
    """What was decided and noticed of this key and what lies in it, newest first. Raises Forbidden."""
    require_right(acts.Act.CHANGE_SETTINGS, actor)
    return list(history_of(_changes(in_force), (key,)))


def history_of(changes: Iterable[SettingChange], wanted: tuple[str, ...]) -> Iterable[SettingChange]:
    """Newest first; "" is every key. The first look at a file tells of no change."""
    first: set[str] = set()
    found = []
    for change in changes:
        if change.act in TALK or not any(_lies_in(change.key, key) for key in wanted):
            continue
        if change.act in NOTICED and change.key not in first:
            first.add(change.key)
            continue
        found.append(change)
    return reversed(found)


def _lies_in(key: str, place: str) -> bool:
    return not place or f"{key}.".startswith(f"{place}.")


def _changes(in_force: SettingsInForce) -> list[SettingChange]:
    with in_force.storage.reading() as tx:
        return SettingChangeStore(tx).all()


class _Decisions:
    """What was decided and not withdrawn, looked at once for many keys. `now`: by key, what holds."""

    def __init__(self, changes: Iterable[SettingChange], now: datetime) -> None:
        kept = standing(changes)
        self.now = decided(kept, now)
        self.next: dict[str, SettingChange] = {}
        for change in kept:
            if change.from_at > now:
                self.next.setdefault(change.key, change)


def _rule(in_force: SettingsInForce, known: _Decisions, rule: Rule, settings: Settings) -> RuleShown:
    figures, limits = figure_keys(rule.id), limit_keys(rule.id)
    return RuleShown(
        rule,
        tuple(_setting(in_force, known, each.key, settings, each.by_regulation) for each in figures),
        tuple(_setting(in_force, known, key, settings) for key in limits),
    )


def _setting(
    in_force: SettingsInForce, known: _Decisions, key: str, settings: Settings, by_regulation: bool = False
) -> SettingShown:
    decision = known.now.get(key)
    layers, secret = in_force.layers, is_secret(key)
    value = value_or_none(settings, key)
    return SettingShown(
        key=key,
        value=None if secret else value,
        usual=None if secret else layers.said(key),
        source=layers.variable_of(key) or (DECIDED if decision is not None else layers.source(key)),
        decision=decision,
        following=known.next.get(key),
        refused=refusal(key) or _variable(layers.variable_of(key)),
        takes=takes(key, settings.asterisk.private),
        is_usual=value == value_or_none(default_settings(), key),
        by_regulation=by_regulation,
        is_set=bool(value),
    )


def _variable(name: str) -> Reason | None:
    return because("settings.variable_sets_it", variable=name) if name else None


def told(change: SettingChange) -> Mapping[str, Any]:
    """For programs; secrets are not told."""
    silent = change.act in (Act.AS_FILE, Act.REMOVE, Act.WITHDRAW) or is_secret(change.key)
    value = None if silent else masked(change.key, change.value)
    return {"key": change.key, "act": change.act.value, "value": value}
