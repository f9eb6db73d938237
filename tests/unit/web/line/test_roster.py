"""The duty roster by calendar: seen by all, changed by who manages the hotline (A2, A14, A16)."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from hotline.domain.line.handover import Handover
from hotline.domain.line.roster import DutyNumber, Shift
from hotline.domain.people import Role
from hotline.services.line.roster import ShiftProblem
from hotline.services.line.roster_table import read_shifts
from hotline.storage.line.roster import RosterStore
from hotline.web.kit.refusals.registry import refusal_words
from hotline.web.line import roster_forms
from tests.support.instance import at
from tests.support.uploads import take
from tests.support.web import NOW, Web, a_web, post

RIGHT = {
    "person": "李四",
    "numbers": "13900000001",
    "starts_at": "2026-11-20T17:30",
    "ends_at": "2026-11-21T09:00",
    "backups": "王五:13900000002；赵六:13900000003",
    "note": "替班",
}
HOSTILE = "<script>document.title='taken'</script>👩‍👩‍👧"


def plan(web: Web) -> None:
    with web.hotline.storage.writing() as tx:
        RosterStore(tx).add(
            Shift(
                "李四",
                ("13900000001",),
                (DutyNumber("王五", "13900000002"),),
                NOW - timedelta(days=1),
                NOW + timedelta(days=2),
            )
        )
        RosterStore(tx).add(Shift("王五", ("13900000002",), (), NOW + timedelta(days=3), NOW + timedelta(days=90)))
        RosterStore(tx).record_handover(Handover(NOW, "王五", "李四", "chen", "含充电器"))


def shifts(web: Web) -> list[Shift]:
    with web.hotline.storage.reading() as tx:
        return RosterStore(tx).shifts(NOW - timedelta(days=40), NOW + timedelta(days=400))


def test_a16_the_roster_shows_shifts_and_gaps_and_hides_numbers_from_operators(web: Web) -> None:
    plan(web)
    operator = web.signed_in(Role.OPERATOR).get("/roster").text
    assert "2026-11-18 10:30 – 2026-11-19 10:30" in operator
    assert "139****0001" in operator and "13900000001" not in operator and "含充电器" in operator
    assert "/roster/shifts" not in operator and "add=" not in operator
    supervisor = web.signed_in(Role.SUPERVISOR).get("/roster").text
    assert "13900000001" in supervisor and "add=2026-11-16" in supervisor and "add=2026-11-15" not in supervisor


def test_a16_an_empty_roster_is_one_gap(web: Web) -> None:
    text = web.signed_in(Role.SUPERVISOR).get("/roster").text
    assert "尚未排班" in text and "2026-11-16 10:30 – 2027-01-15 10:30" in text


def test_a16_where_a_permanent_number_covers_nothing_is_red_and_it_is_said_who_is_rung(tmp_path: Path) -> None:
    alone = '[duty]\nalways = [{ person = "李四", number = "13900000001" }]\n'
    text = a_web(tmp_path, alone).signed_in(Role.SUPERVISOR).get("/roster").text
    assert "无人值班" not in text and "r-nobody" not in text and "当前无人值班" not in text
    assert "兜底号码接听" in text and text.count("r-standing") > 10


def test_a16_a_line_with_a_permanent_number_hides_no_other_line_without(tmp_path: Path) -> None:
    one = '[lines.spare.duty]\nalways = [{ person = "李四", number = "13900000001" }]\n'
    one += '[lines.other]\nnumber = "4001112222"\nmenu = "main"\n'
    text = a_web(tmp_path, one).signed_in(Role.SUPERVISOR).get("/roster").text
    assert "r-nobody" in text and "r-standing" in text
    [spare] = [part.split("</details>")[0] for part in text.split("<details") if "兜底号码接听" in part]
    assert "4007654321" in re.sub("[- ]", "", spare) and "4001112222" not in re.sub("[- ]", "", spare)


def test_months_are_turned_and_holidays_and_make_up_days_are_marked(web: Web) -> None:
    client = web.signed_in(Role.OPERATOR)
    text = client.get("/roster?month=2026-10").text
    assert "2026-09" in text and "2026-11" in text and "National Day" not in text
    assert len(re.findall(r"休 ", text)) >= 7 and "班 " in text
    for odd in ("2026-13", "abc", "2026-1", "1999-01", "'><script>"):
        assert '<strong class="r-month">2026-11</strong>' in client.get("/roster", query_string={"month": odd}).text


def test_a2_a_shift_is_added_and_removed(web: Web) -> None:
    client = web.signed_in(Role.SUPERVISOR, username="chen")
    assert post(client, "/roster/shifts", form_page="/roster?add=2026-11-20", **RIGHT).status_code == 302
    (added,) = shifts(web)
    assert (added.starts_at, added.ends_at) == (at("2026-11-20 17:30"), at("2026-11-21 09:00"))
    assert added.backups == (DutyNumber("王五", "13900000002"), DutyNumber("赵六", "13900000003"))
    page = client.get(f"/roster?shift={added.id}").text
    assert "13900000003" in page and "替班" in page
    path = f"/roster/shifts/{added.id}/remove"
    assert post(client, path, form_page=f"/roster?shift={added.id}").status_code == 302
    assert shifts(web) == []
    assert post(client, path, form_page="/roster?add=2026-11-20").status_code == 404
    assert [entry[1] for entry in web.audit() if entry[0] == "chen"][-2:] == ["roster.add", "roster.remove"]


def test_a2_a_time_is_taken_as_it_is_typed(web: Web) -> None:
    client = web.signed_in(Role.SUPERVISOR)
    typed = {"starts_at": "2026年11月20日 下午5点半", "ends_at": "2026/11/20 24:00"}
    assert post(client, "/roster/shifts", form_page="/roster?add=2026-11-20", **{**RIGHT, **typed}).status_code == 302
    (added,) = shifts(web)
    assert (added.starts_at, added.ends_at) == (at("2026-11-20 17:30"), at("2026-11-21 00:00"))


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"person": ""}, "请填写姓名"),
        ({"person": "x" * 41}, "姓名应为 1 至 40 个字符"),
        ({"numbers": ""}, "请填写号码"),
        ({"numbers": ";;"}, "至少需要一个电话号码"),
        ({"numbers": HOSTILE}, "应为 13800138000"),
        ({"backups": "王五"}, "备班应写作"),
        ({"backups": "王五:abc"}, "应为 13800138000"),
        ({"starts_at": ""}, "请填写开始时间"),
        ({"ends_at": "2026-11-20T17:00"}, "结束时间应晚于开始时间"),
        ({"starts_at": "2026-11-01T00:00", "ends_at": "2026-11-02T00:00"}, "已经结束"),
        ({"ends_at": "2028-11-21T09:00"}, "最长 366 天"),
        ({"starts_at": "0001-01-01T00:00"}, "时间应写作"),
        ({"starts_at": "20/11/2026 17:30"}, "时间应写作"),
    ],
)
def test_a_wrong_shift_is_refused_beside_its_field(web: Web, fields: dict[str, str], words: str) -> None:
    client = web.signed_in(Role.SUPERVISOR)
    answer = post(client, "/roster/shifts", form_page="/roster?add=2026-11-20", **{**RIGHT, **fields})
    assert answer.status_code == 422
    assert words in answer.text
    assert "<script>document" not in answer.text
    assert shifts(web) == []


def test_all_that_is_wrong_with_a_shift_is_told_at_once_and_what_was_typed_stays(web: Web) -> None:
    client = web.signed_in(Role.SUPERVISOR)
    wrong = {"person": "x" * 41, "numbers": "abc", "backups": "王五:xyz", "ends_at": "2026-11-20T17:00", "note": "夜班"}
    answer = post(client, "/roster/shifts", form_page="/roster?add=2026-11-20", **{**RIGHT, **wrong})
    assert answer.status_code == 422
    assert all(words in answer.text for words in ("姓名应为 1 至 40 个字符", "结束时间应晚于开始时间", 'value="夜班"'))
    assert answer.text.count("应为 13800138000") == 2  # the number and that of the backup
    two = post(
        client,
        "/roster/shifts",
        form_page="/roster?add=2026-11-20",
        **{**RIGHT, "backups": "王五", "starts_at": "0001-01-01T00:00"},
    )
    assert "备班应写作" in two.text and "时间应写作" in two.text


def test_the_same_shift_twice_is_refused(web: Web) -> None:
    client = web.signed_in(Role.SUPERVISOR)
    post(client, "/roster/shifts", form_page="/roster?add=2026-11-20", **RIGHT)
    answer = post(client, "/roster/shifts", form_page="/roster?add=2026-11-20", **RIGHT)
    assert (answer.status_code, len(shifts(web))) == (422, 1)
    assert "已有同样的班次" in answer.text


def test_hostile_names_and_notes_stay_text(web: Web) -> None:
    client = web.signed_in(Role.SUPERVISOR)
    hostile = {**RIGHT, "person": "<b>x</b>", "note": HOSTILE + "\x07"}
    assert post(client, "/roster/shifts", form_page="/roster?add=2026-11-20", **hostile).status_code == 302
    (added,) = shifts(web)
    for path in ("/roster", f"/roster?shift={added.id}"):
        text = client.get(path).text
        assert "<b>x" not in text and "<script>document" not in text and "&lt;b&gt;x" in text


def test_a2_a_hand_over_is_recorded(web: Web) -> None:
    client = web.signed_in(Role.SUPERVISOR, username="chen")
    fields = {"from_person": "王五", "to_person": "李四", "note": "手机、充电器"}
    assert post(client, "/roster/handovers", form_page="/roster?handover=1", **fields).status_code == 302
    assert "手机、充电器" in client.get("/roster").text
    for wrong in ({"to_person": "王五"}, {"from_person": ""}, {"to_person": "x" * 50}):
        answer = post(client, "/roster/handovers", form_page="/roster?handover=1", **{**fields, **wrong})
        assert answer.status_code == 422
    assert [entry[1] for entry in web.audit()].count("roster.handover") == 1


def test_a2_a_table_is_saved_and_read_in_again(web: Web) -> None:
    plan(web)
    client = web.signed_in(Role.SUPERVISOR, username="chen")
    saved = client.get("/roster/shifts.csv?month=2026-11")
    assert saved.headers["Content-Disposition"] == 'attachment; filename="roster-2026-11.csv"'
    assert ("chen", "roster.export", "roster:2026-11") in web.audit()
    again = read_shifts(saved.data, NOW)
    assert [(s.person, s.numbers, s.backups) for s in again] == [(s.person, s.numbers, s.backups) for s in shifts(web)]
    assert take(client, "roster", saved.data).status_code == 303
    assert len(shifts(web)) == 2


@pytest.mark.parametrize("role", [Role.OPERATOR, Role.EXAMINER])
def test_who_does_not_steer_changes_nothing(web: Web, role: Role) -> None:
    client = web.signed_in(role)
    for path in ("/roster/shifts", "/roster/shifts/1/remove", "/roster/handovers", "/roster/import"):
        assert client.post(path).status_code in (400, 403)
    assert client.get("/roster/shifts.csv").status_code == 403
    assert "<dialog" not in client.get("/roster?add=2026-11-20").text


def test_every_problem_of_a_shift_has_words() -> None:
    assert set(roster_forms._FIELDS) == set(ShiftProblem)
    assert {problem.code for problem in ShiftProblem} <= set(refusal_words())


def after(client: FlaskClient, path: str, **fields: str) -> str:
    """The roster as it is after that click, once it has said how it went."""
    assert post(client, path, "/roster", **fields).status_code == 302
    return client.get("/roster").text


def test_a2_a_lost_mobile_is_taken_out_with_one_click_and_put_back(web: Web) -> None:
    plan(web)
    supervisor = web.signed_in(Role.SUPERVISOR)
    page = after(supervisor, "/roster/mobiles/lost", number="13900000001", reason=HOSTILE)
    assert "李四 的手机已从所有班次中停用" in page and HOSTILE not in page
    now = re.search(r'class="r-now">(.*?)</div></div>', page, re.DOTALL)
    assert now and "王五" in now[1] and "李四" not in now[1]
    assert "李四 的手机已停用" in after(supervisor, "/roster/mobiles/lost", number="13900000001")
    assert "李四 的手机已恢复振铃" in after(supervisor, "/roster/mobiles/1/back")
    assert "没有这部遗失的手机" in after(supervisor, "/roster/mobiles/7/back")
    assert "不是今后班次的值班手机" in after(supervisor, "/roster/mobiles/lost", number="<b>1")


def test_a2_a_lost_mobile_is_taken_out_on_the_floor_too(web: Web) -> None:
    plan(web)
    supervisor = web.signed_in(Role.SUPERVISOR)
    floor = supervisor.get("/floor").text
    assert 'popovertarget="mobiles-dialog"' in floor and 'value="13900000001"' in floor
    done = post(supervisor, "/roster/mobiles/lost", "/floor", number="13900000001", back="floor")
    assert (done.status_code, done.location) == (302, "/floor")
    floor = supervisor.get("/floor").text
    assert "李四 的手机已从所有班次中停用" in floor and 'value="13900000001"' not in floor
    away = post(supervisor, "/roster/mobiles/lost", "/floor", number="13900000001", back="https://example.org")
    assert away.location == "/roster#mobiles"


def test_a14_operators_take_no_mobile_out(web: Web) -> None:
    plan(web)
    operator = web.signed_in(Role.OPERATOR)
    assert 'id="mobiles"' not in operator.get("/roster").text
    assert post(operator, "/roster/mobiles/lost", "/roster", number="13900000001").status_code == 403
