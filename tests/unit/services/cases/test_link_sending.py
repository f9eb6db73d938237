"""The customer's link goes out by text message or by mail: made when it goes, kept as a hash alone; with a real mail
server and the file gateway."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from hotline.bootstrap import Hotline
from hotline.domain.cases.case import ServiceCase
from hotline.domain.customers.customer import Customer
from hotline.domain.errors import Conflict, Forbidden, Refused
from hotline.domain.notifications.notification import Outcome, Text, Verdict
from hotline.domain.numbers import NO_NUMBER, normalise
from hotline.domain.sms.message import SmsState
from hotline.jobs.gateways.all import SiteGateways
from hotline.services.cases.customer_link import make_customer_link
from hotline.services.cases.department_sms import send_department_link
from hotline.services.cases.link_mails import send_link_mails
from hotline.services.cases.link_sending import Way, send_customer_link
from hotline.services.cases.links_page import case_links
from hotline.services.links import links
from hotline.services.sms.gateways import make_gateway
from hotline.services.sms.sms import send_due
from hotline.settings.errors import SettingsError
from hotline.storage.audit import AuditLog
from hotline.storage.customers.store import CustomerStore
from hotline.storage.links.store import LinkStore
from hotline.storage.sms.store import SmsStore
from hotline.storage.staff.store import StaffStore
from tests.support.at_rest import tables_with
from tests.support.cases import BOSS, EXAMINER, LI, TECH, Desk, a_desk, shanghai
from tests.support.gateways import mail_server
from tests.support.instance import an_instance, clock_of

NOW = shanghai(2026, 11, 16, 10)
SITE = """
[web]
public_url = "https://hotline.example.com"
[case_links]
sms_template = "case"
department_sms_template = "department"
[sms]
gateway = "file"
[sms.templates.case]
gateway_template = "SMS_7"
text = "您的工单{number}办理进度：{link}"
parameters = ["number", "link"]
[sms.templates.department]
gateway_template = "SMS_8"
text = "工单{number}请答复：https://hotline.example.com/l/{token}"
parameters = ["number", "token"]
[mail]
host = "127.0.0.1"
port = 25
security = "none"
sender = "hotline@example.com"
"""


@pytest.fixture
def hotline(tmp_path: Path) -> Hotline:
    return an_instance(tmp_path, NOW, SITE)


@pytest.fixture
def desk(hotline: Hotline) -> Desk:
    return a_desk(hotline.storage, hotline.settings, NOW)


def send(hotline: Hotline, case: ServiceCase, way: Way) -> None:
    send_customer_link(hotline.storage, hotline.settings, case.id or 0, way, LI, hotline.clock())


def handed_over(hotline: Hotline) -> list[dict[str, object]]:
    """To the file gateway."""
    gateway = make_gateway(hotline.settings.sms, hotline.home)
    assert gateway is not None
    send_due(hotline.storage, hotline.settings, gateway, hotline.clock())
    file = hotline.home.root / "sms.jsonl"
    return [json.loads(line) for line in file.read_text("utf-8").splitlines()] if file.exists() else []


def with_mail(desk: Desk) -> ServiceCase:
    with desk.storage.writing() as tx:
        known = Customer("王建国", mail="wang@example.com", created_at=NOW, updated_at=NOW, updated_by="li")
        customer = CustomerStore(tx).add(known)
    return desk.open(NOW, number=NO_NUMBER, customer_id=customer.id)


def token_of(text: str) -> str:
    [token] = re.findall(r"https://hotline\.example\.com/l/(\S+)", text)
    return str(token)


def living(hotline: Hotline) -> int:
    with hotline.storage.reading() as tx:
        return len(LinkStore(tx).living(hotline.clock(), 10))


def test_a_text_message_carries_a_link_that_no_row_has(hotline: Hotline, desk: Desk) -> None:
    case = desk.open(NOW)
    send(hotline, case, Way.SMS)
    send(hotline, case, Way.SMS)  # within the minute
    assert living(hotline) == 0, "it is made when it goes"
    [sent] = handed_over(hotline)
    text = str(sent["text"])
    assert case.number in text and not tables_with(hotline.storage, token_of(text)) and living(hotline) == 1
    assert (sent["number"], sent["template"]) == ("+8613800138000", "case")
    clock_of(hotline).advance(minutes=5)
    send(hotline, case, Way.SMS)
    assert len(handed_over(hotline)) == 2 and living(hotline) == 1, "the one before lets nobody in any more"


def test_of_a_case_that_is_closed_meanwhile_nothing_goes(hotline: Hotline, desk: Desk) -> None:
    case = desk.open(NOW, "request")
    send(hotline, case, Way.SMS)
    desk.act(case, "close", NOW)
    assert handed_over(hotline) == [] and living(hotline) == 0
    with hotline.storage.reading() as tx:
        [row] = SmsStore(tx).latest(10)
    assert (row.state, row.why) == (SmsState.FAILED, "no_link")
    with pytest.raises(Conflict):
        send(hotline, case, Way.SMS)


def test_a_mail_carries_a_link_and_neither_name_nor_number(hotline: Hotline, desk: Desk) -> None:
    case = with_mail(desk)
    send(hotline, case, Way.MAIL)
    send(hotline, case, Way.MAIL)
    with mail_server() as server:
        places = {"host": server.host, "port": server.port, "security": "none", "sender": "hotline@example.com"}
        mail = hotline.settings.mail.model_copy(update=places)
        settings = hotline.settings.model_copy(update={"mail": mail})
        gateways = SiteGateways(lambda: settings, hotline.clock)
        assert send_link_mails(hotline.storage, settings, gateways, hotline.clock()) == 1
        assert send_link_mails(hotline.storage, settings, gateways, hotline.clock()) == 0
        [(addresses, message)] = server.got
    assert addresses == ["wang@example.com"]
    body = message.get_content()
    assert message["To"] == "wang@example.com" and case.number in message["Subject"]
    assert not tables_with(hotline.storage, token_of(body))
    assert "王建国" not in body and "漏水" not in body and "13800138000" not in body
    assert living(hotline) == 1
    with hotline.storage.reading() as tx:
        told = [(entry["action"], entry["detail"]) for entry in AuditLog(tx).latest(20)]
    assert ("case.link_mail", "taken") in told and ("case.link_sent", "mail") in told


class Away:
    """A server that takes nothing."""

    def __init__(self, verdict: Verdict) -> None:
        self.verdict, self.asked = verdict, 0

    def mail(self, address: str, text: Text) -> Outcome:
        self.asked += 1
        return Outcome(self.verdict)

    def post(self, url: str, text: Text) -> Outcome:
        raise NotImplementedError


def test_a_server_that_is_away_is_asked_again_and_then_given_up(hotline: Hotline, desk: Desk) -> None:
    send(hotline, with_mail(desk), Way.MAIL)
    away = Away(Verdict.FAILED)
    for _hour in range(30):
        send_link_mails(hotline.storage, hotline.settings, away, hotline.clock())
        clock_of(hotline).now += timedelta(minutes=10)
    assert away.asked == 5


@pytest.mark.parametrize("verdict", [Verdict.REFUSED, Verdict.UNSURE])
def test_what_was_refused_or_may_have_gone_is_not_sent_again(hotline: Hotline, desk: Desk, verdict: Verdict) -> None:
    send(hotline, with_mail(desk), Way.MAIL)
    away = Away(verdict)
    for _hour in range(5):
        send_link_mails(hotline.storage, hotline.settings, away, hotline.clock())
        clock_of(hotline).now += timedelta(hours=1)
    assert away.asked == 1


def test_only_what_can_go_out_is_offered(hotline: Hotline, desk: Desk) -> None:
    def ways(case: ServiceCase) -> tuple[bool, bool]:
        found = case_links(hotline.storage, hotline.settings, case.id or 0, LI, NOW).ways
        return found.sms, found.mail

    called, written, nobody = desk.open(NOW), with_mail(desk), desk.open(NOW, number=NO_NUMBER)
    assert [ways(each) for each in (called, written, nobody)] == [(True, False), (False, True), (False, False)]
    for case, way in ((called, Way.MAIL), (written, Way.SMS), (nobody, Way.MAIL)):
        with pytest.raises(Refused, match=r"^cases.no_way_out"):
            send(hotline, case, way)
    with pytest.raises(Forbidden):
        send_customer_link(hotline.storage, hotline.settings, called.id or 0, Way.SMS, TECH, NOW)


def test_without_gateways_nothing_is_offered(tmp_path: Path) -> None:
    hotline = an_instance(tmp_path, NOW, '[web]\npublic_url = "https://hotline.example.com"\n')
    desk = a_desk(hotline.storage, hotline.settings, NOW)
    found = case_links(hotline.storage, hotline.settings, desk.open(NOW).id or 0, LI, NOW)
    assert found.offered and not found.ways.sms and not found.ways.mail
    assert make_customer_link(hotline.storage, hotline.settings, 1, LI, NOW).url


def reached_by(desk: Desk, mobile: str) -> int:
    """The person of the department's who has this mobile now."""
    with desk.storage.writing() as tx:
        person = StaffStore(tx).person_of_user(TECH.user_id or 0)
        assert person is not None and person.id is not None
        changed = replace(person, mobile=normalise(mobile), version=person.version + 1)
        assert StaffStore(tx).update_person(changed, person.version)
    return person.id


