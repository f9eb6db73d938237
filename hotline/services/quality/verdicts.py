"""Verdicts of how operators spoke and handled their calls, by what was found in each talk."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from hotline.domain.calls.call import WITH_CUSTOMER, PartyKind
from hotline.domain.verdicts.findings import SPOKEN, Found, of_findings, of_none
from hotline.domain.verdicts.judged import Judged, not_judged
from hotline.domain.verdicts.verdict import Subject, Verdict, WhyJudged
from hotline.services.quality.drafted import Drafted
from hotline.services.quality.numbers_said import MonthsOfNumbers, NumbersSaid
from hotline.services.verdicts.maker import Ground, TableMaker
from hotline.settings import Settings
from hotline.storage.transaction import Transaction
from hotline.storage.verdicts.sources import SOURCES
from hotline.storage.verdicts.talks import MeasuredCall, measured_calls

_DIRECTIONS = frozenset(each.value for each in WITH_CUSTOMER)


class Talks(TableMaker):
    name, subject = "talks", Subject.CALL
    rules = tuple(SPOKEN)
    source = SOURCES["measured"]

    def judge(self, tx: Transaction, ids: Collection[str], ground: Ground) -> Mapping[str, Iterable[Verdict]]:
        return {str(call.id): list(_verdicts(tx, call, ground)) for call in measured_calls(tx, ids)}


def _verdicts(tx: Transaction, call: MeasuredCall, ground: Ground) -> Iterator[Verdict]:
    """Nothing of a call that no operator had."""
    if call.direction not in _DIRECTIONS or call.answered_by_kind != PartyKind.OPERATOR.value:
        return
    settings = ground.at(call.started_at)
    wanted = wanted_rules(settings)
    if call.measures is None:
        for rule in wanted:
            yield _verdict(call, "", rule, not_judged(WhyJudged.NOT_MEASURED), ground)
        return
    drafted = None
    if ground.instead_of is not None:
        drafted = Drafted(tx, call.id, call.talks, ground.instead_of.at(call.started_at), settings)
    for extension, found in call.talks.items():
        by_rule: dict[str, list[Found]] = {}
        for each in found:
            by_rule.setdefault(each.rule, []).append(each)
        for rule in wanted:
            if drafted is not None and drafted.changes(rule):
                anew = drafted.found(rule, extension)
                if anew is None:
                    yield _verdict(call, extension, rule, not_judged(WhyJudged.MATERIAL_GONE), ground)
                    continue
                by_rule[rule] = anew
            judged = of_findings(by_rule[rule]) if by_rule.get(rule) else of_none(rule, call.measures)
            if judged is not None:
                yield _verdict(call, extension, rule, judged, ground)


_WANTED: dict[int, tuple[Settings, tuple[str, ...]]] = {}


def wanted_rules(settings: Settings) -> tuple[str, ...]:
    """Those that were on; worked out once for each settings."""
    known = _WANTED.get(id(settings))
    if known is None or known[0] is not settings:
        if len(_WANTED) > 100:
            _WANTED.clear()
        on = tuple(rule for rule, spoken in SPOKEN.items() if getattr(settings.rules, spoken.field).enabled)
        known = _WANTED[id(settings)] = (settings, on)
    return known[1]


def _verdict(call: MeasuredCall, extension: str, rule: str, judged: Judged, ground: Ground) -> Verdict:
    person = ground.person(extension, call.started_at) if extension else None
    return ground.verdict(rule, judged, Subject.CALL, str(call.id), call.started_at, call.line, person, part=extension)


VERDICTS = (Talks(), NumbersSaid(), MonthsOfNumbers())
