"""Verdicts of how operators spoke and handled their calls, by what was found in each talk."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from hotline.domain.calls.call import WITH_CUSTOMER, PartyKind
from hotline.domain.verdicts.findings import SPOKEN, Found, of_findings, of_none
from hotline.domain.verdicts.judged import Judged
from hotline.domain.verdicts.verdict import Judgement, Subject, Verdict, Why
from hotline.services.verdicts.maker import Ground, TableMaker
from hotline.storage.transaction import Transaction
from hotline.storage.verdicts.sources import SOURCES
from hotline.storage.verdicts.talks import MeasuredCall, measured_calls

_DIRECTIONS = frozenset(each.value for each in WITH_CUSTOMER)


class Talks(TableMaker):
    name, subject = "talks", Subject.CALL
    rules = tuple(SPOKEN)
    source = SOURCES["measured"]

    def judge(self, tx: Transaction, ids: Collection[str], ground: Ground) -> Mapping[str, Iterable[Verdict]]:
        return {str(call.id): list(_verdicts(call, ground)) for call in measured_calls(tx, ids)}


def _verdicts(call: MeasuredCall, ground: Ground) -> Iterator[Verdict]:
    """Nothing of a call that no operator had."""
    if call.direction not in _DIRECTIONS or call.answered_by_kind != PartyKind.OPERATOR.value:
        return
    on = ground.at(call.started_at).rules
    wanted = [rule for rule, spoken in SPOKEN.items() if getattr(on, spoken.field).enabled]
    if call.measures is None:
        for rule in wanted:
            yield _verdict(call, "", rule, Judged(Judgement.NOT_JUDGED, why=Why.NOT_MEASURED.value), ground)
        return
    for extension, found in call.talks.items():
        by_rule: dict[str, list[Found]] = {}
        for each in found:
            by_rule.setdefault(each.rule, []).append(each)
        for rule in wanted:
            judged = of_findings(by_rule[rule]) if rule in by_rule else of_none(rule, call.measures)
            if judged is not None:
                yield _verdict(call, extension, rule, judged, ground)


def _verdict(call: MeasuredCall, extension: str, rule: str, judged: Judged, ground: Ground) -> Verdict:
    person = ground.person(extension, call.started_at) if extension else None
    return ground.verdict(rule, judged, Subject.CALL, str(call.id), call.started_at, call.line, person, part=extension)


VERDICTS = (Talks(),)
