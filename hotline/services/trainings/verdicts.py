"""Verdicts of shifts: whether somebody came (F6), had learned what they need (F11), and was handed the duty mobile
(A2)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from hotline.domain.adherence.adherence import StartDecision
from hotline.domain.staff.spans import at_moment
from hotline.domain.trainings.training import Training, lacking
from hotline.domain.verdicts.judged import Judged, kept, not_applicable, not_judged, so
from hotline.domain.verdicts.verdict import Judgement, Subject, Verdict, WhyJudged
from hotline.services.trainings.needed import queues_of
from hotline.services.verdicts.maker import Ground, TableMaker
from hotline.storage.trainings.store import TrainingResultStore, TrainingStore
from hotline.storage.transaction import Transaction
from hotline.storage.verdicts.line import AROUND, handed_over_to
from hotline.storage.verdicts.sources import SOURCES
from hotline.storage.verdicts.worked import WorkedShift, duty_before, worked_shifts


class Shifts(TableMaker):
    name, subject, rules = "shifts", Subject.SHIFT, ("A2", "F6", "F11")
    source = SOURCES["shifts"]

    def judge(self, tx: Transaction, ids: Collection[str], ground: Ground) -> Mapping[str, Iterable[Verdict]]:
        trainings = TrainingStore(tx).all(active_only=True)
        return {
            str(each.id): list(_of_shift(tx, each, trainings, ground))
            for each in worked_shifts(tx, ids)
            if each.ends_at <= ground.now
        }


def _of_shift(tx: Transaction, shift: WorkedShift, trainings: Sequence[Training], ground: Ground) -> Iterator[Verdict]:
    def of(rule: str, judged: Judged) -> Verdict:
        return ground.verdict(rule, judged, Subject.SHIFT, str(shift.id), shift.starts_at, "", shift.person_id)

    if shift.duty:
        yield of("A2", _handed_over(tx, shift))
        return
    if shift.person_id is None:
        return
    theirs = [each for each in ground.holders.tenures if each.person_id == shift.person_id]
    extension = next((each.extension for each in at_moment(theirs, shift.starts_at)), "")
    yield of("F6", _came(shift) if extension else not_judged(WhyJudged.NOT_SEEN))
    queues = queues_of(ground.at(shift.starts_at), extension)
    if any(each.needed_by(queues) for each in trainings):
        results = [
            each for each in TrainingResultStore(tx).of_person(shift.person_id) if each.taken_at <= shift.starts_at
        ]
        missing = lacking(trainings, results, queues, shift.starts_at)
        yield of("F11", so(not missing, evidence={"trainings": [each.id for each in missing]}))


def _came(shift: WorkedShift) -> Judged:
    if shift.missed is None:
        return kept()
    if shift.decision == StartDecision.ACCEPTED:
        return not_applicable(WhyJudged.ACCEPTED)
    late = round(((shift.came_at or shift.ends_at) - shift.starts_at).total_seconds())
    evidence = {"missed_start": shift.missed_id, "kind": shift.missed}
    return Judged(Judgement.BROKEN, late, None, "s", "", evidence)


def _handed_over(tx: Transaction, shift: WorkedShift) -> Judged:
    """A2. Who had it before needs no hand-over from themselves."""
    before = duty_before(tx, shift)
    if before is None or before == shift.person:
        return kept()
    written = handed_over_to(tx, shift.person, shift.starts_at - AROUND, shift.ends_at)
    return so(written, WhyJudged.NO_HANDOVER)


VERDICTS = (Shifts(),)
