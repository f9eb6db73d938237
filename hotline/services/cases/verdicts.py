"""Verdicts of cases: their clocks, and the way that each has gone."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from hotline.domain.cases.case import CaseKind, ServiceCase
from hotline.domain.cases.clock_names import RULES, clock_name
from hotline.domain.cases.clocks import rules_of
from hotline.domain.verdicts.judged import Judged, not_applicable, so
from hotline.domain.verdicts.verdict import Subject, Verdict, WhyJudged
from hotline.domain.workflow import Step
from hotline.services.cases.facts import CASE
from hotline.services.cases.kinds import kinds_of
from hotline.services.verdicts.clocks import Deadlines, Whose
from hotline.services.verdicts.maker import Ground, TableMaker
from hotline.storage.cases.store import CaseStore
from hotline.storage.transaction import Transaction
from hotline.storage.verdicts.sources import SOURCES
from hotline.storage.workflow import StepStore

_CLOCKS = {str(clock_name(name)): rule for name, rule in RULES.items()}
#: Rules that a kind may say a clock is of, besides: an enquiry by mail has the first answer of D5.
_MORE_RULES = ("D5",)
_SERVICE, _DISMISS = "repair", "dismiss"


class ClosedCases(TableMaker):
    """B7, D1, D6, D10."""

    name, subject, rules = "cases", Subject.CASE, ("B7", "D1", "D6", "D10")
    source = SOURCES["cases"]

    def judge(self, tx: Transaction, ids: Collection[str], ground: Ground) -> Mapping[str, Iterable[Verdict]]:
        cases = CaseStore(tx).by_ids(set(map(int, ids)))
        steps = StepStore(tx).of(CASE, list(cases), str)
        return {
            str(key): list(_of_case(case, steps.get(key, ()), ground))
            for key, case in cases.items()
            if case.closed_at is not None
        }


def _of_case(case: ServiceCase, steps: Sequence[Step[str]], ground: Ground) -> Iterator[Verdict]:
    key, at, person = str(case.id), case.opened_at, ground.person_of_account(case.owner)

    def of(rule: str, judged: object) -> Verdict:
        return ground.verdict(rule, judged, Subject.CASE, key, at, "", person)  # type: ignore[arg-type]

    yield of("B7", so(bool(case.owner)))
    if case.kind in (CaseKind.COMPLAINT, _SERVICE):
        skipped = [str(after.act) for before, after in pairwise(steps) if after.before not in (None, before.after)]
        rule = "D1" if case.kind == CaseKind.COMPLAINT else "D10"
        yield of(rule, so(bool(steps) and not skipped, evidence={"acts": skipped}))
    if case.kind == CaseKind.COMPLAINT:
        yield of("D6", _weighed(case, steps))


def _weighed(case: ServiceCase, steps: Sequence[Step[str]]) -> Judged:
    """D6 judges how grave a fault of ours is: a complaint that was found not to be justified has none, nor has one that
    goes on within another, which is judged there."""
    dismissed = any(each.act == _DISMISS for each in steps)
    if not case.severity and (dismissed or case.merged_into is not None):
        return not_applicable(WhyJudged.NOTHING_TO_COUNT)
    return so(bool(case.severity))


def _owners(tx: Transaction, ids: Collection[int], ground: Ground) -> Mapping[int, Whose]:
    cases = CaseStore(tx).by_ids(set(ids))
    return {key: Whose(ground.person_of_account(case.owner)) for key, case in cases.items()}


def _by_kind(tx: Transaction, ids: Collection[int]) -> Mapping[tuple[int, str], str]:
    """As the kind of each says, in the version of the case. A rule that no verdict of cases is of is passed over."""
    cases = CaseStore(tx).by_ids(set(ids))
    kinds = kinds_of(tx, list(cases.values()))
    known = {*_CLOCKS.values(), *_MORE_RULES}
    return {
        (key, str(clock_name(name))): rule
        for key, case in cases.items()
        for name, rule in rules_of(case, kinds[case.kind, case.version]).items()
        if rule in known
    }


VERDICTS = (ClosedCases(), Deadlines("case_clocks", Subject.CASE, _CLOCKS, _owners, _by_kind, _MORE_RULES))
