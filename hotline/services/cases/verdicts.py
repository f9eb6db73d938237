"""Verdicts of cases: their clocks, and the way that each has gone."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from hotline.domain.cases.case import CaseKind, Channel, ServiceCase
from hotline.domain.cases.clock_names import RULES, clock_name
from hotline.domain.verdicts.judged import in_time, so
from hotline.domain.verdicts.verdict import Subject, Verdict
from hotline.domain.workflow import Step
from hotline.services.cases.facts import CASE
from hotline.services.verdicts.clocks import Deadlines, Whose
from hotline.services.verdicts.maker import Ground, TableMaker
from hotline.storage.cases.store import CaseStore
from hotline.storage.transaction import Transaction
from hotline.storage.verdicts.deadlines import Clocked, clocked
from hotline.storage.verdicts.sources import SOURCES
from hotline.storage.workflow import StepStore

_CLOCKS = {str(clock_name(name)): rule for name, rule in RULES.items()}
#: Until who wrote to us hears from us (D5).
_FIRST_WORDS = (clock_name("first_answer"), clock_name("reply"), clock_name("first_contact"))
_WRITTEN = (Channel.MAIL, Channel.WEB, Channel.CHAT)
_SERVICE = "repair"


class ClosedCases(TableMaker):
    """B7, D1, D5, D6, D10."""

    name, subject, rules = "cases", Subject.CASE, ("B7", "D1", "D5", "D6", "D10")
    source = SOURCES["cases"]

    def judge(self, tx: Transaction, ids: Collection[str], ground: Ground) -> Mapping[str, Iterable[Verdict]]:
        cases = CaseStore(tx).by_ids(set(map(int, ids)))
        steps = StepStore(tx).of(CASE, list(cases), str)
        clocks = clocked(tx, _FIRST_WORDS, [str(key) for key, case in cases.items() if case.channel in _WRITTEN])
        return {
            str(key): list(_of_case(case, steps.get(key, ()), clocks.get(key, ()), ground))
            for key, case in cases.items()
            if case.closed_at is not None
        }


def _of_case(
    case: ServiceCase, steps: Sequence[Step[str]], clocks: Sequence[Clocked], ground: Ground
) -> Iterator[Verdict]:
    key, at, person = str(case.id), case.opened_at, ground.person_of_account(case.owner)

    def of(rule: str, judged: object) -> Verdict:
        return ground.verdict(rule, judged, Subject.CASE, key, at, "", person)  # type: ignore[arg-type]

    yield of("B7", so(bool(case.owner)))
    if case.kind in (CaseKind.COMPLAINT, _SERVICE):
        skipped = [str(after.act) for before, after in pairwise(steps) if after.before not in (None, before.after)]
        rule = "D1" if case.kind == CaseKind.COMPLAINT else "D10"
        yield of(rule, so(bool(steps) and not skipped, evidence={"acts": skipped}))
    if case.kind == CaseKind.COMPLAINT:
        yield of("D6", so(bool(case.severity)))
    for each in clocks[:1]:
        judged = in_time(each.began_at, each.due_at, each.done_at, each.late, each.told_at)
        if judged is not None:
            yield of("D5", judged)


def _owners(tx: Transaction, ids: Collection[int], ground: Ground) -> Mapping[int, Whose]:
    cases = CaseStore(tx).by_ids(set(ids))
    return {key: Whose(ground.person_of_account(case.owner)) for key, case in cases.items()}


VERDICTS = (ClosedCases(), Deadlines("case_clocks", Subject.CASE, _CLOCKS, _owners))
