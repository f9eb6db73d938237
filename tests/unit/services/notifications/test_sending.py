"""What goes out: nothing twice and nothing lost, whatever gateways do; what nobody knows of is shown as unsure."""

from __future__ import annotations

from dataclasses import replace
from datetime import time, timedelta

import pytest

from hotline.domain.errors import Forbidden, NotFound, Refused, StorageError
from hotline.domain.notifications.kind import Choice, NotificationKind, Quiet
from hotline.domain.notifications.notification import TAKEN, DeliveryState, Outcome, Verdict
from hotline.domain.people import Actor, Role
from hotline.domain.reasons import because
from hotline.services.notifications import sent
from hotline.services.notifications.alert_kinds import GATEWAY_PAUSED
from hotline.services.notifications.notification_kinds import ESCALATION, TEST
from hotline.services.notifications.notify import notify
from hotline.services.notifications.old import forget_old
from hotline.storage.alerts import AlertStore
from hotline.storage.notifications.choices import ChoiceStore
from hotline.storage.notifications.deliveries import DeliveryStore
from hotline.storage.staff.store import StaffStore
from tests.support.gateways import mail_server, robots
from tests.support.instance import at
from tests.support.notified import Scripted, Told

ADMIN = Actor("admin", (Role.ADMINISTRATOR,), "Admin", 1)
SUPERVISOR = Actor("boss", (Role.SUPERVISOR,), "Boss", 2)
SENT, FAILED, UNSURE, WAITING = (DeliveryState.SENT, DeliveryState.FAILED, DeliveryState.UNSURE, DeliveryState.WAITING)
NO = Outcome(Verdict.FAILED, because("notifications.http_status", status=500))
DARK = Outcome(Verdict.UNSURE, because("notifications.no_answer", why="TimeoutError"))
NIGHT = Quiet(time(22), time(7, 30))


def _tell(told: Told, *persons: int, kind: NotificationKind = TEST, by: str = "somebody") -> None:
    with told.storage.writing() as tx:
        if kind is ESCALATION:
            notify(tx, persons, kind, "case:7", told.now, what=by, due_at=told.now)
        else:
            notify(tx, persons, kind, "case:7", told.now, by=by)


def _open_alerts(told: Told) -> list[tuple[str, str]]:
    with told.storage.reading() as tx:
        return [(alert.kind, alert.object) for alert in AlertStore(tx).open() if alert.kind == GATEWAY_PAUSED]


def test_each_way_gets_it_once_in_the_persons_language_with_a_link(told: Told) -> None:
    with robots() as gateway, mail_server() as server:
        told.robots_at(gateway)
        told.mail_at(server)
        anna = told.person("Anna", "wecombot://K1", "feishu://F1", email="anna@example.com", language="en")
        zhao = told.person("赵敏", "dingtalk://D1", email="zhao@example.com")
        _tell(told, anna, zhao)
        told.send()
        told.send()
    assert told.states() == [SENT] * 5
    assert sorted(path.rpartition("/")[2] for path, _ in gateway.got) == ["F1", "send?access_token=D1", "send?key=K1"]
    mails = {receivers[0]: message for receivers, message in server.got}
    assert mails["anna@example.com"]["Subject"] == "Test: somebody tries whether you are reached"
    assert mails["zhao@example.com"]["Subject"] == "测试：somebody 正在确认能否通知到您"
    [hers] = told.page_of(anna)
    assert f"https://h.example/notifications/{hers.id}" in mails["anna@example.com"].get_content()


def test_no_whole_number_goes_out(told: Told) -> None:
    with robots() as gateway:
        told.robots_at(gateway)
        _tell(told, told.person("Anna", "wecombot://K1"), by="13800138000")
        told.send()
    [text] = gateway.texts()
    assert "13800138000" not in text and "138****8000" in text


