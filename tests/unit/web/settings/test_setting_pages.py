"""Settings are changed in the browser: one form a group, entries of tables field by field, by two people at once, with
versions, and by whom (F8)."""

from __future__ import annotations

import io
import re
from datetime import timedelta
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from werkzeug.datastructures import MultiDict
from werkzeug.test import TestResponse

from hotline.domain.people import Role
from hotline.domain.time import SHANGHAI
from hotline.services.settings.notices import notice
from hotline.settings.layers import Layers, merge
from hotline.storage.audit import AuditLog
from hotline.web.settings.groups import GROUPS, group_of
from tests.support.web import Web, a_web, csrf_of

WRAP_UP = "console.wrap_up_seconds"
GRACE = "console.grace_seconds"


@pytest.fixture
def web(tmp_path: Path) -> Web:
    return a_web(tmp_path)


def english(client: FlaskClient) -> FlaskClient:
    client.set_cookie("language", "en")
    return client


@pytest.fixture
def client(web: Web) -> FlaskClient:
    return english(web.signed_in(Role.ADMINISTRATOR))


@pytest.fixture
def other(web: Web) -> FlaskClient:
    return english(web.signed_in(Role.ADMINISTRATOR, username="second"))


@pytest.fixture
def supervisor(web: Web) -> FlaskClient:
    return english(web.signed_in(Role.SUPERVISOR))


def fields(page: TestResponse) -> MultiDict[str, str]:
    """What a browser sends of a page's main form as it stands."""
    form = page.text.split("novalidate>")[1].split("</form>")[0]
    found: MultiDict[str, str] = MultiDict()
    for tag in re.findall(r"<input[^>]*>", form):
        name = re.search(r'name="([^"]+)"', tag)
        value = re.search(r'value="([^"]*)"', tag)
        if name and ("checkbox" not in tag or " checked" in tag):
            found.add(name[1], _plain(value[1]) if value else "")
    for name, text in re.findall(r'<textarea[^>]*name="([^"]+)"[^>]*>(.*?)</textarea>', form, re.DOTALL):
        found.add(name, _plain(text))
    for name, inner in re.findall(r'<select[^>]*name="([^"]+)"[^>]*>(.*?)</select>', form, re.DOTALL):
        chosen = re.search(r'value="([^"]*)" selected', inner) or re.search(r'value="([^"]*)"', inner)
        found.add(name, _plain(chosen[1]) if chosen else "")
    return found


def _plain(text: str) -> str:
    for code, sign in (("&#34;", '"'), ("&#39;", "'"), ("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&")):
        text = text.replace(code, sign)
    return text


def send(client: FlaskClient, path: str, **typed: str) -> TestResponse:
    """The page as it stands, with these typed: "__" for a full stop."""
    return send_from(client, client.get(path), path, **typed)


def send_from(client: FlaskClient, page: TestResponse, to: str, **typed: str) -> TestResponse:
    """As `send`, of a page as it stood."""
    sent = fields(page)
    for name, text in {"reason": "按公司要求", "act": "save", **typed}.items():
        sent.poplist(name.replace("__", "."))
        sent.add(name.replace("__", "."), text)
    return client.post(to, data=sent, follow_redirects=True)


def post(client: FlaskClient, path: str, **typed: str) -> TestResponse:
    token = csrf_of(client.get("/admin/settings"))
    return client.post(path, data={"csrf_token": token, **typed}, follow_redirects=True)


def test_each_group_is_linked_and_shows_its_keys_with_default_and_source(client: FlaskClient) -> None:
    index = client.get("/admin/settings").text
    for group in GROUPS:
        assert f'href="/admin/settings/{group.name}"' in index
        page = client.get(f"/admin/settings/{group.name}").text
        for key in group.keys:
            assert f'id="at-{key}"' in page, key
    assert "Default: 60" in client.get("/admin/settings/console").text
    assert "needed before the database is asked" in client.get("/admin/settings/machine").text