def test_a_departments_person_is_sent_their_link_by_text_message(hotline: Hotline, desk: Desk) -> None:
    case = desk.acts(desk.open(NOW), NOW, "judge", "assign")
    person = reached_by(desk, "13912345678")
    for _twice in range(2):
        send_department_link(hotline.storage, hotline.settings, case.id or 0, person, BOSS, hotline.clock())
    assert living(hotline) == 0, "it is made when it goes"
    [sent] = handed_over(hotline)
    token = token_of(str(sent["text"]))
    assert (sent["number"], sent["template"]) == ("+8613912345678", "department") and case.number in str(sent["text"])
    assert not tables_with(hotline.storage, token)
    looked = links.look(hotline.storage, token, "", hotline.clock())
    assert looked is not None and (looked.link.holder.id, looked.link.object) == (person, f"case:{case.id}")


def test_whom_a_text_message_does_not_reach_or_who_has_the_case_no_more_gets_none(hotline: Hotline, desk: Desk) -> None:
    case = desk.acts(desk.open(NOW), NOW, "judge", "assign")
    person = reached_by(desk, "02112345678")
    parts = (hotline.storage, hotline.settings, case.id or 0, person)
    assert not case_links(hotline.storage, hotline.settings, case.id or 0, BOSS, NOW).texted
    with pytest.raises(Refused, match=r"^cases.no_way_to_department"):
        send_department_link(*parts, BOSS, NOW)
    reached_by(desk, "13912345678")
    assert case_links(hotline.storage, hotline.settings, case.id or 0, BOSS, NOW).texted == {person}
    with pytest.raises(Forbidden):
        send_department_link(*parts, EXAMINER, NOW)
    send_department_link(*parts, BOSS, NOW)
    desk.act(case, "reassign", NOW, BOSS, department=desk.sales, reason="属于市场部")
    assert handed_over(hotline) == [] and living(hotline) == 0
    with pytest.raises(Conflict):
        send_department_link(*parts, BOSS, NOW)


