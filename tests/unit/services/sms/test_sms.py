"""Text messages are sent once, by day, to who wants them; with a real HTTP server as gateway."""

from __future__ import annotations

import json
import logging
import threading
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from hotline.bootstrap import Hotline
from hotline.bootstrap.jobs import make_jobs
from hotline.domain.errors import Forbidden, NotFound, Refused
from hotline.domain.numbers import Number
from hotline.domain.people import Actor, Role
from hotline.domain.reasons import because
from hotline.domain.sms.message import SmsMessage, SmsState
from hotline.services import outgoing_http
from hotline.services.sms import administration
from hotline.services.sms.gateways import OutgoingSms, make_gateway, signature
from hotline.services.sms.reports import take_reports
from hotline.services.sms.sms import ABANDONED_AFTER, send_due, send_sms, sms_offered
from hotline.settings.errors import SettingsError
from hotline.storage.audit import AuditLog
from hotline.storage.sms.store import DoNotSendStore, SmsStore
from tests.support.instance import an_instance, at
from tests.support.sms_gateway import FakeGateway, a_gateway

NOW = at("2026-11-16 10:30:00")
LI = Number("+8613912345678")
ADMIN = Actor("admin", (Role.ADMINISTRATOR,), "Admin")
SECRET = "a secret of many letters"
TEMPLATE = """
[sms.templates.done]
gateway_template = "SMS_1"
text = "您的工单{number}已处理完毕"
parameters = ["number"]
"""
FILE = '[sms]\ngateway = "file"\n' + TEMPLATE


def http(url: str) -> str:
    return (
        f'[sms]\ngateway = "http"\nurl = "{url}"\nkey = "hotline"\nsecret = "{SECRET}"\n'
        'private_networks = ["127.0.0.0/8"]\nattempts = 3\n' + TEMPLATE
    )


@pytest.fixture
def gateway() -> Iterator[FakeGateway]:
    with a_gateway() as fake:
        yield fake


@pytest.fixture
def hotline(tmp_path: Path, gateway: FakeGateway) -> Hotline:
    return an_instance(tmp_path, NOW, http(gateway.url))


def ask(hotline: Hotline, object: str = "case:1", number: Number = LI, **parameters: str) -> SmsMessage:
    with hotline.storage.writing() as tx:
        given = parameters or {"number": "20261116-001"}
        return send_sms(tx, hotline.settings, number, "done", given, "case", object, NOW)


def run(hotline: Hotline, now: datetime = NOW) -> int:
    gateway = make_gateway(hotline.settings.sms, hotline.home)
    assert gateway is not None
    return send_due(hotline.storage, hotline.settings, gateway, now)


def states(hotline: Hotline) -> list[tuple[SmsState, str]]:
    with hotline.storage.reading() as tx:
        return [(each.state, each.why) for each in reversed(SmsStore(tx).latest(99))]


def report(hotline: Hotline, now: datetime = NOW, secret: str = SECRET, key: str = "hotline", **said: object) -> int:
    body, moment = json.dumps(said).encode(), str(int(NOW.timestamp()))
    signed = signature(secret, moment, body)
    return take_reports(hotline.storage, hotline.settings, key, moment, signed, body, now)


def test_a_message_is_signed_sent_and_reported(hotline: Hotline, gateway: FakeGateway) -> None:
    gateway.answers = [(200, '{"accepted": true, "gateway_id": "G-7"}')]
    made = ask(hotline)
    assert run(hotline) == 1
    [(headers, body)] = gateway.asked
    assert json.loads(body) == {
        "id": made.message_id,
        "number": LI,
        "template": "SMS_1",
        "parameters": {"number": "20261116-001"},
    }
    assert headers["Hotline-Key"] == "hotline"
    assert headers["Hotline-Signature"] == signature(SECRET, headers["Hotline-Time"], body)
    assert states(hotline) == [(SmsState.SENT, "")]
    told = {"id": made.message_id, "state": "delivered", "code": "DELIVRD"}
    assert report(hotline, reports=[told]) == 1
    assert states(hotline) == [(SmsState.DELIVERED, "DELIVRD")]
    assert report(hotline, reports=[told, told | {"state": "undelivered"}]) == 0, "what is known stays"


