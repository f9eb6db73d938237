"""The plan's pages (F6): seen by all, planned by supervisors, asked of by everybody."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from openpyxl import load_workbook
from werkzeug.test import TestResponse

from hotline.domain.numbers import normalise
from hotline.domain.people import Role
from hotline.domain.shifts.leave import LeaveState
from hotline.domain.shifts.shift import PlannedShift
from hotline.domain.shifts.swap import SwapState
from hotline.domain.staff.records import Person
from hotline.storage.accounts.users import UserStore
from hotline.storage.notifications.store import NotificationStore
from hotline.storage.shifts.requests import LeaveStore, SwapStore
from hotline.storage.shifts.skills import SkillStore
from hotline.storage.shifts.store import ShiftStore
from hotline.storage.staff.spans import AbsenceStore
from hotline.storage.staff.store import StaffStore
from tests.support.uploads import take
from tests.support.web import NOW, Web, a_web, csrf_of, post

DAY = timedelta(days=1)


@pytest.fixture
def site(tmp_path: Path) -> Web:
    queues = '[queues.service]\nname = "客户服务"\n[queues.sales]\nname = "销售"\n'
    return a_web(tmp_path, f'[web]\npublic_url = "https://hotline.example.com"\n{queues}')


def person_of(web: Web, username: str) -> Person:
    """Whose account it is, with a mobile."""
    with web.hotline.storage.writing() as tx:
        user = UserStore(tx).by_username(username)
        assert user is not None and user.id is not None
        found = StaffStore(tx).person_of_user(user.id)
        assert found is not None
        mobile = normalise(f"1390000{found.id or 0:04}")
        changed = replace(found, mobile=mobile, version=found.version + 1)
        assert StaffStore(tx).update_person(changed, found.version)
    return changed


def put(web: Web, whose: Person, starts_at: datetime, hours: float = 8, published: bool = True) -> PlannedShift:
    shift = PlannedShift(whose.name, starts_at, starts_at + timedelta(hours=hours), whose.id, "day")
    with web.hotline.storage.writing() as tx:
        return ShiftStore(tx).add(replace(shift, published_at=NOW if published else None))


def shifts(web: Web) -> list[PlannedShift]:
    with web.hotline.storage.reading() as tx:
        return ShiftStore(tx).between(NOW - 40 * DAY, NOW + 400 * DAY, drafts=True)


def told(web: Web, whose: Person) -> list[str]:
    with web.hotline.storage.reading() as tx:
        return [each.kind for each in NotificationStore(tx).of_person(whose.id or 0)]


def api(client: FlaskClient, path: str, body: dict[str, object], method: str = "POST") -> TestResponse:
    token = csrf_of(client.get("/shifts/mine"))
    return client.open(f"/api/v1{path}", method=method, json=body, headers={"X-CSRFToken": token})


class Floor:
    """A supervisor and two operators, with their persons."""

    def __init__(self, web: Web) -> None:
        self.web = web
        self.chen = web.signed_in(Role.SUPERVISOR, username="chen")
        self.wang_at = web.signed_in(Role.OPERATOR, username="wang")
        self.li_at = web.signed_in(Role.OPERATOR, username="li")
        self.wang, self.li = person_of(web, "wang"), person_of(web, "li")


@pytest.fixture
def floor(site: Web) -> Floor:
    return Floor(site)


def test_f6_drafts_are_seen_by_who_plans_and_by_nobody_else(floor: Floor) -> None:
    draft = put(floor.web, floor.wang, NOW + DAY, published=False)
    mark = f'data-i="{draft.id}.1"'
    assert mark in floor.chen.get("/shifts").text
    page = floor.wang_at.get("/shifts").text
    assert mark not in page and "plan-words" not in page
    assert floor.wang_at.get(f"/api/v1/shifts/{draft.id}").status_code == 404
    days = {"first": "2026-11-01", "last": "2026-11-30", "view": "month"}
    assert post(floor.chen, "/shifts/publish", form_page="/shifts", **days).status_code == 303
    assert mark in floor.wang_at.get("/shifts").text
    assert told(floor.web, floor.wang) == ["shifts_published"]
    assert "2026-11-17 10:30" in floor.wang_at.get("/shifts/mine").text


def test_publishing_days_without_drafts_says_so(floor: Floor) -> None:
    put(floor.web, floor.wang, NOW + DAY)
    days = {"first": "2026-11-01", "last": "2026-11-30"}
    assert api(floor.chen, "/shifts/publish", {**days}).json == {"shifts": 0, "people": 0}
    assert post(floor.chen, "/shifts/publish", form_page="/shifts", **days).status_code == 303
    assert "没有草稿" in floor.chen.get("/shifts").text
    assert told(floor.web, floor.wang) == []


def test_f6_a_change_after_publishing_is_told_to_whom_it_touches(floor: Floor) -> None:
    shift = put(floor.web, floor.wang, NOW + 2 * DAY)
    body: dict[str, object] = {"version": 1, "person_id": floor.li.id, "day": "2026-11-20"}
    answer = api(floor.chen, f"/shifts/{shift.id}/move", body)
    assert answer.status_code == 200, answer.text
    assert (answer.get_json()["person"], answer.get_json()["version"]) == (floor.li.name, 2)
    assert answer.get_json()["starts_at"] == "2026-11-20T02:30:00Z"
    assert told(floor.web, floor.wang) == ["shift_taken_away"] and told(floor.web, floor.li) == ["shift_added"]
    again = api(floor.chen, f"/shifts/{shift.id}/move", body)
    assert (again.status_code, again.get_json()["reason"]) == (409, "shifts.changed_meanwhile")


def test_f6_a_shift_is_put_changed_and_taken_away(floor: Floor) -> None:
    made = api(floor.chen, "/shifts", {"person_id": floor.wang.id, "day": "2026-11-20", "kind": "evening"})
    assert made.status_code == 201, made.text
    assert (made.get_json()["starts_at"], made.get_json()["ends_at"]) == (
        "2026-11-20T10:30:00Z",
        "2026-11-20T16:00:00Z",
    )
    place = f"/shifts/{made.get_json()['id']}"
    body = {"person_id": floor.wang.id, "day": "2026-11-20", "kind": "day", "note": "顶班", "version": 1}
    times = {"starts_at": "2026-11-20T09:00", "ends_at": "2026-11-20T12:00"}
    changed = api(floor.chen, place, {**body, **times}, "PUT")
    assert changed.status_code == 200 and changed.get_json()["ends_at"] == "2026-11-20T04:00:00Z"
    assert api(floor.chen, place, {**body, "starts_at": "2026-11-20T09:00", "version": 2}, "PUT").status_code == 422
    assert api(floor.chen, f"{place}/remove", {"version": 1}).status_code == 409
    assert api(floor.chen, f"{place}/remove", {"version": 2}).status_code == 204
    assert shifts(floor.web) == [] and told(floor.web, floor.wang) == []  # it was a draft
    assert [each[1] for each in floor.web.audit() if each[2] == f"shift:{place[8:]}"] == [
        "shift.add",
        "shift.change",
        "shift.remove",
    ]


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"kind": "night"}, "shifts.no_kind"),
        ({"person_id": 999}, "shifts.no_person"),
        ({"lines": ["gone"]}, "shifts.no_line"),
        ({"queues": ["gone"]}, "shifts.no_queue"),
        ({"day": "2026-11-01"}, "shifts.over"),
        ({"day": "2030-11-01"}, "shifts.too_far"),
        ({"day": "2026-11-18"}, "shifts.overlap"),
        ({"starts_at": "2026-11-20T09:00", "ends_at": "2026-11-20T08:00"}, "shifts.ends_before"),
        ({"starts_at": "2026-11-20T09:00", "ends_at": "2026-11-22T08:00"}, "shifts.too_long"),
    ],
)
def test_what_makes_no_sense_is_refused(floor: Floor, body: dict[str, object], code: str) -> None:
    put(floor.web, floor.wang, NOW + 2 * DAY)
    right: dict[str, object] = {"person_id": floor.wang.id, "day": "2026-11-20", "kind": "day"}
    answer = api(floor.chen, "/shifts", {**right, **body})
    assert (answer.status_code, answer.get_json()["reason"]) == (422, code)
    assert len(shifts(floor.web)) == 1


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01", "2026-02-29", "29 February", "", "١٢٣٤"])
@pytest.mark.parametrize(
    ("path", "fields"),
    [
        ("publish", {"first": "2026-11-23", "last": "DAY"}),
        ("publish", {"first": "DAY", "last": "2026-11-23"}),
        ("copy", {"source": "DAY", "target": "2026-12-01"}),
        ("copy", {"source": "2026-12-01", "target": "DAY"}),
        ("lay-out", {"pattern": "two_on_two_off", "people": "1", "first": "DAY", "last": "DAY"}),
    ],
)
def test_f6_what_is_no_day_of_ours_is_said_and_nothing_is_planned(
    floor: Floor, path: str, fields: dict[str, str], day: str
) -> None:
    typed = {name: day if value == "DAY" else value for name, value in fields.items()}
    page = post(floor.chen, f"/shifts/{path}", form_page="/shifts", **typed)
    assert page.status_code == 303
    assert 'role="alert"' in floor.chen.get(page.location).text
    assert shifts(floor.web) == []


@pytest.mark.parametrize("moment", ["9999-12-31T23:59", "0001-01-01T00:00", "2031-01-01T09:00", "2026-02-29T09:00"])
def test_f6_leave_of_a_moment_that_nobody_sees_is_refused(floor: Floor, moment: str) -> None:
    for since, until in ((moment, moment), ("2026-11-20T09:00", moment), (moment, "2026-11-20T09:00")):
        asked = {"since": since, "until": until, "reason": "休假", "deputy": ""}
        page = post(floor.wang_at, "/shifts/mine/leave", form_page="/shifts/mine", **asked)
        assert page.status_code == 422 and "休假" in page.text
    with floor.web.hotline.storage.reading() as tx:
        assert LeaveStore(tx).search(limit=9) == []


def test_f6_a_pattern_is_laid_out_and_a_week_copied_and_what_is_taken_is_left_out(floor: Floor) -> None:
    form: dict[str, str | list[str]] = {
        "pattern": "two_on_two_off",
        "people": [str(floor.wang.id), str(floor.li.id)],
        "first": "2026-11-23",
        "last": "2026-11-29",
    }
    assert post(floor.chen, "/shifts/lay-out", form_page="/shifts", **form).status_code == 303
    found = [(each.person_id, (each.starts_at + timedelta(hours=8)).day) for each in shifts(floor.web)]
    wang, li = floor.wang.id, floor.li.id
    assert found == [(wang, 23), (wang, 24), (li, 25), (li, 26), (wang, 27), (wang, 28), (li, 29)]
    assert post(floor.chen, "/shifts/lay-out", form_page="/shifts", **form).status_code == 303
    assert len(shifts(floor.web)) == 7
    days = {"source": "2026-11-25", "target": "2026-12-01"}
    assert post(floor.chen, "/shifts/copy", form_page="/shifts", **days).status_code == 303
    copied = shifts(floor.web)[7:]
    assert [(each.person_id, each.starts_at.day, each.is_published) for each in copied][:2] == [
        (wang, 30, False),
        (wang, 1, False),
    ]
    assert len(copied) == 7
    assert post(floor.chen, "/shifts/copy", form_page="/shifts", **days).status_code == 303
    assert len(shifts(floor.web)) == 14  # where something stands, nothing is laid


def test_f6_leave_is_asked_a_day_ahead_and_makes_the_person_absent_with_a_deputy(floor: Floor) -> None:
    put(floor.web, floor.wang, NOW + 5 * DAY)
    late = {"since": "2026-11-16T12:00", "until": "2026-11-17T12:00", "reason": "发烧", "deputy": str(floor.li.id)}
    never = {**late, "since": "0001-01-01T00:00"}
    beyond = post(floor.wang_at, "/shifts/mine/leave", form_page="/shifts/mine", **never)
    assert beyond.status_code == 422 and "2000 年到 2100 年" in beyond.text
    refused = post(floor.wang_at, "/shifts/mine/leave", form_page="/shifts/mine", **late)
    assert refused.status_code == 422 and "F6" in refused.text
    fields = {**late, "since": "2026-11-21T00:00", "until": "2026-11-22T00:00"}
    assert post(floor.wang_at, "/shifts/mine/leave", form_page="/shifts/mine", **fields).status_code == 302
    assert post(floor.wang_at, "/shifts/mine/leave", form_page="/shifts/mine", **fields).status_code == 422
    assert told(floor.web, person_of(floor.web, "chen")) == ["leave_asked"]
    page = floor.chen.get("/shifts/requests").text
    assert "发烧" in page
    with floor.web.hotline.storage.reading() as tx:
        [asked] = LeaveStore(tx).search()
    path = f"/shifts/requests/leave/{asked.id}/accept"
    assert post(floor.chen, path, form_page="/shifts/requests", words="").status_code == 302
    assert told(floor.web, floor.wang) == ["leave_accepted"]
    with floor.web.hotline.storage.reading() as tx:
        [absence] = AbsenceStore(tx).search(floor.wang.id)
        deputy = StaffStore(tx).deputy_of(floor.wang.id or 0, absence.since)
        [leave] = LeaveStore(tx).search()
    assert deputy is not None and deputy.id == floor.li.id and leave.state is LeaveState.ACCEPTED
    plan = floor.chen.get("/shifts").text
    assert "sp-away" in plan and "待改派" in plan, "A16: their shift is nobody's, and is seen"
    [opened] = [each for each in shifts(floor.web) if each.is_open]
    gift = {"version": str(opened.version), "person": str(floor.li.id)}
    assert "无人值守的班次" in floor.chen.get("/shifts/requests").text
    wrong = {**gift, "person": str(floor.wang.id)}
    post(floor.chen, f"/shifts/requests/open/{opened.id}", form_page="/shifts/requests", **wrong)
    assert "休假" in floor.chen.get("/shifts/requests").text
    assert post(floor.chen, f"/shifts/requests/open/{opened.id}", "/shifts/requests", **gift).status_code == 302
    assert told(floor.web, floor.li)[-1:] == ["shift_added"] and "待改派" not in floor.chen.get("/shifts").text
    assert post(floor.wang_at, f"/shifts/mine/leave/{leave.id}/withdraw", form_page="/shifts/mine").status_code == 302
    with floor.web.hotline.storage.reading() as tx:
        assert AbsenceStore(tx).search(floor.wang.id) == []


def test_nobody_decides_their_own_leave(floor: Floor) -> None:
    fields = {"since": "2026-11-21T00:00", "until": "2026-11-22T00:00", "reason": "私事", "deputy": ""}
    assert post(floor.chen, "/shifts/mine/leave", form_page="/shifts/mine", **fields).status_code == 302
    with floor.web.hotline.storage.reading() as tx:
        [asked] = LeaveStore(tx).search()
    post(floor.chen, f"/shifts/requests/leave/{asked.id}/accept", form_page="/shifts/requests", words="x")
    with floor.web.hotline.storage.reading() as tx:
        assert LeaveStore(tx).search()[0].state is LeaveState.ASKED


def test_f6_a_swap_goes_from_one_to_the_other_to_the_supervisor(floor: Floor) -> None:
    given, got = put(floor.web, floor.wang, NOW + 2 * DAY), put(floor.web, floor.li, NOW + 9 * DAY)
    fields = {"shift": str(given.id), "taker": str(floor.li.id), "other": str(got.id), "words": "家长会"}
    assert post(floor.wang_at, "/shifts/mine/swaps", form_page="/shifts/mine", **fields).status_code == 302
    assert told(floor.web, floor.li) == ["swap_asked"] and "家长会" in floor.li_at.get("/shifts/mine").text
    with floor.web.hotline.storage.reading() as tx:
        [swap] = SwapStore(tx).search()
    path = f"/shifts/mine/swaps/{swap.id}/accept"
    assert post(floor.li_at, path, form_page="/shifts/mine", words="好").status_code == 302
    assert [each.person_id for each in shifts(floor.web)] == [floor.wang.id, floor.li.id]
    path = f"/shifts/requests/swaps/{swap.id}/accept"
    assert post(floor.chen, path, form_page="/shifts/requests", words="").status_code == 302
    assert [each.person_id for each in shifts(floor.web)] == [floor.li.id, floor.wang.id]
    assert told(floor.web, floor.wang) == ["swap_done"]
    with floor.web.hotline.storage.reading() as tx:
        assert SwapStore(tx).search()[0].state is SwapState.DONE


def test_the_calendar_feed_shows_busy_times_until_it_is_revoked_or_its_owner_leaves(floor: Floor) -> None:
    put(floor.web, floor.wang, NOW + 2 * DAY)
    put(floor.web, floor.li, NOW + 2 * DAY)
    made = post(floor.wang_at, "/shifts/mine/feed", form_page="/shifts/mine").text
    path = made.split("https://hotline.example.com")[1].split('"')[0]
    anybody = floor.web.client()
    feed = anybody.get(path)
    assert feed.status_code == 200 and feed.mimetype == "text/calendar"
    assert feed.text.count("BEGIN:VEVENT") == 1 and "DTSTART:20261118T023000Z" in feed.text
    assert floor.wang.name not in feed.text and floor.li.name not in feed.text
    assert anybody.get(path.replace(".ics", "x.ics")).status_code == 404
    again = post(floor.wang_at, "/shifts/mine/feed", form_page="/shifts/mine").text
    second = again.split("https://hotline.example.com")[1].split('"')[0]
    assert anybody.get(path).status_code == 404 and anybody.get(second).status_code == 200
    with floor.web.hotline.storage.writing() as tx:
        person = StaffStore(tx).person(floor.wang.id or 0)
        assert person is not None
        StaffStore(tx).update_person(replace(person, active=False, version=person.version + 1), person.version)
    assert anybody.get(second).status_code == 404


def test_the_plan_comes_as_a_table_goes_out_as_one_and_rubbish_is_told_by_row(floor: Floor) -> None:
    table = f"姓名,日期,班次\n{floor.wang.name},2026-11-20,晚班\n{floor.li.name},2026-11-21,day\n"
    assert take(floor.chen, "shifts", table.encode()).status_code == 303
    assert [each.kind for each in shifts(floor.web)] == ["evening", "day"]
    book = load_workbook(io.BytesIO(floor.chen.get("/shifts/plan.xlsx?at=2026-11-01").data))
    rows = [[cell.value for cell in row] for row in book[book.sheetnames[0]]]
    assert rows[1][:5] == [floor.wang.name, "2026-11-20", "晚班", "2026-11-20 18:30", "2026-11-21 00:00"]
    csv = floor.chen.get("/shifts/plan.csv?at=2026-11-01").text
    assert take(floor.chen, "shifts", csv.encode()).status_code == 303
    assert len(shifts(floor.web)) == 2  # the same again is left out
    rubbish = (
        "姓名,日期,班次\n没有这人,2026-11-20,晚班\n" + f"{floor.wang.name},昨天,晚班\n{floor.wang.name},2026-11-22,??\n"
    )
    assert take(floor.chen, "shifts", rubbish.encode()).status_code == 422
    assert len(shifts(floor.web)) == 2


def test_who_knows_which_queue_is_entered_and_a_swap_needs_it(floor: Floor) -> None:
    shift = replace(put(floor.web, floor.wang, NOW + 2 * DAY), queues=("service",))
    with floor.web.hotline.storage.writing() as tx:
        assert ShiftStore(tx).change(shift, 1)
    body: dict[str, object] = {"shift_id": shift.id, "taker_id": floor.li.id}
    refused = api(floor.wang_at, "/swaps", body)
    assert (refused.status_code, refused.get_json()["reason"]) == (422, "shifts.swap_queue")
    path = f"/shifts/skills/{floor.li.id}"
    given = {"level-service": "2", "shown-service": "0"}
    assert post(floor.chen, path, form_page="/shifts/skills", **given).status_code == 302
    assert api(floor.wang_at, "/swaps", body).status_code == 201


def test_what_two_people_say_of_what_somebody_knows_is_both_kept_or_told(floor: Floor) -> None:
    """Who has not touched a level leaves it as the other has made it; of the same level the second is told."""
    path, form_page = f"/shifts/skills/{floor.li.id}", "/shifts/skills"

    def kept() -> list[int]:
        with floor.web.hotline.storage.reading() as tx:
            levels = SkillStore(tx).all().get(floor.li.id or 0, {})
        return [int(levels.get(queue, 0)) for queue in ("service", "sales")]

    def say(service: str, sales: str, shown: str = "00") -> TestResponse:
        given = {"level-service": service, "level-sales": sales}
        seen = {"shown-service": shown[0], "shown-sales": shown[1]}
        return post(floor.chen, path, form_page=form_page, **given, **seen)

    assert say("2", "0").status_code == 302 and kept() == [2, 0]
    assert say("0", "3").status_code == 302 and kept() == [2, 3], "the first level was not touched"
    assert say("2", "3").status_code == 302 and kept() == [2, 3], "both want the same"
    stale = say("1", "3")
    assert stale.status_code == 409 and kept() == [2, 3]
    row = stale.text.split(f'id="wrong-{floor.li.id}"')[1].split("</tr>")[0]
    assert 'name="shown-service" value="2"' in row and row.count('value="1" selected') == 1, "what was chosen stands"
    assert say("1", "3", shown="23").status_code == 302 and kept() == [1, 3], "saving again is insisting"
