"""F4: each complaint about one of us is in the register, with what follows by the figures of its time."""

from __future__ import annotations

from pathlib import Path

import pytest

from hotline.domain.appraisal.scheme import Measure
from hotline.domain.breaches.breach import BreachKind
from hotline.domain.verdicts.verdict import Verdict, WhyJudged
from hotline.services.breaches.declaring import Declared, declare, withdraw
from hotline.services.breaches.verdicts import MonthsOfComplaints
from hotline.services.verdicts.maker import ground
from hotline.settings import Settings
from hotline.storage.appraisal.material import MaterialStore
from hotline.storage.transaction import Storage
from tests.support.appraised import NOW, Month
from tests.support.instance import at

MONTH = "2026-10"
COMPLAINED = at("2026-10-20 10:00:00")


@pytest.fixture
def month(storage: Storage, tmp_path: Path) -> Month:
    """Zhao was complained of once in it."""
    return Month(storage, tmp_path)


class _Figures:
    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    def at(self, _moment: object) -> Settings:
        return self._settings


def judged(month: Month, settings: Settings | None = None, of: str = MONTH) -> Verdict:
    with month.storage.reading() as tx:
        on = ground(tx, _Figures(settings or month.settings), NOW)
        (found,) = MonthsOfComplaints().judge(tx, [of], on)[of]
    return found


def complaints(month: Month) -> list[str]:
    with month.storage.reading() as tx:
        found = MaterialStore(tx).rows(
            Measure.COMPLAINTS, month.zhao_id, at("2026-10-01 00:00:00"), at("2026-11-01 00:00:00"), 10
        )
    return [f"case:{each.id}" for each in found]


def declared(month: Month, source: str, kind: BreachKind = BreachKind.SERVICE_COMPLAINT) -> int:
    said = Declared(month.zhao_id, kind, COMPLAINED, source, "属实", source=source)
    return declare(month.storage, month.settings, said, month.zhou, NOW).id or 0


def test_f4_an_undecided_complaint_is_to_be_looked_at_and_breaks_nothing(month: Month) -> None:
    found = judged(month)
    assert (found.judgement, found.why) == ("not_judged", WhyJudged.STILL_OPEN)
    assert (found.part, found.person_id) == (f"person-{month.zhao_id}", None)


def test_f4_it_is_kept_once_each_is_in_the_register_by_the_figures_of_then(month: Month) -> None:
    for source in complaints(month):
        declared(month, source)
    assert judged(month).judgement == "kept"


def test_f4_other_figures_than_those_of_its_time_break_it(month: Month) -> None:
    ids = [declared(month, source) for source in complaints(month)]
    then = month.settings.breaches.model_copy(update={"service_complaint_yuan": 31})
    found = judged(month, month.settings.model_copy(update={"breaches": then}))
    assert (found.judgement, found.evidence) == ("broken", {"breaches": ids})


def test_f4_a_withdrawn_one_is_decided_too(month: Month) -> None:
    for source in complaints(month):
        withdraw(month.storage, declared(month, source), "误会", month.zhou, NOW)
    found = judged(month)
    assert (found.judgement, found.why) == ("not_applicable", WhyJudged.WITHDRAWN)


def test_f4_a_month_without_complaints_has_nothing_to_count(month: Month) -> None:
    found = judged(month, of="2026-08")
    assert (found.judgement, found.why, found.part) == ("not_applicable", WhyJudged.NOTHING_TO_COUNT, "")