def test_what_a_gateway_refuses_for_now_is_tried_again_with_longer_pauses_and_then_arrives_once(told: Told) -> None:
    with robots() as gateway:
        told.robots_at(gateway)
        gateway.answers = [500, {"errcode": 45009, "errmsg": "too fast"}, 500]
        _tell(told, told.person("Anna", "wecombot://K1"))
        tries = []
        for _ in range(300):
            before = len(gateway.got)
            told.send()
            if len(gateway.got) > before:
                tries.append((told.now - at("2026-11-16 10:30:00")) // timedelta(seconds=1))
            told.clock.advance(seconds=1)
    assert tries == [0, 30, 90, 210]
    [delivery] = told.deliveries()
    assert (delivery.state, delivery.attempts, delivery.problem) == (SENT, 4, None)


def test_after_so_many_tries_it_is_given_up_and_said_why(told: Told) -> None:
    told.change(attempts=3, pause_after=100)
    gateway = Scripted(lambda: NO)
    _tell(told, told.person("Anna", "wecombot://K1"))
    for _ in range(10):
        told.send(gateway)
        told.clock.advance(hours=1)
    [delivery] = told.deliveries()
    assert (len(gateway.sent), delivery.state) == (3, FAILED)
    assert delivery.problem == NO.why


@pytest.mark.parametrize("behaviour", ["hang", "<html>portal</html>"])
def test_what_a_gateway_may_have_taken_is_not_sent_again_by_itself(told: Told, behaviour: str) -> None:
    with robots() as gateway:
        told.robots_at(gateway)
        gateway.answers = [behaviour]
        _tell(told, told.person("Anna", "wecombot://K1"))
        for _ in range(3):
            told.send()
            told.clock.advance(hours=2)
        assert (len(gateway.got), told.states()) == (1, [UNSURE])
        with told.storage.writing() as tx:
            assert DeliveryStore(tx).again(told.deliveries()[0].id or 0, told.now)
        told.send()
        assert (len(gateway.got), told.states()) == (2, [SENT])


def test_a_mail_server_that_takes_all_and_hangs_up_leaves_it_unsure(told: Told) -> None:
    with mail_server() as server:
        told.mail_at(server)
        server.at_data = "drop"
        _tell(told, told.person("Anna", email="anna@example.com"))
        told.send()
        told.clock.advance(hours=2)
        told.send()
    assert (len(server.got), told.states()) == (1, [UNSURE])


def test_an_address_that_a_gateway_refuses_is_given_up_at_once_and_harms_no_other(told: Told) -> None:
    told.change(pause_after=1)
    with robots() as gateway:
        told.robots_at(gateway)
        gateway.answers = [{"errcode": 93000, "errmsg": "invalid webhook url"}]
        _tell(told, told.person("Anna", "wecombot://WRONG"))
        _tell(told, told.person("Ben", "wecombot://K2"))
        told.send()
    assert told.states() == [FAILED, SENT]
    assert _open_alerts(told) == []


def test_a_gateway_that_fails_again_and_again_is_left_alone_with_an_alert_and_the_others_are_not(told: Told) -> None:
    told.change(pause_after=2, pause_minutes=5, retry_seconds=1, alerts_to=())
    bad = Scripted(lambda: NO)
    anna = told.person("Anna", "wecombot://K1")
    _tell(told, anna)
    for _ in range(60):
        told.send(bad)
        told.clock.advance(seconds=1)
    assert len(bad.sent) == 2
    assert _open_alerts(told) == [("gateway_paused", "wecombot")]
    good = Scripted(lambda: TAKEN)
    _tell(told, told.person("Ben", "feishu://F1"))
    told.send(good)
    assert [address for address, _text in good.sent] == ["feishu://F1"]
    told.clock.advance(minutes=5)
    told.send(good)
    assert [address for address, _text in good.sent] == ["feishu://F1", "wecombot://K1"]
    assert _open_alerts(told) == [] and told.states() == [SENT, SENT]


def test_one_that_fails_again_after_its_pause_is_left_alone_at_once(told: Told) -> None:
    told.change(pause_after=3, pause_minutes=5, retry_seconds=1, alerts_to=())
    bad = Scripted(lambda: DARK)
    for _ in range(6):
        _tell(told, told.person("Anna", "wecombot://K1"))
    told.send(bad)
    assert len(bad.sent) == 3
    told.clock.advance(minutes=5)
    told.send(bad)
    assert len(bad.sent) == 4
    assert sorted(told.states()) == sorted([UNSURE] * 4 + [WAITING] * 2)


def test_many_of_one_kind_become_one(told: Told) -> None:
    with robots() as gateway:
        told.robots_at(gateway)
        anna = told.person("Anna", "wecombot://K1", language="en")
        for n in range(10):
            _tell(told, anna, by=f"n{n}")
        told.send()
        [text] = gateway.texts()
        assert text.startswith("10 notifications\n") and text.count("tries whether") == 10
        _tell(told, anna, by="later 1")
        told.send()
        told.clock.advance(minutes=9)
        _tell(told, anna, by="later 2")
        told.send()
        assert len(gateway.got) == 1
        told.clock.advance(minutes=1)
        told.send()
    assert len(gateway.got) == 2 and "later 1" in gateway.texts()[1] and "later 2" in gateway.texts()[1]
    assert told.states() == [SENT] * 12 and len(told.page_of(anna)) == 12


def test_quiet_hours_hold_back_until_the_morning_and_not_what_a_rule_demands(told: Told) -> None:
    gateway = Scripted(lambda: TAKEN)
    anna = told.person("Anna", "wecombot://K1")
    with told.storage.writing() as tx:
        ChoiceStore(tx).keep(Choice(anna, "", quiet=NIGHT))
    told.clock.now = at("2026-11-16 23:30:00")
    _tell(told, anna)
    told.send(gateway)
    told.clock.now = at("2026-11-17 00:30:00")
    _tell(told, anna)
    _tell(told, anna, kind=ESCALATION)
    told.send(gateway)
    assert [text.title[:2] for _address, text in gateway.sent] == ["未按"]
    told.clock.now = at("2026-11-17 07:29:59")
    told.send(gateway)
    assert len(gateway.sent) == 1
    told.clock.now = at("2026-11-17 07:30:00")
    told.send(gateway)
    assert len(gateway.sent) == 2 and told.states() == [SENT] * 3


def test_who_has_switched_a_way_off_finds_it_on_the_page_alone(told: Told) -> None:
    gateway = Scripted(lambda: TAKEN)
    anna = told.person("Anna", "wecombot://K1")
    with told.storage.writing() as tx:
        ChoiceStore(tx).keep(Choice(anna, "test", mail=True, chat=False))
    _tell(told, anna)
    told.send(gateway)
    assert gateway.sent == [] and told.deliveries() == [] and len(told.page_of(anna)) == 1


def test_it_goes_to_the_address_of_when_it_is_sent(told: Told) -> None:
    gateway = Scripted(lambda: TAKEN)
    with mail_server() as server:
        told.mail_at(server)
    anna = told.person("Anna", email="old@example.com")
    _tell(told, anna)
    told.change(pause_after=100)
    told.send(Scripted(lambda: NO))
    with told.storage.writing() as tx:
        person = StaffStore(tx).person(anna)
        assert person is not None
        StaffStore(tx).update_person(replace(person, email="new@example.com"), person.version)
    told.clock.advance(minutes=1)
    told.send(gateway)
    assert [address for address, _text in gateway.sent] == ["new@example.com"]


def test_what_was_sent_is_noted_again_when_the_database_is_away_for_a_moment(
    told: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    gateway = Scripted(lambda: TAKEN)
    _tell(told, told.person("Anna", "wecombot://K1"))
    real, away = DeliveryStore.note, [True, True]

    def note(*args: object, **kwargs: object) -> int:
        if away:
            away.pop()
            raise StorageError("storage.away")
        return real(*args, **kwargs)  # type: ignore[arg-type]

    monkeypatch.setattr(DeliveryStore, "note", note)
    told.send(gateway)
    assert (len(gateway.sent), told.states(), told.naps) == (1, [SENT], [0.5, 1])


def test_a_sender_that_was_thought_lost_knows_better(told: Told) -> None:
    _tell(told, told.person("Anna", "wecombot://K1"))

    def slowly() -> Outcome:
        told.clock.advance(hours=1)
        told.sending().give_up_lost(told.now)
        assert told.states() == [UNSURE]
        return TAKEN

    told.send(Scripted(slowly))
    assert told.states() == [SENT]


def test_administrators_try_groups_and_persons_and_nobody_else_does(told: Told) -> None:
    gateway = Scripted(lambda: TAKEN)
    told.change(urls=("wecombot://G1",))
    anna = told.person("Anna", "feishu://F1")
    sent.send_test(told.storage, told.settings, ADMIN, 0, "notices", told.now)
    sent.send_test(told.storage, told.settings, ADMIN, anna, "", told.now)
    told.send(gateway)
    assert sorted(address for address, _text in gateway.sent) == ["feishu://F1", "wecombot://G1"]
    for person, group in ((0, "unknown"), (999, "")):
        with pytest.raises(Refused):
            sent.send_test(told.storage, told.settings, ADMIN, person, group, told.now)
    with pytest.raises(Forbidden):
        sent.send_test(told.storage, told.settings, SUPERVISOR, anna, "", told.now)
    with pytest.raises(Forbidden):
        sent.sent_log(told.storage, told.settings, SUPERVISOR, (), 10, 0)


def test_what_is_on_its_way_or_arrived_is_not_sent_again_by_the_button(told: Told) -> None:
    gateway = Scripted(lambda: TAKEN)
    _tell(told, told.person("Anna", "wecombot://K1"))
    told.send(gateway)
    [delivery] = told.deliveries()
    with pytest.raises(Refused):
        sent.send_again(told.storage, ADMIN, delivery.id or 0, told.now)
    with pytest.raises(NotFound):
        sent.send_again(told.storage, ADMIN, 999, told.now)
    with pytest.raises(Forbidden):
        sent.send_again(told.storage, SUPERVISOR, delivery.id or 0, told.now)
    told.send(gateway)
    assert len(gateway.sent) == 1


def test_the_log_is_kept_for_as_long_as_the_settings_say(told: Told) -> None:
    anna = told.person("Anna", "wecombot://K1")
    _tell(told, anna)
    told.send(Scripted(lambda: TAKEN))
    kept = told.settings.notices.kept_days
    told.clock.advance(days=kept)
    assert forget_old(told.storage, told.settings, told.now) == 0
    _tell(told, anna)
    told.clock.advance(seconds=1)
    assert forget_old(told.storage, told.settings, told.now) == 1
    assert len(told.page_of(anna)) == 1 and told.deliveries() == []