def test_a_page_as_it_stands_changes_nothing(web: Web, client: FlaskClient) -> None:
    """What a browser sends of each page is read as what is in force."""
    for group in GROUPS:
        answer = send(client, f"/admin/settings/{group.name}")
        if "novalidate" in client.get(f"/admin/settings/{group.name}").text and group.name != "menus":
            assert answer.status_code == 422, group.name
        assert "Something else than what is in force was expected." in answer.text, group.name


def test_several_settings_are_decided_at_once_with_reason(web: Web, client: FlaskClient) -> None:
    answer = send(client, "/admin/settings/console", console__wrap_up_seconds="45", console__grace_seconds="40")
    assert "This is decided." in answer.text
    assert (web.hotline.settings.console.wrap_up_seconds, web.hotline.settings.console.grace_seconds) == (45, 40)
    assert 'value="45"' in client.get("/admin/settings/console").text


def test_without_a_reason_nothing_is_decided(web: Web, client: FlaskClient) -> None:
    answer = send(client, "/admin/settings/console", console__wrap_up_seconds="45", reason="")
    assert answer.status_code == 422
    assert "Please give a reason." in answer.text and 'value="45"' in answer.text
    assert web.hotline.settings.console.wrap_up_seconds == 60


def test_what_would_change_is_shown_before(web: Web, client: FlaskClient) -> None:
    answer = send(client, "/admin/settings/console", console__wrap_up_seconds="45", act="preview")
    assert "<del>60</del>" in answer.text and "<ins>45</ins>" in answer.text
    assert web.hotline.settings.console.wrap_up_seconds == 60


def test_a_change_is_planned_shown_and_taken_back(web: Web, client: FlaskClient) -> None:
    ahead = f"{(web.now + timedelta(days=3)).astimezone(SHANGHAI):%Y-%m-%dT%H:%M}"
    send(client, "/admin/settings/console", console__wrap_up_seconds="45", from_at=ahead)
    page = client.get("/admin/settings").text
    found = re.search(r"/admin/settings/planned/(\d+)/take-back", page)
    assert found is not None
    assert "The planned change is taken back." in post(client, found[0]).text
    web.clock.advance(days=4)
    assert web.hotline.settings.console.wrap_up_seconds == 60


def test_rows_are_added_changed_and_taken_away(web: Web, client: FlaskClient) -> None:
    typed = {"console__pause_reasons/0/name": "lunch", "console__pause_reasons/1/name": "", "act": "save"}
    answer = send(client, "/admin/settings/console", **{**typed, "console__pause_reasons/1/value": ""})
    assert "This is decided." in answer.text
    assert list(web.hotline.settings.console.pause_reasons) == ["lunch", "training", "writing", "meeting"]


def test_two_administrators_at_once_lose_nothing(web: Web, client: FlaskClient, other: FlaskClient) -> None:
    """Each changes another setting of one page: both hold. Both the same: the second is told, and may insist."""
    page = other.get("/admin/settings/console")
    send(client, "/admin/settings/console", console__wrap_up_seconds="45")
    answer = send_from(other, page, "/admin/settings/console", console__grace_seconds="50")
    assert "This is decided." in answer.text
    assert (web.hotline.settings.console.wrap_up_seconds, web.hotline.settings.console.grace_seconds) == (45, 50)
    told = send_from(other, page, "/admin/settings/console", console__wrap_up_seconds="90")
    assert told.status_code == 409
    assert "Somebody else has changed this meanwhile, to: 45." in told.text and 'value="90"' in told.text
    assert web.hotline.settings.console.wrap_up_seconds == 45
    assert "This is decided." in send_from(other, told, "/admin/settings/console").text
    assert web.hotline.settings.console.wrap_up_seconds == 90