def test_f12_whoever_has_left_answers_for_no_department_and_is_sent_no_link(hotline: Hotline, desk: Desk) -> None:
    """Who belonged to it stays written down as belonging to it."""
    case = desk.acts(desk.open(NOW), NOW, "judge", "assign")
    person = reached_by(desk, "13912345678")
    parts = (hotline.storage, hotline.settings, case.id or 0, person)
    send_department_link(*parts, BOSS, NOW)
    with desk.storage.writing() as tx:
        found = StaffStore(tx).person(person)
        assert found is not None
        assert StaffStore(tx).update_person(replace(found, active=False, version=found.version + 1), found.version)
    assert handed_over(hotline) == [] and living(hotline) == 0, "what was to go goes no more"
    seen = case_links(hotline.storage, hotline.settings, case.id or 0, BOSS, NOW)
    assert person not in {each.id for each in seen.people} and seen.texted == frozenset()
    with pytest.raises(Conflict):
        send_department_link(*parts, BOSS, NOW)


@pytest.mark.parametrize("template", ["nothing", "other"])
@pytest.mark.parametrize("key", ['sms_template = "case"', 'department_sms_template = "department"'])
def test_a_template_that_does_not_carry_a_link_is_refused(tmp_path: Path, template: str, key: str) -> None:
    name = key.partition(" ")[0]
    other = '[sms.templates.other]\ngateway_template = "S"\ntext = "{number}"\nparameters = ["number"]\n'
    site = SITE.replace(key, f'{name} = "{template}"') + other
    with pytest.raises(SettingsError, match=f"case_links.{name}"):
        _ = an_instance(tmp_path, NOW, site).settings
