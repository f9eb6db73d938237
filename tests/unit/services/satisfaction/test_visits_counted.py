"""E9: what a return visit's questionnaire brings counts in results, in the report and in the visits' month; once."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from hotline.bootstrap import Hotline
from hotline.domain.customers.customer import Customer
from hotline.domain.months import month_span
from hotline.domain.numbers import NO_NUMBER, Number
from hotline.domain.people import Actor, Role
from hotline.domain.retention.privacy import Person
from hotline.domain.satisfaction.questionnaire import ReplyWay
from hotline.domain.satisfaction.rating import Rating, RatingWay
from hotline.domain.visits.planned import NewVisit
from hotline.domain.visits.record import VisitRecord, WrongAnswers
from hotline.domain.visits.visit import Origin, Satisfaction, Visit, VisitWay
from hotline.services.customers import customers
from hotline.services.satisfaction.personal import Questionnaires
from hotline.services.satisfaction.questionnaires import record_questionnaires
from hotline.services.satisfaction.report import AskedReport, RatingReport, rating_report
from hotline.services.satisfaction.typing_in import TypedIn, see_results, type_in
from hotline.services.visit_checks.months import see_visit_month, visit_report
from hotline.services.visits.asking import record_answers
from hotline.services.visits.planning import plan
from hotline.services.visits.questions import questions_of
from hotline.storage.satisfaction.replies import ReplyStore
from hotline.storage.satisfaction.store import RatingStore
from hotline.storage.transaction import Storage
from tests.support.instance import an_instance
from tests.support.sample_calls import MONDAY_TEN
from tests.unit.services.satisfaction.test_questionnaires import BOSS, OWN, ZHAO, own

LATER = MONDAY_TEN + timedelta(days=1)
VISITOR = Actor("zhou", (Role.OPERATOR,), "周", extension="1002")
NUMBER = Number("+8613912345678")
FIRST = month_span(MONDAY_TEN.date())[0].date().replace(day=1)
TIME = AskedReport(MONDAY_TEN - timedelta(days=1), MONDAY_TEN + timedelta(days=2))


@pytest.fixture
def hotline(tmp_path: Path, storage: Storage) -> Hotline:
    made = an_instance(tmp_path, MONDAY_TEN, storage=storage)
    own(made, OWN.format(zh="快吗"))
    record_questionnaires(storage, made.home, MONDAY_TEN)
    return made


def planned(hotline: Hotline, questionnaire: str = "delivery", **more: object) -> Visit:
    new = NewVisit(Origin.CAMPAIGN, MONDAY_TEN, number=NUMBER, questionnaire=questionnaire)
    with hotline.storage.writing() as tx:
        found = plan(tx, hotline.settings, replace(new, **more), "boss", MONDAY_TEN)  # type: ignore[arg-type]
    assert found is not None
    return found


def recorded(hotline: Hotline, visit: Visit, call: tuple[str, str] | None = None, **answers: str) -> Visit:
    with hotline.storage.writing() as tx:
        return record_answers(tx, hotline.settings, visit, VisitRecord(answers, call=call), VISITOR, LATER)


def report(hotline: Hotline) -> RatingReport:
    return rating_report(hotline.storage, hotline.settings, TIME, BOSS, LATER)


def rated(hotline: Hotline, linkedid: str, answer: int | None) -> None:
    rating = Rating("node1", linkedid, "main", "1002", NUMBER, LATER, RatingWay.KEY, "handed_over", answer)
    with hotline.storage.writing() as tx:
        RatingStore(tx).add(rating)


def test_answers_of_a_visit_stand_in_the_questionnaires_results(hotline: Hotline) -> None:
    visit = recorded(hotline, planned(hotline), speed="4", wishes="再快一点")
    seen = see_results(hotline.storage, "delivery", TIME.since, TIME.until, BOSS, LATER)
    [reply] = seen.replies
    assert (reply.object, reply.way, reply.by, reply.score) == (f"visit:{visit.id}", ReplyWay.PHONE, "zhou", 4.0)
    assert (reply.answers, seen.mean) == ({"speed": "4", "wishes": "再快一点"}, 4.0)


@pytest.mark.parametrize(
    ("speed", "result"),
    [
        ("5", Satisfaction.SATISFIED),
        ("4", Satisfaction.SATISFIED),
        ("3", Satisfaction.SO_SO),
        ("2", Satisfaction.NOT_SATISFIED),
    ],
)
def test_without_the_question_itself_the_score_is_the_visits_result(
    hotline: Hotline, speed: str, result: Satisfaction
) -> None:
    assert recorded(hotline, planned(hotline), speed=speed).result is result


def test_the_answer_to_the_question_itself_is_the_result_whatever_the_scales_say(hotline: Hotline) -> None:
    visit = recorded(hotline, planned(hotline, "after_sales"), satisfied="so_so", attitude="5", speed="5")
    assert visit.result is Satisfaction.SO_SO


def test_a_visit_asks_the_version_it_was_planned_with(hotline: Hotline) -> None:
    visit = planned(hotline)
    own(hotline, OWN.format(zh="准时吗").replace('id = "speed"', 'id = "in_time"'))
    record_questionnaires(hotline.storage, hotline.home, MONDAY_TEN + timedelta(hours=1))
    assert (visit.questionnaire, planned(hotline).questionnaire) == ("delivery:1", "delivery:2")
    with hotline.storage.reading() as tx:
        assert [each.id for each in questions_of(tx, visit)] == ["speed", "wishes"]
    recorded(hotline, visit, speed="5")
    with hotline.storage.reading() as tx:
        [reply] = ReplyStore(tx).of_object(f"visit:{visit.id}")
    assert (reply.code, reply.version) == ("delivery", 1)


def test_too_long_an_answer_is_told_by_its_question_and_nothing_is_kept(hotline: Hotline) -> None:
    visit = planned(hotline)
    with pytest.raises(WrongAnswers) as refused:
        recorded(hotline, visit, speed="5", wishes="长" * 1001)
    assert refused.value.problems == {"wishes": "too_long"}
    with hotline.storage.reading() as tx:
        assert ReplyStore(tx).of_object(f"visit:{visit.id}") == []


def test_the_report_counts_a_call_once_that_was_rated_and_whose_visit_was_answered(hotline: Hotline) -> None:
    rated(hotline, "c-1", 2)
    rated(hotline, "c-2", None)
    recorded(hotline, planned(hotline), ("node1", "c-1"), speed="5")
    recorded(hotline, planned(hotline), ("node1", "c-2"), speed="4")
    recorded(hotline, planned(hotline, way=VisitWay.LINK), speed="3")
    typed = TypedIn("delivery", 1, ReplyWay.PAPER, {"speed": "1"})
    type_in(hotline.storage, hotline.settings, typed, ZHAO, LATER)
    found = report(hotline)
    [row] = found.questionnaires
    figures = row.figures
    assert (figures.replies, figures.in_visits, figures.scored, figures.rated) == (4, 3, 4, 1)
    assert (figures.mean, figures.satisfied_percent) == (3.25, 50.0)
    assert (found.total.answered, found.total.mean) == (1, 2.0)
    assert (found.opinions.answered, found.opinions.mean) == (4, 2.5)
    assert found.opinions.satisfied_percent == 25.0


def test_of_one_line_or_operator_alone_no_questionnaire_stands_in_the_report(hotline: Hotline) -> None:
    recorded(hotline, planned(hotline), speed="5")
    of_line = rating_report(hotline.storage, hotline.settings, replace(TIME, line="main"), BOSS, LATER)
    own_calls = rating_report(hotline.storage, hotline.settings, TIME, ZHAO, LATER)
    assert of_line.questionnaires == own_calls.questionnaires == []


def test_the_visits_month_has_the_mean_and_shares_of_those_with_a_result(hotline: Hotline) -> None:
    text = (
        OWN.format(zh="意见").replace('kind = "scale"\nrequired = true', 'kind = "text"').replace("delivery", "words")
    )
    own(hotline, text, "words.toml")
    record_questionnaires(hotline.storage, hotline.home, MONDAY_TEN)
    for speed in ("5", "3"):
        recorded(hotline, planned(hotline), speed=speed)
    recorded(hotline, planned(hotline, "words"), wishes="都好")
    recorded(hotline, planned(hotline, ""), satisfied="satisfied")
    month = see_visit_month(hotline.storage, hotline.settings, FIRST, BOSS, LATER).total
    assert (month.made, month.said, month.satisfied, month.so_so) == (4, 3, 2, 1)
    assert (month.scored, month.mean_score) == (2, 4.0)
    by_reason = visit_report(hotline.storage, hotline.settings, FIRST, BOSS, LATER).origins
    assert by_reason["campaign"].mean_score == 4.0


def test_g3_a_persons_copy_and_deletion_find_it_by_the_visit_and_no_figure_changes(hotline: Hotline) -> None:
    made = customers.create(hotline.storage, Customer(name="王芳", mail="wang@example.com"), BOSS, MONDAY_TEN)
    recorded(hotline, planned(hotline, number=NO_NUMBER, customer_id=made.id), speed="2", wishes="我叫王芳")
    before = report(hotline)
    part = Questionnaires()
    with hotline.storage.writing() as tx:
        found = part.find(tx, Person((), (made,), ()))
        assert [each.answers["wishes"] for each in found] == ["我叫王芳"]
        assert ReplyStore(tx).forget([each.id or 0 for each in found]) == 1
    with hotline.storage.reading() as tx:
        [after] = ReplyStore(tx).of_objects([each.object for each in found])
    assert after.answers == {} and report(hotline).opinions == before.opinions
