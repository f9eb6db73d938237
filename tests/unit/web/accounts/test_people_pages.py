"""Administration: people, their sessions, tokens, and the audit log as it is read."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient
from werkzeug.datastructures import MultiDict
from werkzeug.test import TestResponse

from hotline.domain.accounts.user import User
from hotline.domain.people import Role
from hotline.services.accounts import accounts
from hotline.services.accounts.tokens import verify_token
from hotline.storage.accounts.tokens import TokenStore
from hotline.storage.accounts.users import UserStore
from hotline.storage.audit import AuditLog
from hotline.storage.outbox import Outbox
from tests.support.sample_calls import answered_call
from tests.support.web import PASSWORD, Web, csrf_of, sign_in

HOSTILE = ("<script>alert(1)</script>", "😀👩‍👩‍👧", "\u202eevil", "a\x00b\x1b[2J\r\nc", "{{ 7*7 }}")


@pytest.fixture
def boss(web: Web) -> FlaskClient:
    return web.signed_in(Role.ADMINISTRATOR, username="boss")


def send(client: FlaskClient, path: str, *roles: str, **fields: str) -> TestResponse:
    """A form as a browser sends it; `roles` are ticked."""
    data = MultiDict([("csrf_token", csrf_of(client.get("/password"))), *fields.items()])
    data.setlist("roles", list(roles))
    return client.post(path, data=data)


def user(web: Web, username: str) -> User:
    with web.hotline.storage.reading() as tx:
        found = UserStore(tx).by_username(username)
    assert found is not None
    return found


def is_in(client: FlaskClient) -> bool:
    return client.get("/calls").status_code == 200


def secret_of(answer: TestResponse) -> str:
    found = re.search(r'<code class="secret">([^<]+)</code>', answer.text)
    assert found is not None
    return found[1]


# People


def test_no_right_that_was_taken_comes_back_by_a_page_that_was_open(web: Web, boss: FlaskClient) -> None:
    secret_of(send(boss, "/admin/people/add", "operator", "supervisor", username="zhao", display_name="赵敏"))

    def opened() -> str:
        found = re.search(r'name="mark"[^>]* value="(\w+)"', boss.get("/admin/people/zhao").text)
        assert found is not None
        return found[1]

    before, path = opened(), "/admin/people/zhao"
    taken = send(boss, path, "operator", username="zhao", display_name="赵敏", mark=before)
    assert taken.location == "/admin/people"
    late = send(boss, path, "operator", "supervisor", username="zhao", display_name="赵敏敏", mark=before)
    assert late.status_code == 409 and user(web, "zhao").roles == (Role.OPERATOR,)
    send(boss, path, "operator", username="zhao", display_name="赵敏敏", mark=opened())
    assert user(web, "zhao").display_name == "赵敏敏"


def test_an_auditor_is_let_in_until_the_end_of_their_last_day(web: Web, boss: FlaskClient) -> None:
    refused = send(boss, "/admin/people/add", "auditor", username="shen", display_name="沈审计")
    assert refused.status_code == 422 and "last_day-problem" in refused.text
    assert send(boss, "/admin/people/add", "auditor", username="shen", last_day="2026-11-30").status_code == 200
    assert str(user(web, "shen").expires_at) == "2026-11-30 16:00:00+00:00"
    assert 'value="2026-11-30"' in boss.get("/admin/people/shen").text
    send(boss, "/admin/people/shen", "auditor", username="shen", display_name="沈", last_day="2026-12-01")
    assert str(user(web, "shen").expires_at) == "2026-12-01 16:00:00+00:00"


def test_a_token_for_an_auditor_has_a_last_day(web: Web, boss: FlaskClient) -> None:
    assert send(boss, "/admin/tokens", "auditor", name="audit").status_code == 422
    made = send(boss, "/admin/tokens", "auditor", name="audit", last_day="2026-11-30")
    token = verify_token(web.hotline.storage, secret_of(made), web.now)
    assert token is not None and str(token.expires_at) == "2026-11-30 16:00:00+00:00"


def test_a_new_person_gets_a_first_password_that_is_shown_once(web: Web, boss: FlaskClient) -> None:
    fields = {"username": "zhao", "display_name": "赵敏", "extension": "1001"}
    made = send(boss, "/admin/people/add", "operator", "supervisor", **fields)
    assert made.status_code == 200 and "no-store" in made.headers["Cache-Control"]
    password = secret_of(made)
    assert password not in boss.get("/admin/people").text + boss.get("/admin/people/zhao").text
    zhao = user(web, "zhao")
    assert (zhao.display_name, zhao.extension, zhao.roles) == ("赵敏", "1001", (Role.OPERATOR, Role.SUPERVISOR))
    assert sign_in(web.client(), "zhao", password).status_code == 302
    assert ("boss", "user.add", "user:zhao") in web.audit()


def test_a_user_name_is_proposed_from_the_names_pinyin(web: Web, boss: FlaskClient) -> None:
    page = boss.get("/admin/people/add").text
    assert page.index('id="display_name"') < page.index('id="username"')
    for taken, proposed in (("someone", "zhaomin"), ("zhaomin", "zhaomin2")):
        web.add_user(taken, Role.OPERATOR)
        answer = send(boss, "/admin/people/add", "operator", username="", display_name="赵敏")
        assert answer.status_code == 422 and re.search(rf'id="username"[^>]*value="{proposed}"', answer.text)
    assert 'value=""' in send(boss, "/admin/people/add", "operator", username="", display_name="😀").text


def test_a_form_that_comes_without_an_optional_field_is_read_as_if_it_were_empty(web: Web, boss: FlaskClient) -> None:
    secret_of(send(boss, "/admin/people/add", "operator", username="zhao"))
    assert user(web, "zhao").display_name == "zhao"


@pytest.mark.parametrize(
    ("roles", "fields", "words"),
    [
        (["operator"], {"username": "Zhao Min"}, "小写字母"),
        (["operator"], {"username": "boss"}, "已被占用"),
        (["operator"], {"username": ""}, "请输入用户名"),
        ([], {"username": "zhao"}, "请至少选择一个角色"),
        (["operator", "examiner"], {"username": "zhao"}, "F5"),
        (["examiner"], {"username": "zhao", "extension": "1001"}, "F5"),
        (["operator"], {"username": "zhao", "extension": "9999"}, "设置中没有分机"),
        (["operator"], {"username": "zhao", "extension": "1002"}, "已分配给"),
        (["operator"], {"username": "zhao", "display_name": "长" * 150}, "最多 100 个字符"),
    ],
)
def test_f5_an_unfit_account_is_refused_with_words_and_what_was_typed_stays(
    web: Web, boss: FlaskClient, roles: list[str], fields: dict[str, str], words: str
) -> None:
    accounts.add_user(web.hotline.storage, "qian", "钱伟", (Role.OPERATOR,), web.now, "test", "1002", ("1002",))
    answer = send(boss, "/admin/people/add", *roles, **{"display_name": "赵", "extension": "", **fields})
    assert answer.status_code == 422 and words in answer.text
    for role in roles:
        assert re.search(rf'value="{role}" checked', answer.text)
    with web.hotline.storage.reading() as tx:
        assert [found.username for found in UserStore(tx).all()] == ["boss", "qian"]


def test_a_person_is_edited_and_the_log_says_what_has_changed(web: Web, boss: FlaskClient) -> None:
    web.add_user("zhao", Role.OPERATOR)
    saved = send(boss, "/admin/people/zhao", "examiner", display_name="赵敏", extension="", username="zhao")
    assert saved.location == "/admin/people"
    assert user(web, "zhao").roles == (Role.EXAMINER,)
    with web.hotline.storage.reading() as tx:
        (detail,) = [e["detail"] for e in AuditLog(tx).latest(10) if e["action"] == "user.edit"]
    assert detail == "name: Zhao → 赵敏; roles: operator → examiner"


def test_of_two_administrators_the_second_is_told_what_the_first_changed(web: Web, boss: FlaskClient) -> None:
    """What the second typed is kept, and saved once they have seen it."""
    web.add_user("zhao", Role.OPERATOR)
    seen = mark_of(boss.get("/admin/people/zhao"))
    send(boss, "/admin/people/zhao", "operator", "supervisor", display_name="Zhao", username="zhao", mark=seen)
    late = {"display_name": "赵敏", "username": "zhao"}
    told = send(boss, "/admin/people/zhao", "operator", **late, mark=seen)
    assert told.status_code == 409 and "其他人已修改" in told.text and 'value="赵敏"' in told.text
    assert re.search(r'value="operator" checked', told.text) and not re.search(r'value="supervisor" checked', told.text)
    assert user(web, "zhao").roles == (Role.OPERATOR, Role.SUPERVISOR) and mark_of(told) != seen
    assert send(boss, "/admin/people/zhao", "operator", **late, mark=mark_of(told)).location == "/admin/people"
    assert (user(web, "zhao").roles, user(web, "zhao").display_name) == ((Role.OPERATOR,), "赵敏")


def mark_of(page: TestResponse) -> str:
    found = re.search(r'name="mark"[^>]*value="([0-9a-f]{16})"', page.text)
    assert found is not None
    return found[1]


def test_who_loses_a_role_is_signed_out_and_who_gains_one_is_not(web: Web, boss: FlaskClient) -> None:
    zhao = web.signed_in(Role.OPERATOR, Role.SUPERVISOR, username="zhao")
    send(boss, "/admin/people/zhao", "operator", "supervisor", "administrator", username="zhao")
    assert is_in(zhao) and zhao.get("/admin/people").status_code == 200
    send(boss, "/admin/people/zhao", "operator", username="zhao")
    assert not is_in(zhao)


def test_the_last_administrator_stays_one(web: Web, boss: FlaskClient) -> None:
    refused = send(boss, "/admin/people/boss", "supervisor", username="boss")
    assert refused.status_code == 422 and "最后一位管理员" in refused.text
    told = send(boss, "/admin/people/boss/active", active="0")
    assert told.location == "/admin/people/boss" and "最后一位管理员" in boss.get(told.location).text
    assert user(web, "boss").active and Role.ADMINISTRATOR in user(web, "boss").roles


def test_nobody_takes_the_administration_from_themselves(web: Web, boss: FlaskClient) -> None:
    """Another administrator does it, who is in and can give it back: else a slip would lock its maker out."""
    web.add_user("chief", Role.ADMINISTRATOR)
    refused = send(boss, "/admin/people/boss", "supervisor", username="boss")
    assert refused.status_code == 422 and "另一位管理员" in refused.text
    told = send(boss, "/admin/people/boss/active", active="0")
    assert "另一位管理员" in boss.get(told.location).text
    assert user(web, "boss").active and Role.ADMINISTRATOR in user(web, "boss").roles
    other = web.signed_in(Role.ADMINISTRATOR, username="other")
    assert send(other, "/admin/people/boss", "supervisor", username="boss").status_code == 302
    assert user(web, "boss").roles == (Role.SUPERVISOR,)


def test_a_reset_password_is_shown_once_and_ends_the_sessions(web: Web, boss: FlaskClient) -> None:
    zhao = web.signed_in(Role.OPERATOR, username="zhao")
    password = secret_of(send(boss, "/admin/people/zhao/password"))
    assert not is_in(zhao)
    assert sign_in(web.client(), "zhao", PASSWORD).status_code == 401
    assert sign_in(web.client(), "zhao", password).status_code == 302


def test_who_is_deactivated_is_out_and_may_come_back(web: Web, boss: FlaskClient) -> None:
    zhao = web.signed_in(Role.OPERATOR, username="zhao")
    gone = send(boss, "/admin/people/zhao/active", active="0")
    assert gone.location == "/admin/people/zhao/open" and "没有未办结的事项" in boss.get(gone.location).text
    assert not is_in(zhao) and "已停用" in boss.get("/admin/people").text
    send(boss, "/admin/people/zhao/active", active="1")
    assert sign_in(web.client(), "zhao", PASSWORD).status_code == 302


@pytest.mark.parametrize("what", ["", "/password", "/active", "/sessions/end"])
def test_who_is_not_there_is_told(web: Web, boss: FlaskClient, what: str) -> None:
    assert send(boss, f"/admin/people/nobody{what}", reason="why").status_code == 404


@pytest.mark.parametrize("hostile", HOSTILE)
def test_a_hostile_name_is_only_a_name(web: Web, boss: FlaskClient, hostile: str) -> None:
    send(boss, "/admin/people/add", "operator", username="zhao", display_name=hostile, extension="")
    for path in ("/admin/people", "/admin/people/zhao", "/admin/audit", "/admin/sessions"):
        page = boss.get(path)
        assert page.status_code == 200 and "<script>alert" not in page.text and "\x1b" not in page.text


# Sessions


def session_ids(boss: FlaskClient) -> list[int]:
    return [int(found) for found in re.findall(r"/admin/sessions/(\d+)/end", boss.get("/admin/sessions").text)]


def test_the_page_says_who_is_signed_in_where(web: Web, boss: FlaskClient) -> None:
    web.signed_in(Role.OPERATOR, username="zhao")
    chrome = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/131.0.0.0 Safari/537.36"
    client = web.client()
    client.environ_base.update(REMOTE_ADDR="10.1.2.3", HTTP_USER_AGENT=chrome)
    sign_in(client, "zhao", PASSWORD)
    page = boss.get("/admin/sessions").text
    assert "Chrome 131 · Windows" in page and "10.1.2.3" in page and len(session_ids(boss)) == 3


def test_one_session_is_ended_with_a_reason(web: Web, boss: FlaskClient) -> None:
    here = web.signed_in(Role.OPERATOR, username="zhao")
    web.clock.advance(minutes=1)
    there = web.client()
    sign_in(there, "zhao", PASSWORD)
    newest = max(session_ids(boss))
    assert send(boss, f"/admin/sessions/{newest}/end", reason="  借用电脑\x1b ").location == "/admin/sessions"
    assert (is_in(here), is_in(there)) == (True, False)
    with web.hotline.storage.reading() as tx:
        entry = AuditLog(tx).latest(1)[0]
        pushed = [e.payload for e in Outbox(tx).after(0, 100) if e.topic == "session"]
    assert (entry["who"], entry["action"], entry["object"]) == ("boss", "session.end", "user:zhao")
    assert entry["detail"] == f"session {newest}: 借用电脑"
    assert {"session_id": newest, "user_id": user(web, "zhao").id, "why": "by_administrator"} in pushed


def test_all_sessions_of_somebody_are_ended_with_a_reason(web: Web, boss: FlaskClient) -> None:
    here = web.signed_in(Role.OPERATOR, username="zhao")
    there = web.client()
    sign_in(there, "zhao", PASSWORD)
    send(boss, "/admin/people/zhao/sessions/end", reason="离职")
    assert not is_in(here) and not is_in(there) and is_in(boss)


@pytest.mark.parametrize("reason", ["", "   ", "\x00\x1b", "x" * 201])
def test_without_a_reason_no_session_is_ended(web: Web, boss: FlaskClient, reason: str) -> None:
    zhao = web.signed_in(Role.OPERATOR, username="zhao")
    for path in (f"/admin/sessions/{session_ids(boss)[-1]}/end", "/admin/people/zhao/sessions/end"):
        assert "请填写原因" in boss.get(send(boss, path, reason=reason).location).text
    assert is_in(zhao)


def test_a_session_that_has_ended_is_ended_no_more(web: Web, boss: FlaskClient) -> None:
    answer = send(boss, "/admin/sessions/999/end", reason="why")
    assert answer.location == "/admin/sessions" and "此前已结束" in boss.get(answer.location).text


# Tokens


def test_a_token_is_shown_once_and_opens_what_its_roles_say(web: Web, boss: FlaskClient) -> None:
    token = secret_of(send(boss, "/admin/tokens", "supervisor", name="erp"))
    assert token not in boss.get("/admin/tokens").text
    found = verify_token(web.hotline.storage, token, web.now)
    assert found is not None and found.roles == (Role.SUPERVISOR,)
    assert send(boss, "/admin/tokens/erp/revoke").location == "/admin/tokens"
    assert verify_token(web.hotline.storage, token, web.now) is None
    assert "此前已吊销" in boss.get(send(boss, "/admin/tokens/erp/revoke").location).text


@pytest.mark.parametrize(
    ("name", "roles"),
    [("", ["examiner"]), ("two words", ["examiner"]), ("erp", []), ("<b>", ["examiner"]), ("erp", ["king"])],
)
def test_an_unfit_token_is_refused(web: Web, boss: FlaskClient, name: str, roles: list[str]) -> None:
    answer = send(boss, "/admin/tokens", *roles, name=name)
    assert answer.status_code == 422
    at_name = re.search(r'is-invalid" id="name"', answer.text)
    assert (at_name is None) == (name == "erp"), "only what is wrong is told of as wrong"
    assert ('class="text-bad" role="alert"' in answer.text) == (name == "erp")
    with web.hotline.storage.reading() as tx:
        assert TokenStore(tx).names() == []


# The audit log


def rows(page: str) -> list[str]:
    return re.findall(r'<td title="([a-z_.]+)">', page)


def test_f8_the_log_is_filtered_and_read_page_by_page(web: Web) -> None:
    li = web.signed_in(Role.SUPERVISOR, username="li")
    with web.hotline.storage.writing() as tx:
        for number in range(120):
            AuditLog(tx).add(web.now, "zhao", "call.view", f"call:{number}")
    seen: list[str] = []
    address = "/admin/audit?who=zhao&action=call.view"
    while address:
        page = li.get(address).text
        seen += re.findall(r'title="(call:\d+)"', page)
        older = re.search(r'href="([^"]+)"[^>]*rel="next"|rel="next" href="([^"]+)"', page)
        address = (older[1] or older[2]).replace("&amp;", "&") if older else ""
    assert seen == [f"call:{number}" for number in reversed(range(120))]


def test_f8_who_reads_the_log_stands_in_it(web: Web) -> None:
    li = web.signed_in(Role.SUPERVISOR, username="li")
    li.get("/admin/audit?who=zhao")
    assert web.audit()[-1] == ("li", "audit.view", "audit")


def test_the_log_names_things_in_words_and_leads_to_them(web: Web, boss: FlaskClient) -> None:
    web.keep(answered_call())
    boss.get("/calls/1")
    page = boss.get("/admin/audit").text
    assert "查看通话" in page and 'href="/calls/1"' in page and 'href="/admin/people/boss"' in page
    li = web.signed_in(Role.SUPERVISOR, username="li")
    assert 'href="/admin/people' not in li.get("/admin/audit").text


@pytest.mark.parametrize(
    "query",
    [
        "since=yesterday",
        "since=2026-11-16&until=2026-11-01",
        "before=x",
        "before=" + "9" * 30,
        "action=%25&object=%00",
        "who=" + "x" * 5000,
        "object=%F0%9F%98%80",
    ],
)
def test_a_wrong_filter_is_told_and_breaks_nothing(web: Web, boss: FlaskClient, query: str) -> None:
    assert boss.get(f"/admin/audit?{query}").status_code == 200
