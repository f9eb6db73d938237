"""Verdicts of what we dialled: with the approval that it needed (A17), and not against the customer's will (E10)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from hotline.domain.verdicts.judged import Judged, kept, so
from hotline.domain.verdicts.verdict import Subject, Verdict, WhyJudged
from hotline.services.dialling.targets import target_of, waits_for_approval
from hotline.services.verdicts.maker import Ground, TableMaker
from hotline.storage.transaction import Transaction
from hotline.storage.verdicts.dialled import EndedDial, ended_dials
from hotline.storage.verdicts.sources import SOURCES


class Dials(TableMaker):
    name, subject, rules = "dials", Subject.DIAL, ("A17", "E10")
    source = SOURCES["dials"]

    def judge(self, tx: Transaction, ids: Collection[str], ground: Ground) -> Mapping[str, Iterable[Verdict]]:
        # Without its number it is not known any more where it went.
        return {str(each.id): list(_of_dial(tx, each, ground)) for each in ended_dials(tx, ids) if each.number}


def _of_dial(tx: Transaction, dial: EndedDial, ground: Ground) -> Iterator[Verdict]:
    def of(rule: str, judged: Judged) -> Verdict:
        person = ground.person_of_account(dial.user)
        return ground.verdict(rule, judged, Subject.DIAL, str(dial.id), dial.asked_at, dial.line, person)

    settings = ground.at(dial.asked_at)
    if dial.approved or waits_for_approval(settings, target_of(tx, settings, dial.number, dial.line, dial.asked_at)):
        yield of("A17", so(dial.approved))
    # The list of those who refuse is asked in the transaction of every dial, and nothing is dialled past it.
    yield of("E10", kept(why=WhyJudged.BY_CONFIGURATION.value))


VERDICTS = (Dials(),)