def test_the_same_is_sent_once_however_often_it_is_asked_for(hotline: Hotline, gateway: FakeGateway) -> None:
    first, second = ask(hotline), ask(hotline)
    assert first.message_id == second.message_id
    assert [run(hotline), run(hotline)] == [1, 0]
    ask(hotline)
    assert run(hotline) == 0 and gateway.ids == [first.message_id]


def test_what_is_rolled_back_is_not_sent(hotline: Hotline, gateway: FakeGateway) -> None:
    with pytest.raises(ZeroDivisionError), hotline.storage.writing() as tx:
        send_sms(tx, hotline.settings, LI, "done", {"number": "1"}, "case", "case:1", NOW)
        raise ZeroDivisionError
    assert run(hotline) == 0 and gateway.asked == []


def test_never_at_night(hotline: Hotline, gateway: FakeGateway) -> None:
    ask(hotline)
    for moment in ("2026-11-16 21:00:00", "2026-11-17 00:00:00", "2026-11-17 07:59:59"):
        assert run(hotline, at(moment)) == 0
    assert gateway.asked == []
    assert run(hotline, at("2026-11-17 08:00:00")) == 1


def test_a_gateway_that_says_500_is_asked_again_with_the_same_id_and_then_given_up(
    hotline: Hotline, gateway: FakeGateway
) -> None:
    gateway.answers = [(500, "oops"), (503, "busy"), (429, "slow")]
    made = ask(hotline)
    moments = [timedelta(), timedelta(seconds=59), timedelta(minutes=1), timedelta(minutes=6), timedelta(hours=5)]
    assert [run(hotline, NOW + after) for after in moments] == [0] * 5
    assert gateway.ids == [made.message_id] * 3
    assert states(hotline) == [(SmsState.FAILED, "http.429")]


def test_one_that_is_back_sends_it(hotline: Hotline, gateway: FakeGateway) -> None:
    gateway.answers = [(500, "oops"), (200, '{"accepted": true}')]
    ask(hotline)
    assert [run(hotline), run(hotline, NOW + timedelta(minutes=1))] == [0, 1]
    assert states(hotline) == [(SmsState.SENT, "")]


@pytest.mark.parametrize(
    ("answer", "state", "why"),
    [
        ((200, '{"accepted": false, "code": "BLACKLIST"}'), SmsState.FAILED, "BLACKLIST"),
        ((400, "no"), SmsState.FAILED, "http.400"),
        ((302, "http://elsewhere.example.com/"), SmsState.FAILED, "http.302"),
        ((504, "time is up"), SmsState.UNCLEAR, "http.504"),
        ((200, "<html>OK</html>"), SmsState.UNCLEAR, "answer"),
        ((200, '{"accepted": "yes"}'), SmsState.UNCLEAR, "answer"),
        ((200, "[" * 60000), SmsState.UNCLEAR, "answer"),
        ((200, ""), SmsState.UNCLEAR, "outgoing.not_answered"),
        ((200, "x" * 99999), SmsState.UNCLEAR, "outgoing.not_answered"),
    ],
)
def test_what_a_gateway_says_otherwise_is_never_sent_twice(
    hotline: Hotline, gateway: FakeGateway, answer: tuple[int, str], state: SmsState, why: str
) -> None:
    gateway.answers = [answer]
    ask(hotline)
    assert [run(hotline, NOW + timedelta(hours=n)) for n in range(3)] == [0, 0, 0]
    assert states(hotline) == [(state, why)] and len(gateway.asked) == 1


def test_one_that_hangs_is_not_asked_again_and_its_report_still_tells(
    hotline: Hotline, gateway: FakeGateway, monkeypatch: pytest.MonkeyPatch
) -> None:
    gateway.answers = [(200, None)]
    monkeypatch.setattr(outgoing_http.post, "__defaults__", ((), 0.3))
    made = ask(hotline)
    assert [run(hotline), run(hotline, NOW + timedelta(hours=1))] == [0, 0]
    assert states(hotline) == [(SmsState.UNCLEAR, "outgoing.not_answered")] and len(gateway.asked) == 1
    report(hotline, reports=[{"id": made.message_id, "state": "delivered"}])
    assert states(hotline) == [(SmsState.DELIVERED, "")]


