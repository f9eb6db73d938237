"""The administrators' pages of web hooks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from hotline.domain.people import Role
from hotline.services.webhooks.events import by_kind
from hotline.services.webhooks.gathering import gather
from hotline.services.webhooks.sending import Sending
from hotline.web.webhooks.event_names import event_names
from tests.support.hook_receiver import HERE, received
from tests.support.sample_calls import answered_call
from tests.support.sms_gateway import FakeGateway, a_gateway
from tests.support.web import Web, a_web, post

PAGE = "/admin/webhooks"


@pytest.fixture
def receiver() -> Iterator[FakeGateway]:
    with a_gateway() as fake:
        yield fake


@pytest.fixture
def web(tmp_path: Path) -> Web:
    return a_web(tmp_path, HERE)


@pytest.fixture
def admin(web: Web) -> FlaskClient:
    return web.signed_in(Role.ADMINISTRATOR)


def mark_shown(page: str) -> str:
    found = re.search(r'name="mark" value="(\w+)"', page)
    assert found
    return found[1]


def send(web: Web) -> None:
    gather(web.hotline.storage, web.now)
    sending = Sending(
        web.hotline.storage, lambda: web.hotline.settings, web.hotline.secrets.webhook_root, web.hotline.clock
    )
    for each in sending.due(web.now):
        while sending.send_next(each):
            pass


def test_a_hook_is_added_tried_told_and_removed(web: Web, admin: FlaskClient, receiver: FakeGateway) -> None:
    assert PAGE in admin.get("/admin/people").text
    page = post(admin, PAGE, url=receiver.url, events="call.ended", description="CRM").text
    secret = re.search(r"whsec_[A-Za-z0-9+/=]{44}", page)
    assert secret is not None and secret[0] not in admin.get(f"{PAGE}/1").text
    assert post(admin, f"{PAGE}/1/test", f"{PAGE}/1").status_code == 302
    web.keep(answered_call(start=web.now))
    send(web)
    told = received(receiver)
    assert [each.said["type"] for each in told] == ["ping", "call.ended"]
    assert all(each.is_signed_with(secret[0]) for each in told)
    page = admin.get(f"{PAGE}/1?lang=zh").text
    assert page.count("已送达") == 2 and "通话结束" in page and "13800138000" not in page
    delivery = re.search(r'name="delivery" value="(\d+)"', page)
    assert delivery is not None
    assert post(admin, f"{PAGE}/1/again", f"{PAGE}/1", delivery=delivery[1]).status_code == 302
    send(web)
    assert len(received(receiver)) == 3
    assert post(admin, f"{PAGE}/1/remove", f"{PAGE}/1").headers["Location"] == PAGE
    assert admin.get(f"{PAGE}/1").status_code == 404
    done = [action for _who, action, object in web.audit() if object == "webhook:1" and action != "webhook.view"]
    assert done == ["webhook.add", "webhook.test", "webhook.again", "webhook.remove"]


def test_what_is_wrong_is_said_at_its_field_and_kept(admin: FlaskClient) -> None:
    refused = post(admin, PAGE, url="crm.example.com", events="call.ended", description="Our CRM")
    assert refused.status_code == 422 and "应填写形如 https://crm.example.com/hotline 的地址" in refused.text
    assert 'value="crm.example.com"' in refused.text and 'value="Our CRM"' in refused.text
    assert re.search(r'value="call.ended" checked', refused.text)
    refused = post(admin, PAGE, url="https://crm.example.com")
    assert refused.status_code == 422 and "请至少选择一种事件" in refused.text


def test_a_hook_is_changed_and_switched(admin: FlaskClient, receiver: FakeGateway) -> None:
    post(admin, PAGE, url=receiver.url, events="call.ended")
    page = f"{PAGE}/1"
    seen = mark_shown(admin.get(page).text)
    given = {"url": "https://crm.example.com/x", "events": "call.started"}
    assert post(admin, page, page, **given, mark=seen).status_code == 302
    wrong = post(admin, page, page, url="nothing", events="call.started", mark=mark_shown(admin.get(page).text))
    assert wrong.status_code == 422
    text = admin.get(page).text
    assert 'value="https://crm.example.com/x"' in text and re.search(r'value="call.started" checked', text)
    post(admin, f"{page}/switch", page, on="no")
    assert "已停用" in admin.get(PAGE).text
    post(admin, f"{page}/test", page)
    assert "请先启用" in admin.get(page).text
    post(admin, f"{page}/switch", page, on="yes")
    assert "已停用" not in admin.get(PAGE).text
    first, second = (re.search(r"whsec_\S{44}", post(admin, f"{page}/secret", page).text) for _ in range(2))
    assert first and second and first[0] != second[0]


@pytest.mark.parametrize("fields", [{}, {"since": "soon"}, {"delivery": "x" * 99}, {"delivery": "9" * 30}])
def test_what_is_to_be_sent_again_must_be_named(
    admin: FlaskClient, receiver: FakeGateway, fields: dict[str, str]
) -> None:
    post(admin, PAGE, url=receiver.url, events="call.ended")
    assert post(admin, f"{PAGE}/1/again", f"{PAGE}/1", **fields).status_code == 302
    assert "日期格式应为 2026-11-22" in admin.get(f"{PAGE}/1").text


def test_every_event_has_a_name() -> None:
    assert event_names().keys() == {"ping", *by_kind()}


def test_every_event_and_each_of_its_fields_is_documented() -> None:
    documented = Path("docs/webhooks.md").read_text("utf-8")
    for kind, told in by_kind().items():
        assert f"| `{kind}` |" in documented and f"| `{told.part}` |" in documented
        [paragraph] = re.findall(rf"^\*\*{told.part}\*\*: .*?(?=\n\n)", documented, re.MULTILINE | re.DOTALL)
        assert set(re.findall(r"`([a-z_]+)`", paragraph)) - {"duty"} == set(told.shape.model_fields)


def test_of_two_who_change_a_hook_the_second_is_told_and_keeps_what_was_entered(
    admin: FlaskClient, receiver: FakeGateway
) -> None:
    post(admin, PAGE, url=receiver.url, events="call.ended")
    page = f"{PAGE}/1"
    seen = mark_shown(admin.get(page).text)
    assert post(admin, page, page, url="https://one.example.com/", events="call.ended", mark=seen).status_code == 302
    shown = ""
    for stale in (seen, "", "x"):
        second = post(admin, page, page, url="https://two.example.com/", events="call.started", mark=stale)
        assert second.status_code == 409 and 'value="https://two.example.com/"' in second.text
        assert 'value="https://one.example.com/"' in admin.get(page).text, "nothing was changed"
        shown = mark_shown(second.text)
    again = {"url": "https://two.example.com/", "events": "call.started", "mark": shown}
    assert post(admin, page, page, **again).status_code == 302, "saving again is insisting"
    assert 'value="https://two.example.com/"' in admin.get(page).text
