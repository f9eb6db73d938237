"""What is judged of visits: what they left, who made them, and whether they were made in time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from hotline.bootstrap import Hotline
from hotline.domain.numbers import normalise
from hotline.domain.verdicts.verdict import Judgement, WhyJudged
from hotline.domain.visits.visit import Ending, Origin, Visit, VisitState, VisitWay
from hotline.storage.transaction import Storage
from hotline.storage.visits.store import VisitStore
from tests.support.instance import an_instance, clock_of
from tests.support.judged import judged, verdicts
from tests.support.sample_calls import MONDAY_TEN

DUE = MONDAY_TEN + timedelta(days=3)
MADE = Visit(
    Origin.CASE,
    MONDAY_TEN,
    MONDAY_TEN,
    DUE,
    number=normalise("13800138000"),
    way=VisitWay.ON_SITE,
    state=VisitState.DONE,
    ending=Ending.ANSWERED,
    content="满意",
    visitor="zhou",
    closed_at=MONDAY_TEN + timedelta(days=1),
    closed_by="zhou",
)

Judge = Callable[[Visit, str], tuple[Judgement, str]]


@pytest.fixture
def hotline(tmp_path: Path, storage: Storage) -> Hotline:
    return an_instance(tmp_path, MONDAY_TEN, "", storage)


@pytest.fixture
def judge(hotline: Hotline) -> Judge:
    """What one rule says of a visit that is closed."""

    def of(visit: Visit, rule: str) -> tuple[Judgement, str]:
        with hotline.storage.writing() as tx:
            assert VisitStore(tx).add(visit) is not None
        clock_of(hotline).now = DUE + timedelta(days=9)
        judged(hotline)
        (found,) = verdicts(hotline.storage, rule)
        return found.judgement, found.why

    return of


@pytest.mark.parametrize(
    ("visit", "expected"),
    [
        (MADE, (Judgement.KEPT, "")),
        (replace(MADE, content=""), (Judgement.BROKEN, WhyJudged.NO_RECORD)),
        (replace(MADE, way=VisitWay.CALL), (Judgement.BROKEN, WhyJudged.NO_RECORDING)),
        (replace(MADE, way=VisitWay.SMS), (Judgement.KEPT, "")),
    ],
    ids=["on site", "no record", "a call without its sound", "by link"],
)
def test_e1_a_visit_leaves_a_record_and_a_call_its_sound(
    judge: Judge, visit: Visit, expected: tuple[Judgement, str]
) -> None:
    assert judge(visit, "E1") == expected


@pytest.mark.parametrize("interested", [{"barred": ("li", "zhou")}, {"about": "zhou"}])
def test_e5_whoever_had_to_do_with_it_broke_the_rule_by_making_it(judge: Judge, interested: dict[str, object]) -> None:
    assert judge(replace(MADE, **interested), "E5")[0] is Judgement.BROKEN  # type: ignore[arg-type]


def test_e5_whoever_had_not_kept_it(judge: Judge) -> None:
    assert judge(replace(MADE, barred=("li",)), "E5")[0] is Judgement.KEPT


_ORIGINS = [(Origin.CASE, "E9"), (Origin.PROJECT, "E8"), (Origin.NEW_CUSTOMER, "E11")]


@pytest.mark.parametrize(("origin", "rule"), _ORIGINS)
@pytest.mark.parametrize(
    ("at", "expected"),
    [
        (DUE - timedelta(microseconds=1), Judgement.KEPT),
        (DUE, Judgement.BROKEN),
        (DUE + timedelta(1), Judgement.BROKEN),
    ],
    ids=["just in time", "at the moment at which it is over", "a day late"],
)
def test_e8_e9_e11_it_is_late_from_the_moment_at_which_it_is_due(
    judge: Judge, origin: Origin, rule: str, at: datetime, expected: Judgement
) -> None:
    """As its deadline has it (E7): the two never disagree."""
    assert judge(replace(MADE, origin=origin, closed_at=at), rule)[0] is expected


@pytest.mark.parametrize(
    ("ending", "why"),
    [
        (Ending.NOT_REACHED, WhyJudged.NOT_REACHED),
        (Ending.REFUSED, WhyJudged.NOT_REACHED),
        (Ending.WRONG_NUMBER, WhyJudged.WRONG_NUMBER),
        (Ending.NOT_OWED, WhyJudged.NOT_OWED),
        (Ending.NOT_WANTED, WhyJudged.NOT_OWED),
    ],
)
def test_e9_who_could_not_or_would_not_be_asked_is_an_exception(judge: Judge, ending: Ending, why: WhyJudged) -> None:
    late = DUE + timedelta(days=2)
    assert judge(replace(MADE, ending=ending, closed_at=late), "E9") == (Judgement.NOT_APPLICABLE, why)