def test_a_gateway_in_a_network_that_is_not_allowed_is_not_asked(tmp_path: Path, gateway: FakeGateway) -> None:
    hotline = an_instance(tmp_path, NOW, http(gateway.url).replace('["127.0.0.0/8"]', "[]"))
    ask(hotline)
    assert run(hotline) == 0 and gateway.asked == []
    assert states(hotline) == [(SmsState.WAITING, "outgoing.private")]


class Killed(BaseException):
    """The process ends at this very moment."""


def test_a_job_that_is_killed_while_it_sends_sends_nothing_twice(hotline: Hotline) -> None:
    sent: list[str] = []

    class Dying:
        def send(self, message: OutgoingSms, now: datetime) -> str:
            sent.append(message.message_id)
            raise Killed

    class Working:
        def send(self, message: OutgoingSms, now: datetime) -> str:
            sent.append(message.message_id)
            return ""

    first, second = ask(hotline, "case:1"), ask(hotline, "case:2")
    with pytest.raises(Killed):
        send_due(hotline.storage, hotline.settings, Dying(), NOW)
    assert send_due(hotline.storage, hotline.settings, Working(), NOW) == 1
    assert sent == [first.message_id, second.message_id]
    later = NOW + ABANDONED_AFTER + timedelta(seconds=1)
    assert send_due(hotline.storage, hotline.settings, Working(), later) == 0
    assert states(hotline) == [(SmsState.UNCLEAR, "abandoned"), (SmsState.SENT, "")]


def test_two_jobs_at_once_send_each_message_once(hotline: Hotline) -> None:
    sent: list[str] = []
    both_read = threading.Barrier(2, timeout=30)

    class Slow:
        def send(self, message: OutgoingSms, now: datetime) -> str:
            sent.append(message.message_id)
            return ""

    made = [ask(hotline, f"case:{n}", Number(f"+86139123456{n:02}")).message_id for n in range(10)]

    def job() -> None:
        both_read.wait()
        send_due(hotline.storage, hotline.settings, Slow(), NOW)

    jobs = [threading.Thread(target=job) for _ in range(2)]
    for each in jobs:
        each.start()
    for each in jobs:
        each.join()
    assert sorted(sent) == sorted(made)


def test_a_number_has_no_more_than_its_day(hotline: Hotline, gateway: FakeGateway) -> None:
    for n in range(5):
        ask(hotline, f"case:{n}")
    ask(hotline, "case:9", Number("+8613912345679"))
    assert run(hotline) == 4
    assert [why for _state, why in states(hotline)] == ["", "", "", "enough_today", "enough_today", ""]
    ask(hotline, "case:10")
    assert run(hotline, NOW + timedelta(days=1)) == 1


def test_who_answers_td_is_sent_nothing_more(hotline: Hotline, gateway: FakeGateway) -> None:
    ask(hotline, "case:1")  # waits already
    assert report(hotline, replies=[{"number": "13912345678", "text": " td"}, {"number": "x", "text": "TD"}]) == 1
    assert report(hotline, replies=[{"number": "+8613912345678", "text": "退订"}]) == 0, "known already"
    assert run(hotline) == 0
    ask(hotline, "case:2")
    assert run(hotline) == 0 and gateway.asked == []
    assert states(hotline) == [(SmsState.HELD_BACK, "do_not_send")] * 2
    administration.unbar_number(hotline.storage, hotline.settings, "13912345678", ADMIN, NOW)
    ask(hotline, "case:3")
    assert run(hotline) == 1
    with pytest.raises(NotFound):
        administration.unbar_number(hotline.storage, hotline.settings, "13912345678", ADMIN, NOW)


