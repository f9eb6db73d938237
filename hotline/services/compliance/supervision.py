"""《服务监督报告》 (F5): the figures of a period chapter by chapter, the worst rules with their breaches, and the
examiners' signatures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from hotline.domain.calendar import local_day
from hotline.domain.calls.ledger import CallFilter
from hotline.domain.compliance.signature import Difference, Signature, differences, digest, figures_of, is_whole
from hotline.domain.errors import Conflict, Forbidden, Refused
from hotline.domain.people import Actor
from hotline.domain.rights.acts import Act, Tie, may
from hotline.domain.verdicts.tally import Window
from hotline.domain.verdicts.verdict import StoredVerdict
from hotline.services.access import require_right
from hotline.services.compliance.counted import while_on
from hotline.services.compliance.detail import breaches_seen
from hotline.services.compliance.overview import AskedRules, RuleKept, read_rules, require_asked
from hotline.services.looks import note_look
from hotline.services.settings.in_force import SettingsInForce
from hotline.services.verdicts.contests import own_person_id
from hotline.services.verdicts.tallies import tallies
from hotline.storage.audit import AuditLog
from hotline.storage.calls.store import CallStore
from hotline.storage.compliance.store import SignatureStore
from hotline.storage.one_at_a_time import one_at_a_time
from hotline.storage.transaction import Transaction

#: Rules that are shown with their breaches, and how many of each.
WORST, BREACHES = 10, 10


@dataclass(frozen=True, slots=True)
class Signed:
    """`whole`: what is stored is what was signed. `differences`: of the figures now from those that were signed."""

    signature: Signature
    whole: bool
    differences: Sequence[Difference]


@dataclass(frozen=True, slots=True)
class Worst:
    kept: RuleKept
    breaches: Sequence[StoredVerdict]


@dataclass(frozen=True, slots=True)
class SupervisionReport:
    """`chapters`: rules by the letter of their chapter. `digest`: of the figures as they are now, which is what
    somebody signs who has read them. `signed`: the newest first. `may_sign`: the reader may, now."""

    asked: AskedRules
    chapters: Mapping[str, Sequence[RuleKept]]
    worst: Sequence[Worst]
    digest: str
    signed: Sequence[Signed]
    may_sign: bool


def supervision_report(
    in_force: SettingsInForce, asked: AskedRules, actor: Actor, now: datetime, exported: bool = False
) -> SupervisionReport:
    """Of everybody, whatever line or person is asked for. The look stands in the audit log (F8). Raises Forbidden,
    Refused."""
    require_right(Act.READ_SUPERVISION, actor)
    whole = _of_all(asked)
    require_asked(actor, whole)
    with in_force.storage.counting(in_force().reports.most_seconds) as tx:
        rules = read_rules(tx, in_force(), whole, None)
        figures = figures_of((each.rule.id, each.count) for each in rules)
        worst = [Worst(each, _breaches(tx, whole, each)) for each in worst_of(rules)]
        signed = [
            Signed(each, is_whole(each), differences(each.figures, figures))
            for each in SignatureStore(tx).of(whole.first, whole.last)
        ]
        may_sign = _is_over(whole, now) and may(Act.SIGN_SUPERVISION, actor.roles, _ties(tx, whole, actor))
    note_look(in_force.storage, actor, now, "rules.export" if exported else "rules.look", "supervision_report")
    chapters = {letter: list(some) for letter, some in groupby(rules, key=lambda each: each.rule.chapter)}
    return SupervisionReport(whole, chapters, worst, digest(whole.first, whole.last, figures), signed, may_sign)


def sign(in_force: SettingsInForce, asked: AskedRules, read: str, actor: Actor, now: datetime) -> Signature:
    """`read`: the digest of the figures that the examiner has read. Raises Forbidden for who is no examiner or has
    calls of their own in it, Refused for a period that is not over, Conflict where the figures are others by
    now, or they have signed the same already."""
    require_right(Act.SIGN_SUPERVISION, actor)
    whole = _of_all(asked)
    require_asked(actor, whole)
    if not _is_over(whole, now):
        raise Refused("compliance.not_over")
    with in_force.storage.reading() as tx:
        if not may(Act.SIGN_SUPERVISION, actor.roles, _ties(tx, whole, actor)):
            raise Forbidden("compliance.own_calls")
        figures = figures_of((each.rule.id, each.count) for each in read_rules(tx, in_force(), whole, None))
    found = digest(whole.first, whole.last, figures)
    if found != read:
        raise Conflict("compliance.figures_changed")
    with in_force.storage.writing() as tx:
        one_at_a_time(tx, "supervision")
        store = SignatureStore(tx)
        if any((each.digest, each.signed_by) == (found, actor.name) for each in store.of(whole.first, whole.last)):
            raise Conflict("compliance.signed_already")
        made = store.add(Signature(whole.first, whole.last, figures, found, actor.name, now))
        days = f"{made.first}..{made.last}"
        AuditLog(tx).add(now, actor.name, "supervision.sign", f"supervision_report:{made.id}", f"{days} {found}")
        return made


def worst_of(rules: Sequence[RuleKept]) -> list[RuleKept]:
    """Those that were broken, the lowest rate first; of equal ones that with more breaches."""
    broken = [each for each in rules if each.count.broken]
    broken.sort(key=lambda each: (each.count.kept / each.count.applied, -each.count.broken))
    return broken[:WORST]


def _of_all(asked: AskedRules) -> AskedRules:
    return AskedRules(asked.first, asked.last, asked.before_first, asked.before_last)


def _breaches(tx: Transaction, asked: AskedRules, kept: RuleKept) -> list[StoredVerdict]:
    return breaches_seen(tx, while_on([asked.whole], kept.limits), kept.rule.id, BREACHES)[0]


def _is_over(asked: AskedRules, now: datetime) -> bool:
    return asked.last < local_day(now)


def _ties(tx: Transaction, asked: AskedRules, actor: Actor) -> frozenset[Tie]:
    """F5: UNHANDLED for who had no call in the time, and of whose work nothing is judged in it."""
    window, own = asked.whole, own_person_id(tx, actor)
    if own is not None and tallies(tx, Window(window.start, window.end, person_id=own)):
        return frozenset()
    theirs = CallFilter(since=window.start, until=window.end, had=actor.had)
    return frozenset() if actor.had and CallStore(tx).search(theirs, 1).calls else frozenset({Tie.UNHANDLED})