def test_an_entry_is_added_changed_copied_and_taken_away(web: Web, client: FlaskClient) -> None:
    add = "/admin/settings/table/queues/add"
    answer = send(client, add, name="sales", queues__new__name="销售", queues__new__ring_seconds="15")
    assert "This is decided." in answer.text
    assert (web.hotline.settings.queues["sales"].name, web.hotline.settings.queues["sales"].ring_seconds) == (
        "销售",
        15,
    )
    send(client, "/admin/settings/table/queues/entry/sales", queues__sales__wait_seconds="200")
    sales = web.hotline.settings.queues["sales"]
    assert (sales.wait_seconds, sales.ring_seconds) == (200, 15)
    send_from(client, client.get(f"{add}?like=sales"), add, name="dealers")
    assert web.hotline.settings.queues["dealers"] == sales
    removed = post(client, "/admin/settings/table/queues/entry/dealers/remove", reason="不再需要")
    assert "This is decided." in removed.text
    assert "dealers" not in web.hotline.settings.queues


def test_an_entry_to_which_something_leads_stays_and_both_are_named(web: Web, client: FlaskClient) -> None:
    page = "/admin/settings/table/queues/entry/service"
    assert "menus.main.operator_queue" in client.get(page).text
    answer = post(client, f"{page}/remove", reason="不再需要")
    assert answer.status_code == 422
    assert "queues.service stays, because these lead to it: menus.main.operator_queue" in answer.text
    assert "service" in web.hotline.settings.queues


@pytest.mark.parametrize(
    ("name", "words"),
    [("service", "is there already"), ("", "An id was expected"), ("a.b", "An id was expected"), ("Ä b", "pattern")],
)
def test_a_name_that_is_none_is_refused_at_its_field(web: Web, client: FlaskClient, name: str, words: str) -> None:
    answer = send(client, "/admin/settings/table/queues/add", name=name, queues__new__name="甲")
    assert answer.status_code in (409, 422)
    said = re.search(r'id="name-problem">([^<]+)<', answer.text)
    assert said is not None and (words in said[1] or words == "pattern"), answer.text[-3000:]
    assert list(web.hotline.settings.queues) == ["service"]


def test_two_administrators_change_one_entry(web: Web, client: FlaskClient, other: FlaskClient) -> None:
    path = "/admin/settings/table/queues/entry/service"
    page = other.get(path)
    send(client, path, queues__service__ring_seconds="12")
    send_from(other, page, path, queues__service__max_waiting="7")
    service = web.hotline.settings.queues["service"]
    assert (service.ring_seconds, service.max_waiting) == (12, 7)
    told = send_from(other, page, path, queues__service__ring_seconds="13")
    assert told.status_code == 409 and "to: 12" in told.text


def test_a_menu_key_leads_nowhere_is_refused_at_the_keys(web: Web, client: FlaskClient) -> None:
    answer = send(client, "/admin/settings/table/menus/entry/main", **{"menus__main__keys/0/to": "queue:nowhere"})
    assert answer.status_code == 422
    said = re.search(r'id="setting-menus.main.keys-problem">([^<]+)<', answer.text)
    assert said is not None and said[1].startswith("Row 1: ")


@pytest.mark.parametrize(
    "key", ["mail.password", "sms.secret", "notices.urls", "trunk.password", "sign_in.oidc.secret"]
)
def test_secrets_are_written_and_never_shown(web: Web, client: FlaskClient, key: str) -> None:
    secret, page = "wecombot://hidden-4711-secret", f"/admin/settings/{group_of(key).name}"
    answer = send(client, page, **{key: secret})
    assert "This is decided." in answer.text
    with web.hotline.storage.reading() as tx:
        told = " ".join(str(entry) for entry in AuditLog(tx).latest(50))
    version = re.search(r"/admin/settings/versions/\d+", client.get("/admin/settings/versions").text)
    assert version is not None
    export = client.post("/admin/settings/export", data={"csrf_token": csrf_of(client.get("/rules/A8")), "all": "yes"})
    seen = [client.get(path).text for path in (page, "/admin/settings/versions", version[0])]
    search = client.get("/admin/settings?q=4711").text
    assert all("4711" not in text for text in [*seen, told, export.text, search.replace('value="4711"', "")])
    whole = {"csrf_token": csrf_of(client.get("/rules/A8")), "secrets": "yes"}
    assert "4711" in client.post("/admin/settings/export", data=whole).text
    send(client, page, **{f"empty:{key}": "yes"})
    assert "4711" not in client.post("/admin/settings/export", data=whole).text


