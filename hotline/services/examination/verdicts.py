"""Verdicts of examinations (F5) and of orders that follow from them (E6)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from hotline.domain.examination.records import CORRECTION_CLOCK
from hotline.domain.verdicts.judged import so
from hotline.domain.verdicts.verdict import Subject, Verdict
from hotline.services.verdicts.clocks import Deadlines, Whose
from hotline.services.verdicts.maker import Ground, TableMaker
from hotline.storage.examination.corrective_actions import CorrectiveActionStore
from hotline.storage.transaction import Transaction
from hotline.storage.verdicts.examined import examined
from hotline.storage.verdicts.sources import SOURCES


class Examinations(TableMaker):
    """F5: nobody examines what they did themselves."""

    name, subject, rules = "examinations", Subject.EXAMINATION, ("F5",)
    source = SOURCES["examinations"]

    def judge(self, tx: Transaction, ids: Collection[str], ground: Ground) -> Mapping[str, Iterable[Verdict]]:
        found: dict[str, list[Verdict]] = {}
        for key, extension, called_at, examiner in examined(tx, ids):
            by, whose = ground.person_of_account(examiner), ground.person(extension, called_at)
            judged = so(by is None or by != whose)
            found[str(key)] = [ground.verdict("F5", judged, Subject.EXAMINATION, str(key), called_at, "", by)]
        return found


def _ordered(tx: Transaction, ids: Collection[int], ground: Ground) -> Mapping[int, Whose]:
    orders = {key: CorrectiveActionStore(tx).by_id(key) for key in ids}
    return {key: Whose(ground.person(each.extension, each.issued_at)) for key, each in orders.items() if each}


VERDICTS = (Examinations(), Deadlines("orders", Subject.ORDER, {CORRECTION_CLOCK: "E6"}, _ordered))
