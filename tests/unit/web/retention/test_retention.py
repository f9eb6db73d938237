"""The pages of retention (E2) and of persons' requests (G3): what goes next, holds, the register, and the answers."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient

from hotline.domain.calls.call import Caller
from hotline.domain.customers.customer import Customer, read_number
from hotline.domain.forms.form import CallForm, Origin
from hotline.domain.numbers import Number
from hotline.domain.people import Actor, Role
from hotline.domain.retention.deletion import DeletionFilter
from hotline.services.customers import customers
from hotline.services.retention import expiry
from hotline.storage.calls.store import CallStore
from hotline.storage.forms.store import FormStore
from hotline.storage.retention.deletions import DeletionStore
from tests.support.recording_site import RecordingSite
from tests.support.rows import a_call
from tests.support.web import NOW, Web, a_web, post

BEGAN = NOW - timedelta(days=1300)
HOSTILE = "=1+1 <script>alert(1)</script> 😀\u202eabc"
LI = Actor("li", (Role.SUPERVISOR,), "Li")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Web:
    """Four calls from Wang's number whose time is over, one that is younger; one of them went already."""
    folder = tmp_path_factory.mktemp("retention")
    web = a_web(folder)
    recordings = RecordingSite(folder, form="wav", storage=web.hotline.storage, files=web.hotline.files)
    recordings.store = web.hotline.home.recordings
    for number, began in enumerate((BEGAN, BEGAN, BEGAN, BEGAN, NOW - timedelta(days=9))):
        recordings.now = max(recordings.now, began + timedelta(minutes=5))
        recordings.take_in(f"a.{number}", started_at=began)
        recordings.finaliser.one()
    wang = Customer(name="王芳", company=HOSTILE, numbers=(read_number("13800138000"),))
    customers.create(web.hotline.storage, wang, LI, BEGAN)
    expiry.expire(
        web.hotline.storage,
        web.hotline.files,
        web.hotline.settings.retention.terms,
        [recordings.row("a.0").id or 0],
        "li",
        NOW,
    )
    return web


@pytest.fixture(scope="module")
def li(site: Web) -> FlaskClient:
    return site.signed_in(Role.SUPERVISOR, username="li")


def test_e2_what_goes_next_is_shown_with_reasons_count_and_size(site: Web, li: FlaskClient) -> None:
    page = li.get("/keeping/retention").text
    assert page.count("已满 3 年") == 3 and re.search(r"3 段录音，共 [0-9.]+ [kM]B", page)
    assert "hotline recordings" not in page and 'name="reason"' in page
    assert site.audit()[-1] == ("li", "recordings.due", "recordings")
    assert li.get("/keeping/retention?page=2").status_code == 200


def test_e2_a_hold_is_set_on_the_calls_page_listed_and_lifted(site: Web, li: FlaskClient) -> None:
    call = site.call_id("a.1")
    assert "可以删除" in li.get(f"/calls/{call}").text
    shown = post(li, f"/calls/{call}/hold", f"/calls/{call}", reason=HOSTILE, until="2031-01-31")
    assert shown.status_code == 302
    page = li.get(f"/calls/{call}").text
    assert "&lt;script&gt;" in page and "<script>alert" not in page and "2031-01-31" in page
    assert li.get("/keeping/retention").text.count("已满 3 年") == 2
    listed = li.get("/keeping/holds").text
    assert "2031-01-31" in listed and "<script>alert" not in listed
    found = re.search(r"/keeping/holds/(\d+)/lift", listed)
    assert found is not None
    post(li, found[0], "/keeping/holds")
    post(li, found[0], "/password")
    assert "已经解除" in li.get("/keeping/holds").text
    assert "已解除" in li.get("/keeping/holds?state=all").text
    assert [action for who, action, _object in site.audit() if action.startswith("hold.")] == ["hold.set", "hold.lift"]


@pytest.mark.parametrize(
    ("reason", "until", "said"),
    [(" ", "", "请填写理由"), ("x" * 1001, "", "请填写理由"), ("x", "2020-01-01", "将来"), ("x", "soon", "将来")],
)
def test_a_hold_that_makes_no_sense_is_refused_in_words(
    site: Web, li: FlaskClient, reason: str, until: str, said: str
) -> None:
    call = site.call_id("a.2")
    post(li, f"/calls/{call}/hold", f"/calls/{call}", reason=reason, until=until)
    assert said in li.get(f"/calls/{call}").text


