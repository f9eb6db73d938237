"""The pages on which operators are hired, changed and leave."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from hotline.domain.people import Role
from hotline.storage.accounts.users import UserStore
from tests.support.web import Web, a_web, csrf_of, post

QUEUES = """
[queues.sales]
name = "销售"
[queues.service]
name = "客户服务"
[menus.main]
prompt = "menu-main"
operator_queue = "service"
keys = {}
"""

NEW = {
    "name": "孙丽",
    "username": "sunli",
    "roles": "operator",
    "extension": "1003",
    "phone": "webrtc",
    "queues": "service",
    "email": "",
    "mobile": "",
    "department": "",
}


@pytest.fixture
def web(tmp_path: Path) -> Web:
    return a_web(tmp_path, QUEUES)


@pytest.fixture
def admin(web: Web) -> FlaskClient:
    return web.signed_in(Role.ADMINISTRATOR, username="boss")


def hire(admin: FlaskClient, **changed: str) -> TestResponse:
    """As a browser sends it: what is not ticked is not there."""
    written = {**NEW, **changed}
    return post(admin, "/admin/hire", **{k: v for k, v in written.items() if v or k not in ("queues", "roles")})


def secrets_of(page: TestResponse) -> dict[str, str]:
    return dict(re.findall(r'id="(first-password|phone-password)">([^<]+)<', page.text))


def test_the_form_suggests_the_next_extension_and_all_queues(admin: FlaskClient) -> None:
    page = admin.get("/admin/hire").text
    assert re.search(r'name="extension"[^>]*value="1003"', page)
    assert len(re.findall(r'name="queues"[^>]*checked', page)) == 2
    assert "/admin/hire" in admin.get("/admin/people").text


def test_both_passwords_are_shown_once(web: Web, admin: FlaskClient) -> None:
    page = hire(admin)
    shown = secrets_of(page)
    assert page.status_code == 200 and set(shown) == {"first-password", "phone-password"}
    assert "no-store" in page.headers["Cache-Control"]
    assert shown["phone-password"] == web.hotline.secrets.phone_password("1003")
    for path in ("/admin/operators/1003", "/admin/people", "/admin/people/sunli", "/admin/audit"):
        seen = admin.get(path)
        assert seen.status_code == 200 and not any(secret in seen.text for secret in shown.values()), path
    operator = web.hotline.settings.operators["1003"]
    assert (operator.name, operator.phone, operator.queues) == ("孙丽", "webrtc", ("service",))


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"extension": "1001"}, "分机 1001 已有人使用"),
        ({"extension": "119"}, "119 是紧急号码"),
        ({"extension": "1"}, "分机号为三至六位数字"),
        ({"queues": ""}, "请至少选择一个队列"),
        ({"name": ""}, "请填写姓名"),
        ({"username": "Sun Li"}, "用户名只能使用小写字母"),
        ({"username": "boss"}, "用户名 boss 已被占用"),
        ({"email": "x"}, "请填写邮箱地址"),
        ({"mobile": "x"}, "这不是可以拨打的号码"),
        ({"roles": ""}, "请至少选择一个角色"),
    ],
)
def test_a_refusal_is_said_at_its_field_and_what_was_written_stays(
    web: Web, admin: FlaskClient, changed: dict[str, str], words: str
) -> None:
    page = hire(admin, **changed)
    assert page.status_code == 422 and words in page.text, page.text
    assert (changed.get("username") or "sunli") in page.text
    assert "1003" not in web.hotline.settings.operators


def test_an_asterisk_that_is_down_is_said_with_the_passwords(web: Web, admin: FlaskClient) -> None:
    web.pbx.away = "asterisk.none"
    page = hire(admin)
    assert len(secrets_of(page)) == 2 and "未能通知 Asterisk" in page.text
    assert "Asterisk" in admin.get("/admin/operators/1003").text


def test_a_site_with_its_own_asterisk_is_told_what_to_reload(tmp_path: Path) -> None:
    web = a_web(tmp_path, "[asterisk]\nprivate = false\n")
    page = hire(web.signed_in(Role.ADMINISTRATOR))
    assert "module reload res_pjsip.so" in page.text and "dialplan reload" in page.text
    assert str(web.hotline.home.asterisk / "etc") in page.text and web.pbx.acts == []


def test_a_second_administrator_is_told_of_the_first_ones_change(web: Web, admin: FlaskClient) -> None:
    hire(admin)
    other = web.signed_in(Role.ADMINISTRATOR, username="second")
    page = other.get("/admin/operators/1003")
    mark = re.search(r'name="mark"[^>]*value="([^"]+)"', page.text)
    assert mark is not None
    form = {"name": "孙莉", "phone": "sip", "queues": ["service"], "mark": mark[1]}
    first = admin.post(
        "/admin/operators/1003", data={**form, "csrf_token": csrf_of(admin.get("/admin/operators/1003"))}
    )
    assert first.status_code == 302
    late = other.post("/admin/operators/1003", data={**form, "name": "孙力", "csrf_token": csrf_of(page)})
    assert "刚刚被他人更改" in other.get(late.headers["Location"]).text
    assert web.hotline.settings.operators["1003"].name == "孙莉"


def test_whether_the_phone_is_there_is_said(web: Web, admin: FlaskClient) -> None:
    for state, words in (("Unavailable", "未注册"), ("Not in use", "已注册")):
        web.pbx.handsets["1001"] = state
        assert words in admin.get("/admin/operators/1001").text
    web.pbx.handsets.clear()
    assert "Asterisk 尚不知晓" in admin.get("/admin/operators/1001").text


def test_a_phone_is_given_a_new_password(web: Web, admin: FlaskClient) -> None:
    hire(admin)
    before = web.hotline.secrets.phone_password("1003")
    page = post(admin, "/admin/operators/1003/phone-password", "/admin/operators/1003")
    shown = secrets_of(page)["phone-password"]
    assert shown == web.hotline.secrets.phone_password("1003") != before
    assert "no-store" in page.headers["Cache-Control"]


def test_who_leaves_is_gone_and_the_extension_is_free(web: Web, admin: FlaskClient) -> None:
    hire(admin)
    assert "没有未办结的事项" in admin.get("/admin/operators/1003/leave").text
    done = post(admin, "/admin/operators/1003/leave", successor="", at="")
    assert done.status_code == 302 and "已办理离职" in admin.get(done.headers["Location"]).text
    assert admin.get("/admin/operators/1003").status_code == 404
    with web.hotline.storage.reading() as tx:
        user = UserStore(tx).by_username("sunli")
    assert user is not None and not user.active and user.extension is None
    assert re.search(r'name="extension"[^>]*value="1003"', admin.get("/admin/hire").text)


def test_who_leaves_later_may_stay(web: Web, admin: FlaskClient) -> None:
    hire(admin)
    past = post(admin, "/admin/operators/1003/leave", successor="", at="2020-01-01T09:00")
    assert past.status_code == 422 and "应为将来的时刻" in past.text
    assert post(admin, "/admin/operators/1003/leave", successor="", at="0001-01-01T09:00").status_code == 422
    post(admin, "/admin/operators/1003/leave", successor="", at="2026-12-31T18:00")
    assert "将于 2026-12-31 18:00 离职" in admin.get("/admin/operators/1003").text
    post(admin, "/admin/operators/1003/stay", "/admin/operators/1003")
    assert "已撤销离职" in (stays := admin.get("/admin/operators/1003").text) and "将于 2026-12-31" not in stays


def test_who_stands_in_the_file_does_not_leave_in_the_browser(web: Web, admin: FlaskClient) -> None:
    file = str(web.hotline.home.settings_file)
    assert file in admin.get("/admin/operators/1001").text
    refused = admin.get("/admin/operators/1001/leave")
    assert refused.status_code == 302 and file in admin.get(refused.headers["Location"]).text
    assert "1001" in web.hotline.settings.operators


@pytest.mark.parametrize("role", [Role.OPERATOR, Role.EXAMINER, Role.SUPERVISOR])
def test_only_administrators_see_any_of_it(web: Web, role: Role) -> None:
    client = web.signed_in(role)
    for path in ("/admin/hire", "/admin/operators/1001", "/admin/operators/1001/leave"):
        assert client.get(path).status_code == 403
    token = csrf_of(client.get("/preferences")) if "csrf_token" in client.get("/preferences").text else ""
    for path in ("/admin/operators/1001/phone-password", "/admin/operators/1001/stay", "/admin/hire"):
        assert client.post(path, data={"csrf_token": token}).status_code in (400, 403)


def test_it_is_said_in_english_too(admin: FlaskClient) -> None:
    admin.set_cookie("language", "en")
    page = hire(admin, extension="1001")
    assert "Somebody has the extension 1001 already." in page.text
    assert "Test the phone" in admin.get("/admin/operators/1001").text


def test_a_softphones_account_is_shown_as_a_code_and_a_browsers_is_not(web: Web, admin: FlaskClient) -> None:
    assert 'class="qr-code"' not in hire(admin).text
    shown = hire(admin, extension="1004", username="wangwu", phone="sip").text
    code = re.search(r'<svg[^>]*class="qr-code".*?</svg>', shown, re.DOTALL)
    assert code is not None and web.hotline.secrets.phone_password("1004") not in code[0], "only the picture has it"
    again = post(admin, "/admin/operators/1004/phone-password", "/admin/operators/1004").text
    assert 'class="qr-code"' in again


def test_a5_the_level_in_each_queue_is_chosen_with_it(web: Web, admin: FlaskClient) -> None:
    """Of queues that are not theirs nothing is kept, and the first level is not written down."""
    post(admin, "/admin/hire", **{**NEW, "level-service": "2", "level-sales": "3"})
    assert web.hotline.settings.operators["1003"].levels == {"service": 2}
    page = admin.get("/admin/operators/1003").text
    assert re.search(r'name="level-service".*?<option value="2" selected>', page)
    kept = {"name": "孙丽", "phone": "webrtc", "queues": "service", "mark": mark_in(page)}
    post(admin, "/admin/operators/1003", **kept, **{"level-service": "4"})
    assert web.hotline.settings.operators["1003"].level_in("service") == 4
    page = admin.get("/admin/operators/1003").text
    post(admin, "/admin/operators/1003", **{**kept, "mark": mark_in(page)}, **{"level-service": "1"})
    assert web.hotline.settings.operators["1003"].levels == {}


@pytest.mark.parametrize("level", ["0", "6", "-1", "<b>", "1e9", ""])
def test_a5_what_is_no_level_changes_none(web: Web, admin: FlaskClient, level: str) -> None:
    post(admin, "/admin/hire", **{**NEW, "level-service": "2"})
    page = admin.get("/admin/operators/1003").text
    kept = {"name": "孙丽", "phone": "webrtc", "queues": "service", "mark": mark_in(page)}
    answer = post(admin, "/admin/operators/1003", **kept, **{"level-service": level})
    assert answer.status_code == 302 and web.hotline.settings.operators["1003"].levels == {"service": 2}


def mark_in(page: str) -> str:
    found = re.search(r'name="mark"[^>]*value="([^"]+)"', page)
    assert found is not None
    return found[1]
