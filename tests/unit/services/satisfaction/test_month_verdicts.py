"""E9: a month's satisfaction is what all customers said who were asked in it, against 4.5 of 5."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from hotline.domain.numbers import Number
from hotline.domain.satisfaction.questionnaire import ReplyWay
from hotline.domain.satisfaction.rating import Rating, RatingWay
from hotline.domain.verdicts.verdict import Judgement, Verdict, WhyJudged
from hotline.domain.visits.record import ended
from hotline.domain.visits.visit import Ending, Origin, Visit
from hotline.services.satisfaction.questionnaires import latest, store_reply
from hotline.services.satisfaction.verdicts import OpinionMonths
from hotline.services.verdicts.maker import ground
from hotline.settings import Settings
from hotline.settings.load import default_settings
from hotline.storage.calls.store import CallStore
from hotline.storage.cases.tables import service_case
from hotline.storage.satisfaction.store import RatingStore
from hotline.storage.transaction import Storage
from hotline.storage.visits.store import VisitStore
from tests.support.report_rows import add
from tests.support.rows import a_call

#: In October in Shanghai: its first moment, one within, and some days after it.
FIRST = datetime(2026, 9, 30, 16, tzinfo=UTC)
THEN = datetime(2026, 10, 20, 2, tzinfo=UTC)
LATER = datetime(2026, 11, 3, 2, tzinfo=UTC)


class _Figures:
    def at(self, _moment: datetime) -> Settings:
        return default_settings()


def judged(storage: Storage) -> dict[str, Verdict]:
    """E9 of October by line, of all customers under ""."""
    with storage.reading() as tx:
        found = OpinionMonths().judge(tx, ["2026-10"], ground(tx, _Figures(), LATER))["2026-10"]
    return {each.part: each for each in found if each.rule == "E9"}


def rated(storage: Storage, linkedid: str, answer: int | None, at: datetime = THEN, line: str = "main") -> None:
    new = Rating("node1", linkedid, line, "1001", Number("+8613800138000"), at, RatingWay.KEY, "handed_over", answer)
    with storage.writing() as tx:
        RatingStore(tx).add(new)


def replied(storage: Storage, overall: int, call: str = "", at: datetime = THEN) -> None:
    with storage.writing() as tx:
        asked = latest(tx, "monthly")
        store_reply(tx, asked, {"overall": str(overall)}, ReplyWay.PHONE, "zhou", at, call=("node1", call))


def test_e9_the_sample_counts_with_the_ratings_and_lines_by_their_own(storage: Storage) -> None:
    rated(storage, "a", 5)
    rated(storage, "b", 3, line="sales")
    replied(storage, 5)
    replied(storage, 1, call="a")  # of a call that was rated: said already
    found = judged(storage)
    assert {part: (each.judgement, each.value) for part, each in found.items()} == {
        "": (Judgement.BROKEN, 4.33),
        "main": (Judgement.KEPT, 5.0),
        "sales": (Judgement.BROKEN, 3.0),
    }
    assert (found[""].limit, found[""].evidence) == (4.5, {"answers": 3, "ratings": 2})


def test_e9_the_sample_alone_decides_where_no_call_is_rated(storage: Storage) -> None:
    for overall in (5, 4):
        replied(storage, overall)
    assert {part: (each.judgement, each.value) for part, each in judged(storage).items()} == {"": (Judgement.KEPT, 4.5)}


@pytest.mark.parametrize(
    ("at", "counts"),
    [
        (FIRST - timedelta(microseconds=1), False),
        (FIRST, True),
        (FIRST + timedelta(days=31) - timedelta(microseconds=1), True),
        (FIRST + timedelta(days=31), False),
    ],
)
def test_e9_a_month_is_that_of_shanghai(storage: Storage, at: datetime, counts: bool) -> None:
    replied(storage, 5, at=at)
    assert (judged(storage)[""].value == 5.0) is counts


def test_e9_a_month_with_talks_in_which_nobody_was_asked_breaks_it(storage: Storage) -> None:
    assert judged(storage)[""].why == WhyJudged.NOTHING_TO_COUNT
    with storage.writing() as tx:
        CallStore(tx).save([a_call("a", THEN)], THEN)
    found = judged(storage)[""]
    assert (found.judgement, found.why) == (Judgement.BROKEN, WhyJudged.NOT_ASKED)


def test_e9_who_was_asked_and_gave_no_score_is_not_measured(storage: Storage) -> None:
    with storage.writing() as tx:
        CallStore(tx).save([a_call("a", THEN)], THEN)
        visit = Visit(Origin.CASE, THEN, THEN, THEN, 1, number=Number("+8613800138000"))
        added = VisitStore(tx).add(visit)
        assert added is not None
        VisitStore(tx).save(ended(added, Ending.ANSWERED, "zhou", THEN, "都好"))
    found = judged(storage)[""]
    assert (found.judgement, found.why) == (Judgement.NOT_JUDGED, WhyJudged.NOT_MEASURED)
    rated(storage, "a", None)
    assert judged(storage)[""].why == WhyJudged.NOT_MEASURED


@pytest.mark.parametrize(
    ("handled", "open_ones", "expected"),
    [(98, 2, Judgement.KEPT), (97, 3, Judgement.BROKEN), (0, 0, Judgement.NOT_APPLICABLE)],
)
def test_d12_f10_98_of_100_opinions_are_handled_with_a_result(
    storage: Storage, handled: int, open_ones: int, expected: Judgement
) -> None:
    """One that went on within another counts as that, one that was closed without a result as not handled, and those of
    other kinds and months as none."""
    every = [
        *[("complaint", "closed", "已更换", THEN)] * handled,
        *[("suggestion", "open", "", THEN)] * (open_ones // 2),
        *[("complaint", "closed", "", THEN)] * (open_ones - open_ones // 2),
        ("complaint", "merged", "", THEN),
        ("enquiry", "open", "", THEN),
        ("complaint", "open", "", FIRST - timedelta(microseconds=1)),
    ]
    with storage.writing() as tx:
        for place, (kind, state, result, at) in enumerate(every):
            number = f"20261001-{place:03}"
            add(tx.connection, service_case, number=number, kind=kind, state=state, result=result, opened_at=at)
    with storage.reading() as tx:
        found = OpinionMonths().judge(tx, ["2026-10"], ground(tx, _Figures(), LATER))["2026-10"]
    by_rule = {each.rule: each for each in found if each.rule in ("D12", "F10")}
    assert by_rule["D12"].judgement is expected
    known = Judgement.NOT_APPLICABLE if expected is Judgement.NOT_APPLICABLE else Judgement.KEPT
    assert (by_rule["F10"].judgement, by_rule["F10"].value) == (known, handled or None)