def test_settings_are_found_by_name_key_and_value(client: FlaskClient) -> None:
    for asked, key in (("wrap-up", WRAP_UP), ("console.grace", GRACE), ("赵敏", "operators"), ("4001234567", "")):
        page = client.get("/admin/settings", query_string={"q": asked}).text
        assert key in page.partition('id="found"')[2].partition("</table>")[0], asked
    assert "No setting has all of these words." in client.get("/admin/settings?q=xyzzy").text


def test_back_to_a_version_is_a_decision_with_its_difference(web: Web, client: FlaskClient) -> None:
    send(client, "/admin/settings/console", console__wrap_up_seconds="45")
    web.clock.advance(seconds=1)
    first = re.findall(r"/admin/settings/versions/(\d+)", client.get("/admin/settings/versions").text)[0]
    send(client, "/admin/settings/console", console__wrap_up_seconds="90", console__grace_seconds="70")
    page = client.get(f"/admin/settings/versions/{first}").text
    assert "<del>60</del>" in page and "<ins>45</ins>" in page
    assert "<del>90</del>" in page and "<del>70</del>" in page
    web.clock.advance(seconds=1)
    without = post(client, f"/admin/settings/versions/{first}/back", reason="")
    assert without.status_code == 422
    assert "This is decided." in post(client, f"/admin/settings/versions/{first}/back", reason="改错了").text
    assert (web.hotline.settings.console.wrap_up_seconds, web.hotline.settings.console.grace_seconds) == (45, 30)
    assert "改错了" in client.get("/admin/settings/versions").text
    post(client, "/admin/settings/versions/before/back", reason="全部恢复")
    assert web.hotline.settings.console.wrap_up_seconds == 60


def test_back_to_before_an_entry_was_made(web: Web, client: FlaskClient) -> None:
    send(client, "/admin/settings/table/queues/add", name="sales", queues__new__name="销售")
    web.clock.advance(seconds=1)
    send(client, "/admin/settings/table/queues/entry/sales", queues__sales__ring_seconds="11")
    web.clock.advance(seconds=1)
    post(client, "/admin/settings/versions/before/back", reason="全部恢复")
    assert list(web.hotline.settings.queues) == ["service"]


def test_supervisors_change_what_is_of_the_day_and_nothing_else(web: Web, supervisor: FlaskClient) -> None:
    index = supervisor.get("/admin/settings").text
    assert 'href="/admin/settings/duty"' in index and 'href="/admin/settings/trunk"' not in index
    page = supervisor.get("/admin/settings/console").text
    assert "console.pause_reasons" in page and WRAP_UP not in page
    assert "This is decided." in send(supervisor, "/admin/settings/duty", duty__ring_seconds="25").text
    assert web.hotline.settings.duty.ring_seconds == 25
    hidden = {f"seen:{WRAP_UP}": "x", WRAP_UP: "9"}
    refused = send(supervisor, "/admin/settings/console", **hidden)
    assert refused.status_code == 422
    assert web.hotline.settings.console.wrap_up_seconds == 60
    for path in ("trunk", "versions", "transfer", "table/queues/add", "table/queues/entry/service"):
        assert supervisor.get(f"/admin/settings/{path}").status_code in (403, 404), path
    assert (
        "This is decided."
        in send(supervisor, "/admin/settings/table/categories/add", name="new", categories__new__name="新品").text
    )
    assert web.hotline.settings.categories["new"].name == "新品"


