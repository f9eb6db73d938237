"""A9: whether we called back in time, as the figures of what is owed have it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from hotline.domain.callbacks.callback import usual_term
from hotline.domain.verdicts.judged import Judged, not_applicable
from hotline.domain.verdicts.verdict import NO_EVIDENCE, Judgement, Subject, Verdict, WhyJudged
from hotline.services.calendar import work_calendar
from hotline.services.verdicts.maker import Ground, TableMaker
from hotline.storage.callbacks.owed_calls import OwedCall, owed_calls
from hotline.storage.transaction import Transaction
from hotline.storage.verdicts.sources import SOURCES


class Callbacks(TableMaker):
    name, subject, rules = "callbacks", Subject.CALLBACK, ("A9",)
    source = SOURCES["callbacks"]

    def judge(self, tx: Transaction, ids: Collection[str], ground: Ground) -> Mapping[str, Iterable[Verdict]]:
        found: dict[str, list[Verdict]] = {}
        for each in owed_calls(tx, ids):
            judged = _judged(each, ground)
            if judged is not None:
                person = ground.person_of_account(each.who)
                verdict = ground.verdict(
                    "A9", judged, Subject.CALLBACK, str(each.id), each.owed_from, each.line, person
                )
                found[str(each.id)] = [verdict]
        return found


def _judged(owed: OwedCall, ground: Ground) -> Judged | None:
    """None: there is time."""
    if not owed.was_owed:
        return not_applicable(WhyJudged.NOT_OWED)
    if ground.instead_of is not None and not owed.agreed:
        settings = ground.at(owed.owed_from)
        due = usual_term(settings.callbacks.due_minutes).due(owed.owed_from, work_calendar(settings, owed.line))
        owed = owed._replace(due_at=due)
    limit = round((owed.due_at - owed.owed_from).total_seconds())
    evidence = {"call_id": owed.call_id} if owed.call_id is not None else NO_EVIDENCE
    if owed.called_at is not None:
        value = max(0, round((owed.called_at - owed.owed_from).total_seconds()))
        judgement = Judgement.KEPT if owed.called_at < owed.due_at else Judgement.BROKEN
        return Judged(judgement, value, limit, "s", evidence=evidence)
    if ground.now < owed.due_at:
        return None
    return Judged(Judgement.BROKEN, None, limit, "s", WhyJudged.STILL_OPEN.value, evidence)


VERDICTS = (Callbacks(),)
