"""A test by each way of notices, with what the gateway itself answers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from hotline.domain.people import Role
from hotline.services.notifications.trying import TRIES
from tests.support.gateways import MailServer, Robots, mail_server, robots
from tests.support.web import Web, a_web, post

TRY = "/admin/notifications/try"


def site(folder: Path, mail_port: int, robot: str) -> Web:
    return a_web(
        folder,
        f'[mail]\nhost = "127.0.0.1"\nport = {mail_port}\nsecurity = "none"\nsender = "hotline@example.com"\n'
        f'[notices.gateways]\nwecom = "{robot}"\n'
        '[notices.groups.night]\nurls = ["wecombot://secret-of-it"]\n',
    )


@pytest.fixture
def server() -> Iterator[MailServer]:
    with mail_server() as running:
        yield running


@pytest.fixture
def gateway() -> Iterator[Robots]:
    with robots() as running:
        yield running


@pytest.fixture
def web(tmp_path: Path, server: MailServer, gateway: Robots) -> Web:
    return site(tmp_path, server.port, gateway.url)


def test_a_mail_goes_to_the_typed_address_at_once(web: Web, server: MailServer) -> None:
    admin = web.signed_in(Role.ADMINISTRATOR, username="boss")
    page = post(admin, f"{TRY}/mail", TRY, address=" li@example.com ")
    assert page.status_code == 200 and "对方已接收" in page.text
    [(to, message)] = server.got
    assert to == ["li@example.com"] and message["Subject"]
    assert ("boss", "notification.test", "mail:li@example.com") in web.audit()


def test_what_the_mail_server_says_is_shown_in_words(web: Web, server: MailServer) -> None:
    admin = web.signed_in(Role.ADMINISTRATOR)
    server.at_rcpt = "550 no such <b>user</b> here"
    page = post(admin, f"{TRY}/mail", TRY, address="li@example.com")
    assert "no such &lt;b&gt;user&lt;/b&gt; here" in page.text and "550" in page.text and server.got == []


def test_what_a_robot_says_is_shown_in_words(web: Web, gateway: Robots) -> None:
    admin = web.signed_in(Role.ADMINISTRATOR)
    assert "对方已接收" in post(admin, f"{TRY}/group", TRY, group="night").text
    gateway.answers = [{"errcode": 93000, "errmsg": "invalid webhook url"}]
    page = post(admin, f"{TRY}/group", TRY, group="night")
    assert "invalid webhook url" in page.text and "secret-of-it" not in page.text


def test_a_server_that_is_away_is_told(tmp_path: Path) -> None:
    web = site(tmp_path, 9, "http://127.0.0.1:9")
    admin = web.signed_in(Role.ADMINISTRATOR)
    assert "对方已接收" not in post(admin, f"{TRY}/mail", TRY, address="li@example.com").text
    told = post(admin, f"{TRY}/group", TRY, group="night").text
    assert "该地址没有程序在监听" in told and "ConnectionRefusedError" not in told


@pytest.mark.parametrize(
    "address", ["", "li", "li@", "a@b.cn, c@d.cn", "li@example.com\r\nBcc: all@example.com", "<script>@x.cn", "x" * 999]
)
def test_what_is_no_address_is_refused_and_kept_in_the_field(web: Web, server: MailServer, address: str) -> None:
    page = post(web.signed_in(Role.ADMINISTRATOR), f"{TRY}/mail", TRY, address=address)
    assert page.status_code == 422 and 'role="alert"' in page.text and server.got == []
    assert "<script>@" not in page.text


def test_a_group_that_there_is_not_is_refused(web: Web, gateway: Robots) -> None:
    admin = web.signed_in(Role.ADMINISTRATOR)
    assert post(admin, f"{TRY}/group", TRY, group="no such").status_code == 422 and gateway.got == []


def test_so_many_tests_and_then_it_is_told_to_wait(web: Web, server: MailServer) -> None:
    admin = web.signed_in(Role.ADMINISTRATOR)
    answers = [post(admin, f"{TRY}/mail", TRY, address="li@example.com") for _ in range(TRIES.most + 1)]
    assert [each.status_code for each in answers] == [200] * TRIES.most + [429]
    assert len(server.got) == TRIES.most
    assert (
        post(web.signed_in(Role.ADMINISTRATOR, username="second"), f"{TRY}/mail", TRY, address="b@b.cn").status_code
        == 200
    )
    web.clock.advance(minutes=10)
    assert post(admin, f"{TRY}/mail", TRY, address="li@example.com").status_code == 200


def test_without_a_mail_server_that_is_said(tmp_path: Path) -> None:
    web = a_web(tmp_path)
    admin = web.signed_in(Role.ADMINISTRATOR)
    assert "尚未设置邮件服务器" in admin.get(TRY).text
    assert post(admin, f"{TRY}/mail", TRY, address="li@example.com").status_code == 409


@pytest.mark.parametrize("role", [Role.OPERATOR, Role.SUPERVISOR, Role.EXAMINER])
def test_only_administrators_try(web: Web, server: MailServer, role: Role) -> None:
    client = web.signed_in(role)
    assert client.get(TRY).status_code == 403
    assert post(client, f"{TRY}/mail", "/password", address="li@example.com").status_code == 403 and server.got == []


def test_the_settings_page_leads_there(web: Web) -> None:
    assert TRY in web.signed_in(Role.ADMINISTRATOR).get("/admin/settings/notices").text
