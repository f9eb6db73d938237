"""Try a draft: what other figures would have made of the verdicts of a time. Nothing is written."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from hotline.domain.errors import Refused
from hotline.domain.people import Actor
from hotline.domain.rules.registry import RULES
from hotline.domain.verdicts.tally import Window
from hotline.domain.verdicts.verdict import Judgement, Verdict
from hotline.services.settings.figures import figure_keys
from hotline.services.settings.in_force import SettingsInForce
from hotline.services.settings.settings import foreseen
from hotline.services.verdicts.maker import Ground, Maker, ground, makers
from hotline.storage.transaction import Transaction
from hotline.storage.verdicts.generations import Mark

#: Changes that are told of, a rule.
MOST_CHANGES = 200
#: Subjects that are judged twice, a maker; more are cut.
MOST_SUBJECTS = 50_000
#: The longest time that a draft is tried on.
LONGEST_DAYS = 100
_AT_ONCE = 500
#: What lies in [rules] beside the rules themselves concerns all that is heard.
_HEARD = "rules"


@dataclass(frozen=True, slots=True)
class ChangedVerdict:
    """`before` None: the rule was not asked of it; `after` None: it would not be."""

    before: Verdict | None
    after: Verdict | None


@dataclass
class TriedRule:
    """`applied`: kept and broken, as it was. `changed`: how many would be otherwise; `changes`: the first of them."""

    rule: str
    applied: int = 0
    applied_after: int = 0
    kept_before: int = 0
    kept_after: int = 0
    not_judged_after: int = 0
    changed: int = 0
    changes: list[ChangedVerdict] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Tried:
    """By rule, those that the draft concerns. `cut`: there were more subjects than are judged for a try."""

    rules: Mapping[str, TriedRule]
    cut: bool = False


def try_draft(
    in_force: SettingsInForce, actor: Actor, changes: Mapping[str, Any], window: Window, now: datetime
) -> Tried:
    """`changes`: by dotted key, as `change_settings` takes them. Raises what deciding on them would, and Refused for a
    time that is too long, or no change at all."""
    if not changes:
        raise Refused("verdicts.no_draft")
    if not window.start < window.end or (window.end - window.start).days > LONGEST_DAYS:
        raise Refused("verdicts.window", field="since", days=LONGEST_DAYS)
    foreseen(in_force, actor, changes, now)
    draft = in_force.with_draft(changes)
    concerned = concerned_rules(changes)
    tried = {rule: TriedRule(rule) for rule in RULES if rule in concerned}
    cut = False
    with in_force.storage.reading() as tx:
        before, after = ground(tx, in_force, now), ground(tx, draft, now, in_force)
        for maker in makers():
            if not concerned.isdisjoint(maker.rules):
                cut |= _try_maker(tx, maker, window, before, after, tried)
    return Tried(tried, cut)


def concerned_rules(changes: Collection[str]) -> frozenset[str]:
    """Whose figures these keys are; of what lies in [rules] beside them, all whose figures lie there too."""
    found: set[str] = set()
    for key in changes:
        own = {rule for rule in RULES if any(_one_in_the_other(key, each.key) for each in figure_keys(rule))}
        if not own and key.startswith(f"{_HEARD}."):
            own = {rule for rule in RULES if any(each.key.startswith(f"{_HEARD}.") for each in figure_keys(rule))}
        found |= own
    return frozenset(found)


def _one_in_the_other(one: str, other: str) -> bool:
    return f"{one}.".startswith(f"{other}.") or f"{other}.".startswith(f"{one}.")


def _try_maker(
    tx: Transaction, maker: Maker, window: Window, before: Ground, after: Ground, tried: Mapping[str, TriedRule]
) -> bool:
    """Whether subjects were left out."""
    for ids in _pages(tx, maker, window):
        if ids is None:
            return True
        was, would = maker.judge(tx, ids, before), maker.judge(tx, ids, after)
        for subject_id in ids:
            _compare(was.get(subject_id, ()), would.get(subject_id, ()), window, tried)
    return False


def _pages(tx: Transaction, maker: Maker, window: Window) -> Iterator[list[str] | None]:
    """None once there are too many."""
    mark, seen = Mark(window.start), 0
    while marked := maker.between(tx, window.start, window.end, mark, _AT_ONCE):
        if seen >= MOST_SUBJECTS:
            yield None
            return
        yield [each.subject_id for each in marked]
        mark, seen = marked[-1].mark, seen + len(marked)


def _compare(
    was: Sequence[Verdict] | Any, would: Sequence[Verdict] | Any, window: Window, tried: Mapping[str, TriedRule]
) -> None:
    before = {each.key: each for each in was if _is_asked(each, window, tried)}
    after = {each.key: each for each in would if _is_asked(each, window, tried)}
    for key in {**before, **after}:
        _count(tried[key[0]], before.get(key), after.get(key))


def _is_asked(verdict: Verdict, window: Window, tried: Mapping[str, TriedRule]) -> bool:
    return (
        verdict.rule in tried
        and (window.line is None or verdict.line == window.line)
        and (window.person_id is None or verdict.person_id == window.person_id)
        and (window.people is None or verdict.person_id in window.people)
    )


def _count(tried: TriedRule, before: Verdict | None, after: Verdict | None) -> None:
    was, would = (each.judgement if each else None for each in (before, after))
    tried.applied += was in (Judgement.KEPT, Judgement.BROKEN)
    tried.applied_after += would in (Judgement.KEPT, Judgement.BROKEN)
    tried.kept_before += was is Judgement.KEPT
    tried.kept_after += would is Judgement.KEPT
    tried.not_judged_after += would is Judgement.NOT_JUDGED
    if was is not would:
        tried.changed += 1
        if len(tried.changes) < MOST_CHANGES:
            tried.changes.append(ChangedVerdict(before, after))