@pytest.mark.parametrize("role", [Role.OPERATOR, Role.EXAMINER, Role.LEADER])
def test_nobody_else_sees_settings(web: Web, role: Role) -> None:
    person = web.signed_in(role)
    assert person.get("/admin/settings").status_code == 403
    assert person.get("/admin/settings/duty").status_code == 403


def test_what_could_lock_out_goes_back_unless_it_is_confirmed(web: Web, client: FlaskClient) -> None:
    answer = send(client, "/admin/settings/machine", web__idle_minutes="5")
    assert "goes back by itself unless you confirm it" in answer.text
    assert 'data-goes-back="120"' in answer.text
    assert web.hotline.settings.web.idle_minutes == 5
    web.clock.advance(seconds=121)
    assert web.hotline.settings.web.idle_minutes == 120
    assert "It has gone back already" in post(client, "/admin/settings/confirm").text
    send(client, "/admin/settings/machine", web__idle_minutes="6")
    assert "still waits to be confirmed" in send(client, "/admin/settings/machine", web__idle_minutes="7").text
    assert "It stays so." in post(client, "/admin/settings/confirm").text
    web.clock.advance(seconds=300)
    assert web.hotline.settings.web.idle_minutes == 6


def test_only_its_maker_confirms(web: Web, client: FlaskClient, other: FlaskClient) -> None:
    send(client, "/admin/settings/machine", web__idle_minutes="5")
    assert "data-goes-back" not in other.get("/admin/settings").text
    assert "nothing waited" in post(other, "/admin/settings/confirm").text


def test_numbers_are_changed_by_two_people(web: Web, client: FlaskClient, other: FlaskClient) -> None:
    send(client, "/admin/settings/machine", settings__two_people="true")
    path = "/admin/settings/table/lines/entry/spare"
    answer = send(client, path, lines__spare__number="4001112222")
    assert "waits until another administrator has agreed" in answer.text
    assert web.hotline.settings.lines["spare"].number == "4007654321"
    found = re.search(r"/admin/settings/asked/(\d+)/", client.get("/admin/settings").text)
    assert found is not None
    assert "agree" not in re.findall(rf"{found[0]}(\w+)", client.get("/admin/settings").text)
    assert "Somebody else has to agree" in post(client, f"{found[0]}agree").text
    assert "4001112222" in other.get("/admin/settings").text
    assert "This is decided." in post(other, f"{found[0]}agree").text
    assert web.hotline.settings.lines["spare"].number == "4001112222"
    assert "Nothing waits here any more." in post(other, f"{found[0]}agree").text
    # What is no number is changed by one alone; a duty mobile is not.
    assert "This is decided." in send(client, path, lines__spare__company="分公司").text
    mobile = {"duty__always/0/person": "张三", "duty__always/0/number": "13800000000"}
    assert "waits until another" in send(client, "/admin/settings/duty", **mobile).text
    asked = re.search(r"/admin/settings/asked/(\d+)/", client.get("/admin/settings").text)
    assert asked is not None
    assert "It is not changed." in post(client, f"{asked[0]}refuse").text
    assert web.hotline.settings.duty.always == ()


def test_what_two_agreed_to_goes_back_too_unless_who_agreed_confirms_it(
    web: Web, client: FlaskClient, other: FlaskClient
) -> None:
    send(client, "/admin/settings/machine", settings__two_people="true")
    both = {"settings__two_people": "false", "web__idle_minutes": "5"}
    assert "waits until another" in send(client, "/admin/settings/machine", **both).text
    found = re.search(r"/admin/settings/asked/(\d+)/", client.get("/admin/settings").text)
    assert found is not None
    assert "data-goes-back" in post(other, f"{found[0]}agree").text
    assert web.hotline.settings.web.idle_minutes == 5
    web.clock.advance(seconds=121)
    assert web.hotline.settings.web.idle_minutes == 120 and not web.hotline.settings.settings.two_people


