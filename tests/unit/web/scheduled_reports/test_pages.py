"""The pages of scheduled reports: listed, opened, taken along, sent again, chosen; and who may not."""

from __future__ import annotations

import io
from datetime import timedelta

import openpyxl
import pytest
from flask.testing import FlaskClient

from hotline.domain.people import Role
from hotline.domain.scheduled_reports.schedule import ReportKind
from hotline.domain.staff.records import Tenure
from hotline.services.scheduled_reports.making import make_by_hand, make_due
from hotline.storage.staff.spans import TenureStore
from tests.support.leaders import person_of, team
from tests.support.sample_calls import answered_call
from tests.support.web import Web, post


@pytest.fixture
def boss(web: Web) -> FlaskClient:
    return web.signed_in(Role.SUPERVISOR, username="boss")


def made(web: Web, kind: ReportKind = ReportKind.DAILY) -> list[int]:
    """Of the last day."""
    person_of(web.hotline.storage, "boss")
    web.keep(answered_call(start=web.now - timedelta(hours=1)))
    since = web.now - timedelta(days=1)
    found = make_by_hand(web.hotline.storage, web.hotline.settings, kind, since, web.now, "test", web.now)
    return [each.id or 0 for each in found]


def sits(web: Web, username: str, extension: str = "1001") -> None:
    person = person_of(web.hotline.storage, username)
    with web.hotline.storage.writing() as tx:
        TenureStore(tx).add(Tenure(person, extension))


def test_b4_listed_opened_and_taken_along(web: Web, boss: FlaskClient) -> None:
    (report_id,) = made(web)
    assert "每日台账" in boss.get("/reports/made").text
    page = boss.get(f"/reports/made/{report_id}").text
    assert "呼入量" in page and "138****8000" in page and "13800138000" not in page
    answer = boss.get(f"/reports/made/{report_id}.xlsx")
    book = openpyxl.load_workbook(io.BytesIO(answer.data))
    assert [each.title for each in book.worksheets] == ["指标", "未结事项", "通话"]
    actions = [action for _who, action, about in web.audit() if about == f"report:{report_id}"]
    assert actions == ["report.make", "report.view", "report.download"]
    assert "1 / 1" in boss.get("/reports/made").text


def test_b4_sent_again_by_a_click(web: Web, boss: FlaskClient) -> None:
    (report_id,) = made(web)
    answer = post(boss, f"/reports/made/{report_id}/send", f"/reports/made/{report_id}")
    assert answer.status_code == 302 and "已发送给 1 人" in boss.get(f"/reports/made/{report_id}").text


@pytest.mark.parametrize("role", [Role.OPERATOR, Role.LEADER, Role.EXAMINER, Role.DEPARTMENT])
def test_e4_who_is_no_recipient_sees_nothing_of_it(web: Web, role: Role) -> None:
    web.signed_in(Role.SUPERVISOR, username="boss")
    (report_id,) = made(web)
    other = web.signed_in(role, username="other")
    assert "每日台账</a>" not in other.get("/reports/made").text
    for address in (f"/reports/made/{report_id}", f"/reports/made/{report_id}.xlsx"):
        assert other.get(address).status_code == 403


def test_f5_an_auditor_reads_masked_and_sends_nothing(web: Web, boss: FlaskClient) -> None:
    (report_id,) = made(web)
    auditor = web.signed_in(Role.AUDITOR, username="audit")
    assert "138****8000" in auditor.get(f"/reports/made/{report_id}").text
    assert post(auditor, f"/reports/made/{report_id}/send", f"/reports/made/{report_id}").status_code == 403
    assert auditor.get("/reports/schedule").status_code == 200


@pytest.mark.parametrize(
    "address", ["/reports/made/0", "/reports/made/99999999999", "/reports/made/4.xlsx", "/reports/my-calls?report=77"]
)
def test_what_is_not_there_is_said_to_be_not_there(boss: FlaskClient, address: str) -> None:
    assert boss.get(address).status_code == 404


@pytest.mark.parametrize(
    "address",
    [
        "/reports/made?kind=%27%3B--&page=-1",
        "/reports/made?kind=daily&page=999999",
        "/reports/summaries?span=year&day=2026-13-45",
        "/reports/summaries?span=month&day=2028-02-29",
        "/reports/summaries?day=0001-01-01",
        "/reports/my-calls?report=%00",
    ],
)
def test_hostile_addresses_show_a_page(boss: FlaskClient, address: str) -> None:
    assert boss.get(address).status_code == 200


