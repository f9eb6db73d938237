"""Open alerts above every page: shown to whoever manages the hotline, each with a link to where it is seen to."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from hotline.domain.people import MANAGERS, Role
from hotline.domain.reasons import because
from hotline.services.alerts import AlertKind, set_alert
from hotline.storage.accounts.users import UserStore
from hotline.web.kit import alert_words
from tests.support.web import Web, a_web


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Web:
    return a_web(tmp_path_factory.mktemp("alerts"))


@pytest.mark.parametrize("kind", alert_words.PAGES)
def test_an_alert_leads_each_who_sees_it_to_a_page_that_lets_them_in(site: Web, kind: AlertKind) -> None:
    with site.hotline.storage.writing() as tx:
        set_alert(tx, kind, "", because("recordings.nothing_sent"), site.now)
    for role in MANAGERS:
        client = site.signed_in(role, username=f"{role.value}-{kind.value}".replace("_", "-")[:32])
        [link] = re.findall(r'<a class="text-reset" href="([^"]+)"', client.get("/calls").text)
        assert client.get(link.replace("&amp;", "&")).status_code == 200
    with site.hotline.storage.writing() as tx:
        set_alert(tx, kind, "", None, site.now)


@pytest.mark.parametrize("role", [Role.OPERATOR, Role.EXAMINER])
def test_who_does_not_steer_sees_no_alert(site: Web, role: Role) -> None:
    """Nor a link that would refuse them."""
    overdue = because("examination.actions_overdue", count=1, earliest_at=site.now)
    with site.hotline.storage.writing() as tx:
        set_alert(tx, AlertKind.CORRECTIVE_ACTIONS, "", overdue, site.now)
    page = site.signed_in(role).get("/my-results").text
    assert "1 项待整改" not in page and 'href="/rectifications"' not in page.split("<main")[1]


def test_an_operator_is_told_of_their_own_phone_alone(site: Web) -> None:
    """A3: it is set to forward calls, and they can end it."""
    clients = {}
    for extension, name in (("1001", "zhao"), ("1002", "qian")):
        client = site.signed_in(Role.OPERATOR, username=name)
        with site.hotline.storage.writing() as tx:
            user = UserStore(tx).by_username(name)
            assert user is not None
            UserStore(tx).update(replace(user, extension=extension))
        clients[extension] = client
    with site.hotline.storage.writing() as tx:
        forwards = because("ways_in.phone_forwards", name="赵敏", last_at=site.now)
        set_alert(tx, AlertKind.PHONE_FORWARDS, "1001", forwards, site.now)
    told = {extension: client.get("/calls") for extension, client in clients.items()}
    assert all(page.status_code == 200 for page in told.values())
    words = "有话机设置了呼叫转移"
    assert [extension for extension, page in told.items() if words in page.text] == ["1001"]