def test_what_two_must_agree_to_is_taken_from_the_file_by_two(tmp_path: Path) -> None:
    web = a_web(tmp_path)
    client, other = (english(web.signed_in(Role.ADMINISTRATOR, username=name)) for name in ("first", "second"))
    in_force = web.hotline.in_force
    notice(in_force.storage, in_force.layers, web.now)
    send(client, "/admin/settings/trunk", trunk__host="192.0.2.9")
    send(client, "/admin/settings/machine", settings__two_people="true")
    web.clock.advance(seconds=60)
    changed = merge(dict(in_force.layers.below), {"trunk": {"host": "192.0.2.66"}})
    in_force.layers = Layers(changed, in_force.layers.variables, in_force.layers.sources)
    notice(in_force.storage, in_force.layers, web.now)
    web.clock.advance(seconds=60)
    taken = post(client, "/admin/settings/in-file", key="trunk.host", holds="file", reason="核对").text
    assert "waits until another administrator has agreed" in taken
    assert web.hotline.settings.trunk.host == "192.0.2.9"
    found = re.search(r"/admin/settings/asked/(\d+)/", other.get("/admin/settings").text)
    assert found is not None and "This is decided." in post(other, f"{found[0]}agree").text
    assert web.hotline.settings.trunk.host == "192.0.2.66"


def test_cookies_by_https_alone_are_so_at_once(web: Web, client: FlaskClient) -> None:
    """Whoever has no HTTPS is out, and is in again when it goes back by itself."""
    send(client, "/admin/settings/machine", web__secure_cookie="true")
    answer = web.client().get("/sign-in")
    cookies = answer.headers.getlist("Set-Cookie")
    assert cookies and all(each.startswith("__Host-") and "Secure" in each for each in cookies)
    assert "Strict-Transport-Security" in answer.headers
    assert client.get("/admin/settings").status_code == 302
    web.clock.advance(seconds=121)
    assert client.get("/admin/settings").status_code == 200
    assert "Strict-Transport-Security" not in client.get("/admin/settings").headers


def test_one_administrator_alone_cannot_ask(web: Web, client: FlaskClient) -> None:
    send(client, "/admin/settings/machine", settings__two_people="true")
    answer = send(client, "/admin/settings/table/lines/entry/spare", lines__spare__number="4001112222")
    assert answer.status_code == 422
    assert "no other administrator" in answer.text


def test_a_set_up_goes_out_and_comes_in(web: Web, client: FlaskClient) -> None:
    send(client, "/admin/settings/console", console__wrap_up_seconds="45")
    token = csrf_of(client.get("/rules/A8"))
    text = client.post("/admin/settings/export", data={"csrf_token": token}).text
    assert "wrap_up_seconds = 45" in text and "grace_seconds" not in text
    changed = text.replace("wrap_up_seconds = 45", "wrap_up_seconds = 50").replace("赵敏", "赵小敏")
    page = upload(client, changed)
    assert page.status_code == 200 and "<ins>50</ins>" in page.text and "赵小敏" in page.text
    assert web.hotline.settings.console.wrap_up_seconds == 45
    answer = post(client, "/admin/settings/import", text=changed, name="a.toml", reason="新机器")
    assert "This is decided." in answer.text
    assert web.hotline.settings.console.wrap_up_seconds == 50
    assert web.hotline.settings.operators["1001"].name == "赵小敏"
    again = upload(client, client.post("/admin/settings/export", data={"csrf_token": token, "all": "yes"}).text)
    assert "Nothing would change." in again.text


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[console]\nwrap_up_seconds = -1\n[floor]\nquick_seconds = 0\n", ("console.wrap_up_seconds", "floor.quick")),
        ("[console]\nnonsense = 1\n", ("console.nonsense",)),
        ("[queues.service]\nname = 5\n", ("queues.service.name",)),
        ("console = 5\n", ("console",)),
        ("not toml", ("A TOML file was expected",)),
    ],
)
def test_a_wrong_file_is_refused_whole(web: Web, client: FlaskClient, text: str, words: tuple[str, ...]) -> None:
    answer = upload(client, text)
    assert answer.status_code == 422
    assert all(word in answer.text for word in words)
    assert "Nothing is taken in." in answer.text
    assert post(client, "/admin/settings/import", text=text, name="a.toml", reason="x").status_code == 422
    assert web.hotline.settings.console.wrap_up_seconds == 60