def test_f12_confirmed_on_ones_own_page_and_objected_to(web: Web) -> None:
    boss = web.signed_in(Role.SUPERVISOR, username="boss")
    zhao = web.signed_in(Role.OPERATOR, username="zhao")
    sits(web, "zhao")
    (report_id,) = made(web, ReportKind.CALL_DETAILS)
    assert "我的通话明细" in zhao.get("/reports/my-calls").text
    assert "请说明明细有何不符" in _answered(zhao, report_id, "objected", "")
    assert "有异议" in _answered(zhao, report_id, "objected", "少了一通")
    decided = post(boss, f"/reports/made/{report_id}/decide", f"/reports/made/{report_id}", decision="已补录")
    assert decided.status_code == 302 and "已补录" in zhao.get("/reports/my-calls").text


def test_f12_confirmed_by_a_click(web: Web) -> None:
    web.signed_in(Role.SUPERVISOR, username="boss")
    zhao = web.signed_in(Role.OPERATOR, username="zhao")
    sits(web, "zhao")
    (report_id,) = made(web, ReportKind.CALL_DETAILS)
    assert "已确认" in _answered(zhao, report_id, "confirmed", "")


def _answered(client: FlaskClient, report_id: int, answer: str, words: str) -> str:
    post(client, f"/reports/my-calls/{report_id}", "/reports/my-calls", answer=answer, words=words)
    return client.get("/reports/my-calls").text


def test_f1_a_summary_that_is_refused_keeps_what_was_typed(web: Web) -> None:
    zhao = web.signed_in(Role.OPERATOR, username="zhao")
    answer = post(zhao, "/reports/summaries", "/reports/summaries", work="", problems="线路杂音", better="")
    assert answer.status_code == 422 and "线路杂音" in answer.text and "work-wrong" in answer.text
    done = post(zhao, "/reports/summaries", "/reports/summaries", work="接听", problems="线路杂音", better="")
    assert done.status_code == 302


def test_f1_leaders_read_what_their_people_wrote(web: Web) -> None:
    zhao, lead = web.signed_in(Role.OPERATOR, username="zhao"), web.signed_in(Role.LEADER, username="lead")
    team(web.hotline.storage, "一组", "lead", "zhao")
    post(zhao, "/reports/summaries", "/reports/summaries", work="接听42通", problems="", better="")
    assert "接听42通" in lead.get("/reports/summaries").text
    assert post(lead, "/reports/summaries/1/reply", "/reports/summaries", reply="好的").status_code == 302
    assert "好的" in zhao.get("/reports/summaries").text


def test_reports_are_chosen_by_administrators_alone(web: Web, boss: FlaskClient) -> None:
    admin = web.signed_in(Role.ADMINISTRATOR, username="admin")
    chosen: dict[str, str | list[str]] = {
        "enabled": "on",
        "at": "18:05",
        "to": ["leaders", "administrator"],
        "masked": "on",
    }
    assert post(boss, "/reports/schedule/daily", "/reports/schedule", **chosen).status_code == 403
    assert post(admin, "/reports/schedule/daily", "/reports/schedule", **chosen).status_code == 302
    daily = web.hotline.in_force().reports.daily
    assert (daily.at.isoformat("minutes"), daily.to, daily.working_days) == (
        "18:05",
        ("leaders", "administrator"),
        False,
    )
    assert post(admin, "/reports/schedule/nonsense", "/reports/schedule", **chosen).status_code == 404


@pytest.mark.parametrize(
    "wrong", [{"at": "25:00"}, {"at": ""}, {"to": "root"}, {"to": "person:0"}, {"day": "32"}, {"day": "x"}]
)
def test_what_does_not_fit_is_refused_at_its_field(web: Web, wrong: dict[str, str | list[str]]) -> None:
    admin = web.signed_in(Role.ADMINISTRATOR, username="admin")
    fields: dict[str, str | list[str]] = {"enabled": "on", "at": "09:00", "to": "supervisor", "day": "1", **wrong}
    answer = post(admin, "/reports/schedule/monthly", "/reports/schedule", **fields)
    assert answer.status_code == 422 and "-wrong" in answer.text
    assert web.hotline.in_force().reports.monthly.day == 1


def test_the_schedule_that_was_chosen_is_kept_to(web: Web) -> None:
    admin = web.signed_in(Role.ADMINISTRATOR, username="admin")
    make_due(web.hotline.storage, web.hotline.in_force(), web.now)
    post(admin, "/reports/schedule/daily", "/reports/schedule", enabled="on", at="11:00", to="administrator")
    later = web.now + timedelta(minutes=30)
    assert make_due(web.hotline.storage, web.hotline.in_force(), later) == 1
