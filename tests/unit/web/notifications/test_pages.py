"""The bell, the list, one's own choices and the log of what was sent, as a browser meets with them."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient

from hotline.domain.notifications.kind import NotificationKind
from hotline.domain.notifications.notification import DeliveryState
from hotline.domain.people import Role
from hotline.domain.reasons import because
from hotline.domain.staff.records import Person
from hotline.services.notifications.notification_kinds import ALERT, ESCALATION, TEST
from hotline.services.notifications.notify import notify
from hotline.services.notifications.spreading import spread
from hotline.storage.accounts.users import UserStore
from hotline.storage.notifications.choices import ChoiceStore, WayStore
from hotline.storage.notifications.deliveries import DeliveryStore
from hotline.storage.notifications.store import NotificationStore
from hotline.storage.staff.store import StaffStore
from tests.support.web import Web, post


def _person(web: Web, username: str) -> int:
    """The person of that account, who is made unless there is one."""
    with web.hotline.storage.writing() as tx:
        user = UserStore(tx).by_username(username)
        assert user is not None and user.id is not None
        found = StaffStore(tx).person_of_user(user.id)
        found = found or StaffStore(tx).add_person(Person(user.display_name, user_id=user.id))
        assert found.id is not None
        return found.id


def _somebody(web: Web, role: Role = Role.SUPERVISOR) -> tuple[FlaskClient, int]:
    client = web.signed_in(role)
    return client, _person(web, f"u-{role}")


def _tell(web: Web, person: int, kind: NotificationKind, object: str = "", **values: str) -> int:
    with web.hotline.storage.writing() as tx:
        notify(tx, [person], kind, object, web.now, **values)
        return NotificationStore(tx).of_person(person)[0].id or 0


def _bell(client: FlaskClient) -> int:
    found = re.search(r'data-unread="(\d+)"', client.get("/line").text)
    assert found is not None
    return int(found[1])


def test_the_bell_counts_what_is_unread_and_opening_leads_to_the_object(web: Web) -> None:
    client, person = _somebody(web)
    first = _tell(web, person, ALERT, "alert:roster_gap", alert="roster_gap", about="")
    _tell(web, person, TEST, by="Anna")
    assert _bell(client) == client.get("/api/v1/notifications/unread").json["unread"] == 2
    assert "Anna 正在确认" in client.get("/notifications").text
    answer = post(client, f"/notifications/{first}/open", "/notifications")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/roster")
    assert _bell(client) == 1
    assert 'data-unread="1"' in client.get(f"/notifications/{first}").text


@pytest.mark.parametrize(
    ("object", "address"),
    [
        ("case:7", "/cases/7"),
        ("form:7", "/forms/7"),
        ("customer:7", "/customers/7"),
        ("examination:7", "/examinations/7"),
        ("call:7", "/calls/7"),
        ("case:20261122-001", "/notifications"),
        ("nonsense:7", "/notifications"),
        ("", "/notifications"),
    ],
)
def test_each_leads_to_its_object(web: Web, object: str, address: str) -> None:
    client, person = _somebody(web)
    told = _tell(web, person, ESCALATION, object, what="x", due_at="")
    answer = post(client, f"/notifications/{told}/open", "/notifications")
    assert answer.headers["Location"] == address


def test_all_that_was_seen_is_read_and_what_came_meanwhile_is_not(web: Web) -> None:
    client, person = _somebody(web)
    seen = _tell(web, person, TEST, by="Anna")
    _tell(web, person, TEST, by="Ben")
    post(client, "/notifications/read", "/notifications", up_to=str(seen))
    assert _bell(client) == 1
    for nonsense in ("", "x", "-1", "9" * 30):
        post(client, "/notifications/read", "/notifications", up_to=nonsense)
    assert _bell(client) == 1


def test_the_list_is_filtered(web: Web) -> None:
    client, person = _somebody(web)
    _tell(web, person, TEST, by="Anna")
    _tell(web, person, ALERT, "alert:pbx", alert="pbx", about="node7")
    assert "node7" in client.get("/notifications?kind=alert").text
    assert "node7" not in client.get("/notifications?kind=test").text
    assert "node7" in client.get("/notifications?kind=nonsense&unread=1").text


def test_nobody_sees_or_opens_anothers(web: Web) -> None:
    _client, person = _somebody(web)
    told = _tell(web, person, TEST, by="Anna")
    other = web.signed_in(Role.OPERATOR)
    _person(web, "u-operator")
    assert other.get(f"/notifications/{told}").status_code == 404
    assert post(other, f"/notifications/{told}/open", "/password").status_code == 404
    assert _bell(other) == 0


def test_an_account_that_is_no_persons_has_an_empty_page(web: Web) -> None:
    client = web.signed_in(Role.EXAMINER)
    assert client.get("/notifications").status_code == client.get("/my-notifications").status_code == 200
    assert _bell(client) == 0
    assert client.get("/api/v1/notifications/unread", headers=web.program()).json == {"unread": 0}


def test_one_chooses_ways_and_quiet_hours_but_not_for_what_a_rule_demands(web: Web) -> None:
    client, person = _somebody(web)
    fields = {"mail-test": "no", "chat-": "yes", "from-": "22:00", "until-": "07:30", "mail-escalation": "no"}
    assert post(client, "/my-notifications", **fields).status_code == 302
    with web.hotline.storage.reading() as tx:
        choices = {each.kind: each for each in ChoiceStore(tx).of(person)}
    assert (choices["test"].mail, choices[""].chat, ESCALATION.name in choices) == (False, True, False)
    quiet = choices[""].quiet
    assert quiet is not None and (f"{quiet.starts:%H:%M}", f"{quiet.until:%H:%M}") == ("22:00", "07:30")
    page = client.get("/my-notifications").text
    assert 'value="22:00"' in page
    post(client, "/my-notifications", **{"from-": "25:00", "until-": "07:30"})
    with web.hotline.storage.reading() as tx:
        assert {each.kind: each for each in ChoiceStore(tx).of(person)}[""].quiet == quiet


def test_robots_alone_are_taken_as_ones_own_addresses_and_their_keys_are_not_shown(web: Web) -> None:
    client, person = _somebody(web)
    for bad in ("json://127.0.0.1:9/", "https://127.0.0.1/x", "file:///etc/passwd", ""):
        post(client, "/my-notifications/ways", "/my-notifications", url=bad)
    url = "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=693axxx6-7aoc-4bc4-97a0-0ec2sifa5aaa"
    post(client, "/my-notifications/ways", "/my-notifications", url=url)
    post(client, "/my-notifications/ways", "/my-notifications", url=url)
    with web.hotline.storage.reading() as tx:
        [way] = WayStore(tx).of(person)
    assert way.url == "wecombot://693axxx6-7aoc-4bc4-97a0-0ec2sifa5aaa"
    assert "693axxx6" not in client.get("/my-notifications").text
    other = web.signed_in(Role.OPERATOR)
    _person(web, "u-operator")
    assert post(other, f"/my-notifications/ways/{way.id}/remove", "/my-notifications").status_code in (302, 404)
    with web.hotline.storage.reading() as tx:
        assert len(WayStore(tx).of(person)) == 1
    post(client, f"/my-notifications/ways/{way.id}/remove", "/my-notifications")
    with web.hotline.storage.reading() as tx:
        assert WayStore(tx).of(person) == []
    actions = [action for _who, action, _object in web.audit() if action.startswith("notification.")]
    assert actions == ["notification.way_add", "notification.way_remove"]


def test_administrators_see_what_failed_and_send_it_again(web: Web) -> None:
    admin, person = _somebody(web, Role.ADMINISTRATOR)
    post(admin, "/my-notifications/ways", "/my-notifications", url="wecombot://K1")
    assert post(admin, "/admin/notifications/test", "/admin/notifications", to=str(person)).status_code == 302
    spread(web.hotline.storage, web.hotline.settings, web.now)
    with web.hotline.storage.writing() as tx:
        [delivery] = DeliveryStore(tx).claim("wecombot", "c1", web.now, web.now, 10)
    with web.hotline.storage.writing() as tx:
        why = because("notifications.gateway_said", code=93000, said="invalid webhook")
        DeliveryStore(tx).note("c1", DeliveryState.FAILED, why, web.now)
    page = admin.get("/admin/notifications?state=failed").text
    assert "invalid webhook" in page and "K1" not in page
    post(admin, f"/admin/notifications/{delivery.id}/again", "/admin/notifications")
    with web.hotline.storage.reading() as tx:
        found = DeliveryStore(tx).by_id(delivery.id or 0)
    assert found is not None and found.state is DeliveryState.WAITING
    assert "notification.again" in [action for _who, action, _object in web.audit()]


def test_the_log_is_administrators_own(web: Web) -> None:
    client, _ = _somebody(web)
    assert client.get("/admin/notifications").status_code == 403
    assert post(client, "/admin/notifications/test", "/password", to="1").status_code == 403