def test_a_call_whose_recording_went_says_who_deleted_it(site: Web, li: FlaskClient) -> None:
    call = site.call_id("a.0")
    page = li.get(f"/calls/{call}").text
    assert "E2：保存期于 2026-04-27 届满" in page and "hold-reason" not in page
    assert "已删除" in page, "the recording itself says so too"
    post(li, f"/calls/{call}/hold", f"/calls/{site.call_id('a.2')}", reason="too late")
    assert "已经删除" in li.get(f"/calls/{call}").text


def test_who_does_not_supervise_sees_no_hold(site: Web) -> None:
    examiner = site.signed_in(Role.EXAMINER)
    assert "hold-reason" not in examiner.get(f"/calls/{site.call_id('a.2')}").text


def test_e2_the_register_is_searched_and_exported(site: Web, li: FlaskClient) -> None:
    with site.hotline.storage.reading() as tx:
        [row] = DeletionStore(tx).search(DeletionFilter(), 10)
    for asked in ("", f"?q={row.sha256[:12]}", "?q=li&since=2026-11-16&until=2026-11-16"):
        assert row.sha256 in li.get(f"/keeping/deletions{asked}").text
    for asked in ("?q=%25", "?since=2026-11-17", "?until=2026-11-15"):
        assert (
            "没有符合" in li.get(f"/keeping/deletions{asked}").text
            or row.sha256 not in li.get(f"/keeping/deletions{asked}").text
        )
    assert "is-invalid" in li.get("/keeping/deletions?since=x").text
    exported = li.get("/keeping/deletions/export")
    assert exported.mimetype == "text/csv" and "deleted-recordings-" in exported.headers["Content-Disposition"]
    assert row.sha256 in exported.text and exported.text.count("\r\n") == 2
    assert site.audit()[-1] == ("li", "deletions.export", "deletions")


def take(li: FlaskClient, kind: str, **more: str) -> str:
    fields = {"number": "138 0013 8000", "asked_by": HOSTILE, "text": HOSTILE, **more}
    answer = post(li, "/keeping/requests/new", kind=kind, **fields)
    assert answer.status_code == 302, answer.text
    return answer.location


def test_g3_a_request_shows_what_is_kept_and_until_when(site: Web, li: FlaskClient) -> None:
    address = take(li, "copy")
    page = li.get(address).text
    assert "<script>alert" not in page and "王芳" in page and "第四十五条" in page
    assert page.count("可删除") >= 3 and "须保存" in page and "2029-11-07" in page
    assert "2026-12-01" in page, "the last day of fifteen"
    assert address in li.get("/keeping/requests").text
    copy = li.get(f"{address}/copy")
    assert re.search(r"personal-data_13800138000_request\d+_20261116\.zip", copy.headers["Content-Disposition"])
    with zipfile.ZipFile(io.BytesIO(copy.data)) as archive:
        assert len([name for name in archive.namelist() if name.startswith("recordings/")]) == 4
    assert site.audit()[-1][:2] == ("li", "privacy.export")
    post(li, f"{address}/close", address, answer=" ", state="done")
    assert "请填写答复内容" in li.get(address).text
    post(li, f"{address}/close", address, answer="已交付", state="done")
    assert "已交付" in li.get(address).text and address not in li.get("/keeping/requests").text
    assert address in li.get("/keeping/requests?state=all").text
    post(li, f"{address}/close", "/password", answer="again", state="refused")
    assert "已经办结" in li.get(address).text


def test_a_correction_leads_to_the_customer_and_to_the_log_forms(site: Web, li: FlaskClient) -> None:
    number = Number("+8613600136000")
    customers.create(site.hotline.storage, Customer(name="丙", numbers=(read_number(number),)), LI, NOW)
    with site.hotline.storage.writing() as tx:
        CallStore(tx).save([a_call("corrected", NOW, caller=Caller(number, number))], NOW)
        form = CallForm("node1", "corrected", "main", number, NOW, Origin.OPERATOR, "1001", "赵敏", NOW, NOW, "1001")
        FormStore(tx).add([form])
    page = li.get(take(li, "correction", number=number)).text
    assert re.search(r'href="/customers/\d+/edit"', page) and "0 个工单" in page and "黑名单 0 项" in page
    [form_page] = re.findall(r'href="(/forms/\d+)"', page)
    assert li.get(form_page).status_code == 200
    assert not re.search(r'href="/forms/\d+"', li.get(take(li, "copy", number=number)).text)


