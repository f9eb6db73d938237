"""Customers are asked by a link: sent at most once, answered once, ended when nobody answers (E3)."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from hotline.domain.customers.customer import Customer, CustomerNumber, PreferredWay
from hotline.domain.errors import Conflict, Forbidden
from hotline.domain.notifications.notification import TAKEN, Outcome, Text, Verdict
from hotline.domain.numbers import normalise
from hotline.domain.people import Actor, Role
from hotline.domain.sms.message import DoNotSend
from hotline.domain.time import SHANGHAI
from hotline.domain.visits.planned import NewVisit
from hotline.domain.visits.record import WrongAnswers
from hotline.domain.visits.visit import Ending, Origin, Satisfaction, Visit, VisitState, VisitWay
from hotline.services.cases.by_link import ByLink
from hotline.services.customers import customers
from hotline.services.links import links
from hotline.services.sms.sms import send_due
from hotline.services.visit_links import answering, sending
from hotline.services.visits.planning import plan
from hotline.settings import Settings
from hotline.settings.sms import SmsTemplate
from hotline.storage.sms.store import DoNotSendStore
from hotline.storage.transaction import Storage
from hotline.storage.visits.store import VisitStore, VisitTryStore
from tests.support.at_rest import tables_with
from tests.support.texts import Texts

BOSS = Actor("boss", (Role.SUPERVISOR,), "班长")
NOW = datetime(2026, 3, 16, 10, tzinfo=SHANGHAI)
NUMBER = normalise("13800138000")
URL = "https://hotline.example.com"


class Mailbox:
    """A server that takes our mail, or says what it was told to."""

    def __init__(self, outcome: Outcome = TAKEN) -> None:
        self.outcome, self.mails = outcome, list[tuple[str, Text]]()

    def mail(self, address: str, text: Text) -> Outcome:
        self.mails.append((address, text))
        return self.outcome

    def post(self, url: str, text: Text) -> Outcome:
        raise AssertionError("no visit is posted")


@pytest.fixture
def site(settings: Settings) -> Settings:
    """With an address, a gateway for text messages and a mail server."""
    template = SmsTemplate(
        gateway_template="SMS_1", text="请评价 https://hotline.example.com/l/{token}", parameters=("token",)
    )
    parts = {
        "web": settings.web.model_copy(update={"public_url": URL}),
        "sms": settings.sms.model_copy(update={"gateway": "file", "templates": {"visit": template}}),
        "mail": settings.mail.model_copy(update={"host": "mail.example.com"}),
        "campaigns": settings.campaigns.model_copy(update={"sms_template": "visit"}),
    }
    return settings.model_copy(update=parts)


def a_visit(storage: Storage, settings: Settings, way: PreferredWay, mail: str = "wang@example.com") -> Visit:
    new = Customer(name="王芳", mail=mail, preferred_way=way, numbers=(CustomerNumber(NUMBER),))
    customer = customers.create(storage, new, BOSS, NOW)
    with storage.writing() as tx:
        made = plan(tx, settings, NewVisit(Origin.BY_HAND, NOW, customer_id=customer.id, number=NUMBER), "boss", NOW)
    assert made is not None
    return made


def again(storage: Storage, visit: Visit) -> Visit:
    with storage.reading() as tx:
        found = VisitStore(tx).by_id(visit.id or 0)
    assert found is not None
    return found


def opened(storage: Storage, settings: Settings, visit: Visit, now: datetime = NOW) -> ByLink:
    with storage.writing() as tx:
        made = sending.make_answer_link(tx, settings, visit, "boss", now)
    browser = links.open_link(storage, made.token, now)
    assert browser is not None
    return ByLink(made.token, browser[0])


def test_a_text_message_carries_the_link_once(storage: Storage, site: Settings) -> None:
    visit = a_visit(storage, site, PreferredWay.SMS)
    assert visit.way is VisitWay.SMS
    assert [sending.send_links(storage, site, Mailbox(), NOW + timedelta(hours=hours)) for hours in (0, 0, 30)] == [
        1,
        0,
        0,
    ]
    assert sending.end_unanswered(storage, site, NOW + timedelta(days=1)) == 0, "what waits is not over"
    gateway = Texts()
    assert [send_due(storage, site, gateway, NOW + timedelta(minutes=minute)) for minute in (0, 1)] == [1, 0]
    (sent,) = gateway.sent
    assert (sent.number, sent.template) == (NUMBER, "visit")
    found = links.look(storage, sent.parameters["token"], "", NOW)
    assert found is not None and found.link.object == f"visit:{visit.id}"
    assert not tables_with(storage, sent.parameters["token"]), "E4: whoever reads the database can't answer for them"


def test_of_a_visit_that_was_made_meanwhile_no_text_message_goes(storage: Storage, site: Settings) -> None:
    visit = a_visit(storage, site, PreferredWay.SMS)
    sending.send_links(storage, site, Mailbox(), NOW)
    with storage.writing() as tx:
        VisitStore(tx).save(replace(again(storage, visit), state=VisitState.DONE, closed_at=NOW))
    gateway = Texts()
    assert send_due(storage, site, gateway, NOW) == 0 and not gateway.sent


def test_whom_no_text_message_reached_was_not_reached(storage: Storage, site: Settings) -> None:
    visit = a_visit(storage, site, PreferredWay.SMS)
    sending.send_links(storage, site, Mailbox(), NOW)
    with storage.writing() as tx:
        DoNotSendStore(tx).add(DoNotSend(NUMBER, NOW, "reply"))
    assert send_due(storage, site, Texts(), NOW) == 0
    assert sending.end_unanswered(storage, site, NOW) == 1
    assert again(storage, visit).ending is Ending.NOT_REACHED


def test_a_mail_carries_the_link_once(storage: Storage, site: Settings) -> None:
    a_visit(storage, site, PreferredWay.MAIL)
    box = Mailbox()
    assert [sending.send_links(storage, site, box, NOW) for _ in range(2)] == [1, 0]
    ((address, text),) = box.mails
    assert address == "wang@example.com"
    assert "王芳" not in text.body
    [token] = re.findall(rf"{URL}/l/(\S+)", text.body)
    assert links.look(storage, token, "", NOW) is not None and not tables_with(storage, token)


def test_a_mail_that_was_refused_is_tried_again_later_but_not_for_ever(storage: Storage, site: Settings) -> None:
    visit = a_visit(storage, site, PreferredWay.MAIL)
    box = Mailbox(Outcome(Verdict.FAILED))
    for hours in range(8):
        sending.send_links(storage, site, box, NOW + timedelta(hours=hours, minutes=1))
    assert len(box.mails) == 3
    with storage.reading() as tx:
        tries = VisitTryStore(tx).of([visit.id or 0])[visit.id or 0]
    assert {each.outcome for each in tries} == {sending.NOT_SENT}


def test_a_mail_of_which_nobody_knows_is_not_sent_twice(storage: Storage, site: Settings) -> None:
    a_visit(storage, site, PreferredWay.MAIL)
    box = Mailbox(Outcome(Verdict.UNSURE))
    for hours in range(4):
        sending.send_links(storage, site, box, NOW + timedelta(hours=hours))
    assert len(box.mails) == 1


def test_without_an_address_no_link_goes_out_and_it_is_told(storage: Storage, site: Settings) -> None:
    bare = site.model_copy(update={"web": site.web.model_copy(update={"public_url": ""})})
    a_visit(storage, bare, PreferredWay.SMS)
    assert sending.send_links(storage, bare, Mailbox(), NOW) == 0
    reason = sending.what_is_missing(storage, bare, NOW)
    assert reason is not None and reason.code == "links.no_public_url"
    assert sending.what_is_missing(storage, site, NOW) is None


def test_the_answers_are_the_visits_record(storage: Storage, site: Settings) -> None:
    visit = a_visit(storage, site, PreferredWay.SMS)
    by = opened(storage, site, visit)
    hostile = "<script>alert(1)</script>\u202e'; DROP TABLE visit; --"
    answering.answer(storage, site, by, {"satisfied": "not_satisfied", "with_what": hostile, "other": "x"}, NOW)
    done = again(storage, visit)
    assert (done.state, done.ending, done.result) == (VisitState.DONE, Ending.ANSWERED, Satisfaction.NOT_SATISFIED)
    assert (done.way, done.closed_by) == (VisitWay.SMS, "visit_answer")
    assert "DROP TABLE" in done.answers["with_what"] and "other" not in done.answers


def test_it_is_answered_once(storage: Storage, site: Settings) -> None:
    visit = a_visit(storage, site, PreferredWay.SMS)
    by = opened(storage, site, visit)
    answering.answer(storage, site, by, {"satisfied": "satisfied"}, NOW)
    with pytest.raises(Forbidden, match=r"links\.over"):
        answering.answer(storage, site, by, {"satisfied": "not_satisfied", "with_what": "x"}, NOW)
    assert again(storage, visit).result is Satisfaction.SATISFIED


@pytest.mark.parametrize(
    "answers",
    [{}, {"satisfied": "perfect"}, {"satisfied": "not_satisfied"}, {"satisfied": "satisfied", "advice": "x" * 10_001}],
)
def test_what_is_no_answer_leaves_the_link_open(storage: Storage, site: Settings, answers: dict[str, str]) -> None:
    visit = a_visit(storage, site, PreferredWay.SMS)
    by = opened(storage, site, visit)
    with pytest.raises(WrongAnswers):
        answering.answer(storage, site, by, answers, NOW)
    assert answering.page_of(storage, by, NOW).open


def test_forged_expired_and_others_links_let_nobody_in(storage: Storage, site: Settings) -> None:
    visit = a_visit(storage, site, PreferredWay.SMS)
    by = opened(storage, site, visit)
    answers = {"satisfied": "satisfied"}
    for wrong, at in (
        (replace(by, token="x" * 43), NOW),
        (replace(by, browser="y" * 43), NOW),
        (by, NOW + timedelta(days=site.campaigns.link_days, seconds=1)),
    ):
        with pytest.raises(Forbidden):
            answering.answer(storage, site, wrong, answers, at)
    opened(storage, site, visit)  # a newer one ends it
    with pytest.raises(Forbidden):
        answering.answer(storage, site, by, answers, NOW)


def test_a_visit_that_was_made_otherwise_meanwhile_is_not_answered(storage: Storage, site: Settings) -> None:
    visit = a_visit(storage, site, PreferredWay.SMS)
    by = opened(storage, site, visit)
    with storage.writing() as tx:
        VisitStore(tx).save(replace(again(storage, visit), state=VisitState.DONE, closed_at=NOW))
    with pytest.raises(Conflict, match=r"visits\.closed"):
        answering.answer(storage, site, by, {"satisfied": "satisfied"}, NOW)


def test_who_does_not_want_to_be_asked_says_so(storage: Storage, site: Settings) -> None:
    visit = a_visit(storage, site, PreferredWay.SMS)
    answering.refuse(storage, site, opened(storage, site, visit), NOW)
    assert again(storage, visit).ending is Ending.REFUSED


def test_whose_link_is_over_was_not_reached(storage: Storage, site: Settings) -> None:
    visit = a_visit(storage, site, PreferredWay.SMS)
    sending.send_links(storage, site, Mailbox(), NOW)
    send_due(storage, site, Texts(), NOW)
    assert sending.end_unanswered(storage, site, NOW + timedelta(days=1)) == 0
    assert sending.end_unanswered(storage, site, NOW + timedelta(days=8)) == 1
    assert again(storage, visit).ending is Ending.NOT_REACHED
    assert sending.end_unanswered(storage, site, NOW + timedelta(days=9)) == 0