def test_what_stands_in_the_file_alone_is_told_and_not_taken_in(web: Web, client: FlaskClient) -> None:
    page = upload(client, "[listen]\nhttp_port = 9999\n[console]\nwrap_up_seconds = 44\n")
    assert page.status_code == 200 and "listen.http_port" in page.text and "<ins>44</ins>" in page.text


@pytest.mark.parametrize("data", [b"", b"\xff\xfe\x00", b"a" * 150_001])
def test_what_is_no_file_is_refused(client: FlaskClient, data: bytes) -> None:
    token = csrf_of(client.get("/rules/A8"))
    sent = {"csrf_token": token, "file": (io.BytesIO(data), "a.toml")}
    assert client.post("/admin/settings/import/difference", data=sent).status_code == 422


def upload(client: FlaskClient, text: str) -> TestResponse:
    token = csrf_of(client.get("/rules/A8"))
    sent = {"csrf_token": token, "file": (io.BytesIO(text.encode()), "a.toml")}
    return client.post("/admin/settings/import/difference", data=sent)


@pytest.mark.parametrize(
    "path",
    [
        "/admin/settings/nothing",
        "/admin/settings/table/nothing/add",
        "/admin/settings/table/console/add",
        "/admin/settings/table/queues/entry/nothing",
        "/admin/settings/versions/99999",
        "/admin/settings/table/queues/entry/%3Cscript%3E",
    ],
)
def test_what_is_not_there_is_not_found(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code == 404


@pytest.mark.parametrize(("holds", "seconds"), [("page", 45), ("file", 90)])
def test_what_was_changed_in_the_file_is_shown_with_both_values_and_settled(
    tmp_path: Path, holds: str, seconds: int
) -> None:
    """The file says something else than was decided: the page's is kept, or the file's is taken."""
    web = a_web(tmp_path)
    client = english(web.signed_in(Role.ADMINISTRATOR))
    in_force = web.hotline.in_force
    notice(in_force.storage, in_force.layers, web.now)
    send(client, "/admin/settings/console", console__wrap_up_seconds="45")
    web.clock.advance(seconds=60)
    changed = merge(dict(in_force.layers.below), {"console": {"wrap_up_seconds": 90}})
    in_force.layers = Layers(changed, in_force.layers.variables, in_force.layers.sources)
    notice(in_force.storage, in_force.layers, web.now)
    page = client.get("/admin/settings").text.partition('id="in-files"')[2].partition("</table>")[0]
    assert WRAP_UP in page and "45" in page and "90" in page
    web.clock.advance(seconds=60)
    none = post(client, "/admin/settings/in-file", key=WRAP_UP, holds=holds, reason=" ")
    assert "Please give a reason." in none.text and web.hotline.settings.console.wrap_up_seconds == 45
    assert "This is decided." in post(client, "/admin/settings/in-file", key=WRAP_UP, holds=holds, reason="核对").text
    assert web.hotline.settings.console.wrap_up_seconds == seconds
    assert 'id="in-files"' not in client.get("/admin/settings").text
    again = post(client, "/admin/settings/in-file", key=WRAP_UP, holds=holds, reason="核对").text
    assert "The file says nothing else" in again