@pytest.mark.parametrize("fields", [{"number": "abc"}, {"number": ""}, {"asked_by": " "}, {"kind": "all"}])
def test_a_request_that_makes_no_sense_stays_on_its_page(li: FlaskClient, fields: dict[str, str]) -> None:
    wanted = {"kind": "copy", "number": "13800138000", "asked_by": "王芳", **fields}
    answer = post(li, "/keeping/requests/new", **wanted)
    assert answer.status_code == 422


def test_a_number_of_several_people_asks_whose_request_it_is(site: Web, li: FlaskClient) -> None:
    for name in ("甲", "乙"):
        customers.create(site.hotline.storage, Customer(name=name, numbers=(read_number("13512345678"),)), LI, NOW)
    asked = {"kind": "deletion", "number": "13512345678", "asked_by": "乙"}
    page = post(li, "/keeping/requests/new", **asked)
    assert page.status_code == 422 and "几位客户" in page.text
    chosen = re.search(r'<option value="(\d+)">乙', page.text)
    assert chosen is not None
    assert "乙" in li.get(post(li, "/keeping/requests/new", **asked, whose=chosen[1]).location).text
    assert post(li, "/keeping/requests/new", **asked, whose="nobody").status_code == 302


def test_g3_deletion_needs_a_tick_and_says_what_stays(site: Web, li: FlaskClient) -> None:
    address = take(li, "deletion")
    post(li, f"{address}/erase", address)
    assert "请先勾选" in li.get(address).text and "王芳" in li.get(address).text
    post(li, f"{address}/erase", address, sure="yes")
    page = li.get(address).text
    assert "已删除录音 3 段；4 通通话及其记录已匿名" in page and "另有 1 通通话" in page
    assert "王芳" not in page
    assert li.get("/keeping/retention").text.count("已满 3 年") == 0
    assert li.get(f"/calls/{site.call_id('a.1')}").status_code == 200
    post(li, f"{address}/close", address, answer="其余依法保存", state="refused")
    post(li, f"{address}/erase", "/password", sure="yes")
    assert "已经办结" in li.get(address).text


def test_what_is_not_there_is_not_found(li: FlaskClient) -> None:
    for address in ("/keeping/requests/99", "/keeping/requests/99999999999", "/keeping/requests/99/copy"):
        assert li.get(address).status_code == 404
    for number in (99999999999, 2**70):
        assert post(li, f"/calls/{number}/hold", "/password", reason="x").status_code == 404


def test_the_api_holds_lifts_lists_and_takes_requests(site: Web) -> None:
    li, client = site.program(Role.SUPERVISOR), site.client()

    def send(path: str, **body: object) -> tuple[int, dict[str, Any]]:
        answer = client.post(f"/api/v1{path}", json=body, headers=li)
        return answer.status_code, answer.get_json()

    call_id = site.call_id("a.4")
    status, hold = send("/retention/holds", call_id=call_id, reason="诉讼", until="2031-01-31T00:00:00+08:00")
    assert (status, hold["call_id"], hold["reason"]) == (201, call_id, "诉讼")
    assert send("/retention/holds", call_id=call_id, reason="again")[0] == 409
    assert send("/retention/holds", call_id=call_id, reason="x", until="2001-01-01T00:00:00Z")[0] == 422
    assert client.get("/api/v1/retention/holds", headers=li).json["total"] == 1
    assert send(f"/retention/holds/{hold['id']}/lift")[1]["lifted_by"].startswith("token:")
    listed = client.get("/api/v1/retention/due", headers=li).json
    assert listed["count"] == len(listed["recordings"])
    register = client.get("/api/v1/retention/deletions?q=time_over", headers=li).json
    assert register["total"] >= 1 and register["deletions"][0]["found"] is True
    status, taken = send("/privacy-requests", kind="copy", number="13800138000", asked_by="王芳")
    assert status == 201
    detail = client.get(f"/api/v1/privacy-requests/{taken['id']}", headers=li).json
    assert detail["calls"][0]["call_id"] == call_id and detail["calls"][0]["why"] == "term"
    assert send(f"/privacy-requests/{taken['id']}/close", state="refused", answer="不是本人")[1]["state"] == "refused"
    assert send(f"/privacy-requests/{taken['id']}/close", state="done", answer="x")[0] == 409
    examiner = site.program(Role.EXAMINER)
    assert client.get("/api/v1/privacy-requests", headers=examiner).status_code == 403
