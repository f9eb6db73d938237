"""Ratings (E9): written with the calls, offered by text message, followed by a case, counted in the report."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from hotline.bootstrap import Hotline
from hotline.domain.accounts.audit import AuditFilter
from hotline.domain.calls.call import Asked, Call, Caller, Consultation, HandedBy, HangUp, Party, PartyKind
from hotline.domain.customers.customer import Customer, CustomerNumber, PreferredWay
from hotline.domain.errors import Conflict, Forbidden, NotFound, Refused
from hotline.domain.links.link import Link
from hotline.domain.numbers import NO_NUMBER, Number
from hotline.domain.people import Actor, Role
from hotline.domain.satisfaction.figures import By, RatingFigure
from hotline.domain.satisfaction.rating import Rating, RatingWay
from hotline.domain.sms.message import DoNotSend, SmsMessage, SmsState
from hotline.domain.visits.visit import Origin
from hotline.services.links.links import digest
from hotline.services.outbox_topics import RATING
from hotline.services.pop_part import WhoCalls
from hotline.services.satisfaction.answering import write_answer
from hotline.services.satisfaction.consequences import follow
from hotline.services.satisfaction.following import open_for_low
from hotline.services.satisfaction.handing_over import hand_over
from hotline.services.satisfaction.pop_part import POP_PART
from hotline.services.satisfaction.report import AskedReport, rating_report, rows_behind
from hotline.services.sms.sms import send_due
from hotline.settings.errors import SettingsError
from hotline.storage.audit import AuditLog
from hotline.storage.calls.store import CallStore
from hotline.storage.cases.listing import CaseFilter, CaseListStore
from hotline.storage.customers.store import CustomerStore
from hotline.storage.forms.store import FormStore
from hotline.storage.links.store import LinkStore
from hotline.storage.outbox import Outbox
from hotline.storage.satisfaction.store import RatingStore
from hotline.storage.sms.store import DoNotSendStore, SmsStore
from hotline.storage.transaction import Storage
from hotline.storage.visits.store import VisitStore
from tests.support.at_rest import tables_with
from tests.support.instance import an_instance
from tests.support.pbx import RememberingPbx
from tests.support.sample_calls import MONDAY_TEN, answered_call, dialled_call, duty_call, talking_call
from tests.support.sample_forms import open_form
from tests.support.texts import Texts

SITE = """
[web]
public_url = "https://hotline.example.com"
[sms]
gateway = "file"
[sms.templates.rating]
gateway_template = "SMS_5"
text = "请评价本次通话 https://hotline.example.com/l/{token} 拒收请回复R"
parameters = ["token"]
[satisfaction]
after_call = true
sms = true
low_opens = "case"
"""
ZHAO = Actor("zhao", (Role.OPERATOR,), "赵敏", extension="1001")
QIAN = Actor("qian", (Role.OPERATOR,), "钱伟", extension="1002")
BOSS = Actor("boss", (Role.SUPERVISOR,), "李主管")
CLERK = Actor("clerk", (Role.DEPARTMENT,), "文员")
NUMBER = Number("+8613912345678")
ENDED = MONDAY_TEN + timedelta(minutes=3)
MONTH = AskedReport(MONDAY_TEN - timedelta(days=15), MONDAY_TEN + timedelta(days=15))


@pytest.fixture
def hotline(tmp_path: Path, storage: Storage) -> Hotline:
    return an_instance(tmp_path, MONDAY_TEN, SITE, storage=storage)


def asked(linkedid: str = "c-1", answer: int | None = None, **changes: object) -> Call:
    call = answered_call(linkedid, number=NUMBER)
    at = call.ended_at or ENDED
    over = Asked(at, HandedBy.HANDED_OVER, answer, at if answer else None, over=bool(answer))
    return replace(call, asked=over, **changes)  # type: ignore[arg-type]


def left_first(linkedid: str = "c-1", number: str = NUMBER) -> Call:
    """The caller hung up first."""
    call = answered_call(linkedid, number=number)
    return replace(call, hang_up=HangUp(Party(PartyKind.CALLER), call.ended_at or ENDED, 16))


def keep(hotline: Hotline, *calls: Call, now: datetime = ENDED) -> None:
    with hotline.storage.writing() as tx:
        CallStore(tx).save(calls, now)
        follow(tx, hotline.settings, calls, now)


def rating_of(hotline: Hotline, linkedid: str = "c-1") -> Rating | None:
    with hotline.storage.reading() as tx:
        return RatingStore(tx).of_call("node1", linkedid)


def living(hotline: Hotline) -> Sequence[Link]:
    with hotline.storage.reading() as tx:
        return LinkStore(tx).living(ENDED + timedelta(hours=1), 10)


def messages(hotline: Hotline) -> list[SmsMessage]:
    with hotline.storage.reading() as tx:
        return SmsStore(tx).of_numbers([NUMBER])


def told(hotline: Hotline) -> list[object]:
    with hotline.storage.reading() as tx:
        return [each.payload["what"] for each in Outbox(tx).after(0, 100) if each.topic == RATING]


def test_who_is_asked_stands_there_before_they_answer_and_their_answer_comes_once(hotline: Hotline) -> None:
    keep(hotline, asked())
    first = rating_of(hotline)
    assert first is not None and first.answer is None
    assert (first.extension, first.way, first.handed_by, first.number) == ("1001", RatingWay.KEY, "handed_over", NUMBER)
    keep(hotline, asked(answer=4))
    keep(hotline, asked(answer=4))
    again = rating_of(hotline)
    assert again is not None and (again.id, again.answer) == (first.id, 4)
    assert told(hotline) == ["offered", "answered"]


def test_a_call_that_is_folded_whole_later_has_its_answer_at_once(hotline: Hotline) -> None:
    keep(hotline, asked(answer=5))
    found = rating_of(hotline)
    assert found is not None and found.answer == 5
    assert told(hotline) == ["offered", "answered"]


def test_who_hung_up_first_gets_one_link_by_text_message(hotline: Hotline) -> None:
    keep(hotline, left_first())
    keep(hotline, left_first())
    found = rating_of(hotline)
    assert found is not None and (found.way, found.answer) == (RatingWay.SMS, None)
    [message] = messages(hotline)
    assert message.template == "rating" and message.state is SmsState.WAITING
    assert living(hotline) == [], "it is made when it goes"
    went, sent_at = Texts(), ENDED + timedelta(hours=1)
    assert send_due(hotline.storage, hotline.settings, went, sent_at) == 1
    [made] = living(hotline)
    assert digest(went.sent[0].parameters["token"]) == made.token_sha256
    assert (made.purpose, made.object, made.one_use) == ("rating", f"rating:{found.id}", True)
    assert made.expires_at == sent_at + timedelta(hours=72)


def test_no_row_has_what_opens_the_link(hotline: Hotline) -> None:
    """E4: who reads the database, or a copy of it, answers for nobody."""
    keep(hotline, left_first())
    away, went = Texts(away=True), Texts()
    assert send_due(hotline.storage, hotline.settings, away, ENDED) == 0
    assert send_due(hotline.storage, hotline.settings, went, ENDED + timedelta(minutes=5)) == 1
    [first], [second] = (each.sent[0].parameters.values() for each in (away, went))
    assert first != second and not tables_with(hotline.storage, first) and not tables_with(hotline.storage, second)
    [made] = living(hotline)
    assert made.token_sha256 == digest(second), "the one that may have gone before lets nobody in"


def test_whoever_has_answered_meanwhile_is_sent_nothing(hotline: Hotline) -> None:
    keep(hotline, left_first())
    rating = rating_of(hotline)
    assert rating is not None
    with hotline.storage.writing() as tx:
        write_answer(tx, hotline.settings, rating, 5, ENDED, ENDED)
    went = Texts()
    assert send_due(hotline.storage, hotline.settings, went, ENDED) == 0 and not went.sent
    assert [each.why for each in messages(hotline)] == ["no_link"] and not living(hotline)


def test_the_same_number_is_not_asked_again_within_days(hotline: Hotline) -> None:
    keep(hotline, left_first())
    keep(hotline, left_first("c-2"), now=ENDED + timedelta(minutes=30))
    assert rating_of(hotline, "c-2") is None and len(messages(hotline)) == 1


def wants_no_sms(hotline: Hotline) -> None:
    with hotline.storage.writing() as tx:
        DoNotSendStore(tx).add(DoNotSend(NUMBER, MONDAY_TEN, "reply", ""))


def customer(hotline: Hotline, **will: Any) -> None:
    with hotline.storage.writing() as tx:
        numbers = (CustomerNumber(NUMBER),)
        known = Customer("王五", numbers=numbers, created_at=MONDAY_TEN, updated_at=MONDAY_TEN, updated_by="boss")
        CustomerStore(tx).add(replace(known, **will))


def wants_no_calls(hotline: Hotline) -> None:
    customer(hotline, do_not_call=True)


def wants_mail(hotline: Hotline) -> None:
    """E3."""
    customer(hotline, preferred_way=PreferredWay.MAIL)


def wants_to_be_asked_by_no_way(hotline: Hotline) -> None:
    """E3."""
    customer(hotline, preferred_way=PreferredWay.NONE)


def test_e3_whoever_wants_to_be_asked_by_sms_is(hotline: Hotline) -> None:
    customer(hotline, preferred_way=PreferredWay.SMS)
    keep(hotline, left_first())
    assert len(messages(hotline)) == 1


@pytest.mark.parametrize("will", [wants_no_sms, wants_no_calls, wants_mail, wants_to_be_asked_by_no_way])
def test_whoever_wants_nothing_of_us_is_sent_nothing(hotline: Hotline, will) -> None:  # type: ignore[no-untyped-def]
    will(hotline)
    keep(hotline, left_first())
    assert rating_of(hotline) is None and not messages(hotline)


@pytest.mark.parametrize(
    ("call", "now"),
    [
        (left_first(number="+8675512345678"), ENDED),  # a landline
        (left_first(), ENDED + timedelta(hours=3)),  # from a backlog
        (replace(left_first(), hang_up=HangUp(Party(PartyKind.OPERATOR, "1001"), ENDED, 16)), ENDED),
        (duty_call("c-1", number=NUMBER), ENDED),
        (replace(dialled_call("c-1"), hang_up=HangUp(Party(PartyKind.CALLER), ENDED, 16)), ENDED),
    ],
    ids=["landline", "late", "we hung up", "duty mobile", "dialled"],
)
def test_nobody_else_is_sent_one(hotline: Hotline, call: Call, now: datetime) -> None:
    keep(hotline, call, now=now)
    assert rating_of(hotline) is None


@pytest.mark.parametrize("answer", [1, 2, 3])
def test_a_low_answer_opens_one_case_about_whoever_had_the_caller(hotline: Hotline, answer: int) -> None:
    call = asked(answer=answer)
    keep(hotline, call)
    assert open_for_low(hotline.storage, hotline.settings, ENDED) == int(answer <= 2)
    assert open_for_low(hotline.storage, hotline.settings, ENDED) == 0
    keep(hotline, call)
    assert open_for_low(hotline.storage, hotline.settings, ENDED) == 0
    with hotline.storage.reading() as tx:
        cases = CaseListStore(tx).page(CaseFilter(state=None), 10)
    found = rating_of(hotline)
    assert found is not None and len(cases) == int(answer <= 2)
    if cases:
        assert (cases[0].kind, cases[0].title, cases[0].caller_number) == ("complaint", f"客户评价{answer}分", NUMBER)
        assert found.case_id == cases[0].id


def test_a_low_answer_opens_one_visit_that_nobody_makes_who_had_the_call(hotline: Hotline, tmp_path: Path) -> None:
    """E9, E5."""
    site = SITE.replace('low_opens = "case"', 'low_opens = "visit"')
    other = an_instance(tmp_path / "other", MONDAY_TEN, site, storage=hotline.storage)
    with other.storage.writing() as tx:
        FormStore(tx).add([replace(open_form(asked(), MONDAY_TEN, "1001"), updated_by="writer")])
    keep(other, asked(answer=2))
    assert [open_for_low(other.storage, other.settings, ENDED) for _ in range(2)] == [1, 0]
    with other.storage.reading() as tx:
        [visit] = VisitStore(tx).of_subject(Origin.RATING, 1)
    assert (visit.number, visit.purpose, visit.key) == (NUMBER, "客户评价2分", "rating:1")
    assert "writer" in visit.barred and visit.is_open
    found = rating_of(other)
    assert found is not None and found.case_id is None


def test_of_a_caller_without_a_number_no_visit_is_made_and_that_is_told(hotline: Hotline, tmp_path: Path) -> None:
    site = SITE.replace('low_opens = "case"', 'low_opens = "visit"')
    other = an_instance(tmp_path / "other", MONDAY_TEN, site, storage=hotline.storage)
    keep(other, replace(asked(answer=1), caller=Caller(NO_NUMBER, "anonymous")))
    assert open_for_low(other.storage, other.settings, ENDED) == 0
    with other.storage.reading() as tx:
        entries = AuditLog(tx).search(AuditFilter(), 100)
    assert [each.detail for each in entries if each.action == "rating.not_followed"] == ["satisfaction.nobody_to_visit"]


def test_a_kind_that_there_is_no_more_is_told_once(hotline: Hotline, tmp_path: Path) -> None:
    other = an_instance(tmp_path / "other", MONDAY_TEN, SITE + 'case_kind = "gone"\n', storage=hotline.storage)
    keep(other, asked(answer=1))
    assert open_for_low(other.storage, other.settings, ENDED) == 0
    assert open_for_low(other.storage, other.settings, ENDED) == 0
    with other.storage.reading() as tx:
        entries = AuditLog(tx).search(AuditFilter(), 100)
    assert [each.detail for each in entries if each.action == "rating.not_followed"] == ["cases.no_kind"]


def fill(hotline: Hotline) -> None:
    """Two of 1001's, one answered; two of 1002's with an answer of 5 and of 2."""
    other = Party(PartyKind.OPERATOR, "1002", "钱伟")
    keep(hotline, asked("a", 4), asked("b"))
    for linkedid, answer in (("c", 5), ("d", 2)):
        call = asked(linkedid, answer)
        talks = tuple(replace(talk, party=other) for talk in call.talks)
        keep(hotline, replace(call, talks=talks, answered_by=other))
    with hotline.storage.writing() as tx:
        FormStore(tx).add([open_form(asked("a"), MONDAY_TEN, "1001", category="consult_product")])


def test_the_report_counts_by_line_operator_and_category(hotline: Hotline) -> None:
    fill(hotline)
    report = rating_report(hotline.storage, hotline.settings, MONTH, BOSS, ENDED)
    total = report.total
    assert (total.offered, total.answered, total.satisfied, total.low) == (4, 3, 2, 1)
    assert (total.mean, total.answered_percent, total.satisfied_percent) == (3.67, 75.0, 66.7)
    assert (report.target, report.satisfied_from) == (4.5, 4)
    rows = {by: {row.key: row.figures.offered for row in each} for by, each in report.by.items()}
    assert rows == {
        By.LINE: {"main": 4},
        By.OPERATOR: {"1001": 2, "1002": 2},
        By.CATEGORY: {"": 3, "consult_product": 1},
    }
    assert report.handled is not None and report.handled.percent is None


@pytest.mark.parametrize("figure", list(RatingFigure))
def test_each_number_opens_its_calls(hotline: Hotline, figure: RatingFigure) -> None:
    fill(hotline)
    report = rating_report(hotline.storage, hotline.settings, MONTH, BOSS, ENDED)
    rows = rows_behind(hotline.storage, hotline.settings, figure, MONTH, BOSS, ENDED, 100)
    assert len(rows) == getattr(report.total, figure.value)
    assert all(row.call_id for row in rows)
    for row in report.by[By.CATEGORY]:
        asked_ = replace(MONTH, category=row.key)
        found = rows_behind(hotline.storage, hotline.settings, figure, asked_, BOSS, ENDED, 100)
        assert len(found) == getattr(row.figures, figure.value)


def test_an_operator_sees_their_own_alone_and_a_clerk_none(hotline: Hotline) -> None:
    fill(hotline)
    report = rating_report(hotline.storage, hotline.settings, MONTH, QIAN, ENDED)
    assert (report.total.offered, report.total.mean) == (2, 3.5) and report.handled is None
    asked_ = replace(MONTH, operator="1001")
    assert rating_report(hotline.storage, hotline.settings, asked_, QIAN, ENDED).total.offered == 0
    with pytest.raises(Forbidden):
        rating_report(hotline.storage, hotline.settings, MONTH, CLERK, ENDED)


def test_a_month_ends_before_the_next_begins(hotline: Hotline) -> None:
    keep(hotline, asked(answer=5))
    found = rating_of(hotline)
    assert found is not None
    before = replace(MONTH, until=found.offered_at)
    after = replace(MONTH, since=found.offered_at)
    counts = [
        rating_report(hotline.storage, hotline.settings, each, BOSS, ENDED).total.offered for each in (before, after)
    ]
    assert counts == [0, 1]
    with pytest.raises(Refused):
        rating_report(hotline.storage, hotline.settings, replace(MONTH, until=MONTH.since), BOSS, ENDED)


def test_the_pop_tells_of_a_low_last_answer_alone(hotline: Hotline) -> None:
    def shown() -> object:
        with hotline.storage.reading() as tx:
            read = POP_PART.read(tx, hotline.settings, WhoCalls(left_first("now"), ()))
        return POP_PART.show(read, hotline.settings, ZHAO, ENDED).model_dump()["low_rating"]

    assert shown() is None
    keep(hotline, asked("a", 1))
    assert shown() == {"answer": 1, "at": rating_of(hotline, "a").offered_at}  # type: ignore[union-attr]
    keep(hotline, replace(asked("b", 5), asked=Asked(ENDED + timedelta(hours=1), HandedBy.HUNG_UP, 5, ENDED)))
    assert shown() is None


def test_a_comment_comes_with_the_answer_once(hotline: Hotline) -> None:
    keep(hotline, left_first())
    found = rating_of(hotline)
    assert found is not None
    with hotline.storage.writing() as tx:
        assert write_answer(tx, hotline.settings, found, 2, ENDED, ENDED, "等太久")
        assert not write_answer(tx, hotline.settings, found, 5, ENDED, ENDED, "很好")
    again = rating_of(hotline)
    assert again is not None and (again.answer, again.comment) == (2, "等太久")
    report = rating_report(hotline.storage, hotline.settings, MONTH, BOSS, ENDED)
    assert [row.rating.comment for row in report.comments] == ["等太久"]


def on_the_line(hotline: Hotline, call: Call) -> tuple[RememberingPbx, int]:
    pbx = RememberingPbx()
    own, bridged = call.talks[-1].party.id, {"Linkedid": call.linkedid, "BridgeId": "b"}
    pbx.live = [
        {"Channel": "PJSIP/trunk-1", "Uniqueid": call.linkedid, **bridged},
        {"Channel": f"PJSIP/{own}-2", "Uniqueid": "c-2", **bridged},
    ]
    with hotline.storage.writing() as tx:
        CallStore(tx).save([call], MONDAY_TEN)
        call_id = CallStore(tx).id_of(call.node, call.linkedid)
    assert call_id is not None
    return pbx, call_id


def test_the_operator_who_talks_hands_over(hotline: Hotline) -> None:
    call = talking_call()
    pbx, call_id = on_the_line(hotline, call)
    own = call.talks[-1].party.id
    args = (hotline.storage, hotline.settings, pbx, call_id)
    other = {"1001": QIAN, "1002": ZHAO}[own]
    with pytest.raises(Conflict):
        hand_over(*args, other, other.extension or "", MONDAY_TEN)
    with pytest.raises(Forbidden):
        hand_over(*args, CLERK, own, MONDAY_TEN)
    with pytest.raises(NotFound):
        hand_over(*args[:3], call_id + 1, ZHAO, own, MONDAY_TEN)
    hand_over(*args, ZHAO, own, MONDAY_TEN)
    assert pbx.acts == [("redirect", "PJSIP/trunk-1", "handed_over", "hl-rating"), ("hang_up", f"PJSIP/{own}-2")]


def test_whether_a_colleague_is_consulted_is_asked_of_asterisk(hotline: Hotline) -> None:
    """C3: the ledger knows of a consultation's beginning and end a moment later."""
    call = talking_call()
    own = call.talks[-1].party
    asked = Consultation(own, Party(PartyKind.OPERATOR, "1003", "孙丽"), MONDAY_TEN, MONDAY_TEN, None)
    pbx, call_id = on_the_line(hotline, replace(call, consultations=(asked,)))
    args = (hotline.storage, hotline.settings, pbx, call_id, ZHAO, own.id, MONDAY_TEN)
    caller, operator = pbx.live
    pbx.live = [caller, {**operator, "BridgeId": "consultation"}]
    with pytest.raises(Conflict, match=r"satisfaction\.consults"):
        hand_over(*args)
    pbx.live = [caller]
    with pytest.raises(Conflict, match=r"satisfaction\.not_your_talk"):
        hand_over(*args)
    pbx.live = [caller, operator]
    hand_over(*args)
    assert pbx.acts == [("redirect", "PJSIP/trunk-1", "handed_over", "hl-rating"), ("hang_up", f"PJSIP/{own.id}-2")]


def test_where_nothing_is_asked_nobody_is_handed_over(tmp_path: Path, storage: Storage) -> None:
    hotline = an_instance(tmp_path, MONDAY_TEN, "", storage=storage)
    call = talking_call()
    pbx, call_id = on_the_line(hotline, call)
    own = call.talks[-1].party.id
    with pytest.raises(Refused):
        hand_over(hotline.storage, hotline.settings, pbx, call_id, ZHAO, own, MONDAY_TEN)
    assert pbx.acts == []


def test_a_line_may_have_it_otherwise_and_a_template_that_does_not_fit_is_refused(tmp_path: Path) -> None:
    line = '[lines.main]\nnumber = "4001234567"\nmenu = "main"\n[lines.main.satisfaction]\nafter_call = false\n'
    settings = an_instance(tmp_path, MONDAY_TEN, SITE + line).settings
    assert not settings.satisfaction_of("main").after_call and settings.satisfaction_of("main").sms
    wrong = SITE.replace("{token}", "{url}").replace('"token"', '"url"')
    with pytest.raises(SettingsError, match=r"satisfaction.sms_template"):
        assert an_instance(tmp_path / "wrong", MONDAY_TEN, wrong).settings.satisfaction is None