@pytest.mark.parametrize(
    "changed", [{"secret": "another secret of letters"}, {"key": "other"}, {"now": NOW + timedelta(minutes=6)}]
)
def test_a_report_that_is_not_signed_by_the_gateway_changes_nothing(hotline: Hotline, changed: dict) -> None:
    made = ask(hotline)
    run(hotline)
    with pytest.raises(Forbidden):
        report(hotline, reports=[{"id": made.message_id, "state": "delivered"}], **changed)
    assert states(hotline) == [(SmsState.SENT, "")]


@pytest.mark.parametrize(
    "said", [{"reports": "x"}, {"reports": [1]}, {"replies": [{}] * 501}, {"reports": {"id": "x"}}]
)
def test_a_report_that_cannot_be_read_is_refused(hotline: Hotline, said: dict) -> None:
    with pytest.raises(Refused):
        report(hotline, **said)


def test_reports_of_nothing_known_change_nothing(hotline: Hotline) -> None:
    made = ask(hotline)
    delivered = {"state": "delivered"}
    odd = [delivered | {"id": made.message_id}, delivered | {"id": 7}, {}, {"id": "no", "state": "x"}]
    assert report(hotline, reports=odd) == 0, "what still waits cannot have been delivered"


@pytest.mark.parametrize(
    ("template", "parameters"),
    [("other", {"number": "1"}), ("done", {}), ("done", {"number": "1", "x": "y"}), ("done", {"number": "a\nb"})],
)
def test_what_does_not_fit_its_template_is_refused(hotline: Hotline, template: str, parameters: dict) -> None:
    with hotline.storage.writing() as tx, pytest.raises(Refused):
        send_sms(tx, hotline.settings, LI, template, parameters, "case", "case:1", NOW)


def test_the_log_and_the_audit_log_have_no_whole_number(hotline: Hotline, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        ask(hotline)
        run(hotline)
        report(hotline, replies=[{"number": "13912345678", "text": "TD"}])
        administration.send_test(hotline.storage, hotline.settings, "13912345670", "done", {"number": "1"}, ADMIN, NOW)
    with hotline.storage.reading() as tx:
        said = caplog.text + str(AuditLog(tx).latest(99))
    assert "text message" in caplog.text and "sms.send" in said and "sms.bar" in said
    assert "1391234567" not in said and SECRET not in said


def test_the_file_gateway_writes_lines_and_the_job_sends(tmp_path: Path) -> None:
    hotline = an_instance(tmp_path, NOW, FILE)
    made = ask(hotline)
    [job] = [each for each in make_jobs(hotline) if each.name == "sms"]
    assert [job.run(NOW) for _ in range(2)] == [because("sms.sent", n=1), None]
    file = hotline.home.root / "sms.jsonl"
    [line] = [json.loads(each) for each in file.read_text("utf-8").splitlines()]
    assert (line["id"], line["number"], line["text"]) == (made.message_id, LI, "您的工单20261116-001已处理完毕")
    assert file.stat().st_mode & 0o077 == 0


def test_without_a_gateway_there_are_no_text_messages(tmp_path: Path) -> None:
    hotline = an_instance(tmp_path, NOW, TEMPLATE)
    assert not sms_offered(hotline.settings) and make_gateway(hotline.settings.sms, hotline.home) is None
    with pytest.raises(Refused):
        ask(hotline)
    with pytest.raises(NotFound):
        administration.see_messages(hotline.storage, hotline.settings, ADMIN, NOW)
    with hotline.storage.reading() as tx:
        assert DoNotSendStore(tx).all(9) == []


@pytest.mark.parametrize(
    "wrong",
    [
        '[sms]\ngateway = "http"\n',
        '[sms]\nnight_from = "25:00"\n',
        FILE.replace('["number"]', "[]"),
        FILE.replace('["number"]', '["number", "more"]'),
        '[sms]\ngateway = "pigeon"\n',
    ],
)
def test_settings_that_do_not_fit_are_refused(tmp_path: Path, wrong: str) -> None:
    with pytest.raises(SettingsError):
        _ = an_instance(tmp_path, NOW, wrong).settings
