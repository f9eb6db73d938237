"""A department answers the cases that are with it: by the link that its notification carries, or signed in."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from hotline.domain.cases.case import ServiceCase
from hotline.domain.cases.process import solutions
from hotline.domain.errors import Forbidden
from hotline.domain.notifications.notification import TAKEN
from hotline.domain.people import Actor, Role
from hotline.domain.staff.records import Absence, Department, Membership, Person
from hotline.services.attachments.attachments import Upload, attach
from hotline.services.cases.acting import do_act
from hotline.services.cases.department_link import make_department_link
from hotline.services.cases.facts import steps_of
from hotline.services.cases.kinds import record_kinds
from hotline.storage.attachments.store import AttachmentStore
from hotline.storage.links.store import LinkStore
from hotline.storage.staff.spans import AbsenceStore, MemberStore
from hotline.storage.staff.store import StaffStore
from tests.support.case_site import BOSS, CaseSite, case_site
from tests.support.leaders import person_of
from tests.support.notified import Scripted, Told
from tests.support.web import Web, a_web, csrf_of, post

SITE = '[web]\npublic_url = "https://hotline.example.com"\n'
ANSWER = {"cause": "装配时漏装密封圈", "responsible": "装配二组 周强"}


@pytest.fixture
def web(tmp_path: Path) -> Web:
    return a_web(tmp_path, SITE)


@pytest.fixture
def site(web: Web) -> CaseSite:
    return case_site(web.hotline.storage, web.hotline.settings)


def link_to(web: Web, site: CaseSite, case: ServiceCase) -> str:
    """The token of a new link for the engineer."""
    made = make_department_link(site.storage, site.settings, case.id or 0, site.engineer, BOSS, web.now)
    return made.token


def opened(web: Web, token: str) -> FlaskClient:
    client = web.client()
    assert post(client, f"/l/{token}/open", form_page=f"/l/{token}").status_code == 302
    return client


def shown(client: FlaskClient, token: str) -> TestResponse:
    return client.get(f"/l/{token}?lang=zh")


def sends(client: FlaskClient, token: str, what: str, fields: Mapping[str, Any], page: str = "") -> TestResponse:
    key = csrf_of(client.get(page or f"/l/{token}"))
    return client.post(f"/l/{token}/department/{what}?lang=zh", data={"csrf_token": key, **fields})


def last(site: CaseSite, case: ServiceCase) -> tuple[str, str, dict[str, str]]:
    with site.storage.reading() as tx:
        step = steps_of(tx, case)[-1]
    return step.act, step.by, dict(step.given)


def told_site(web: Web, site: CaseSite) -> Told:
    mail = site.settings.mail.model_copy(update={"host": "127.0.0.1", "sender": "hotline@example.com"})
    return Told(site.storage, site.settings.model_copy(update={"mail": mail}), web.clock)


def test_the_notification_carries_a_link_and_neither_name_nor_number(web: Web, site: CaseSite) -> None:
    case = site.complaint("assigned", web.now)
    gateway = Scripted(lambda: TAKEN)
    told_site(web, site).send(gateway)
    [(address, text)] = gateway.sent
    assert address == "wang@example.com" and case.number in text.title
    [token] = re.findall(r"https://hotline\.example\.com/l/(\S+)", text.body)
    for secret in ("138", "139", "李", "滤芯", "/notifications/"):
        assert secret not in text.title + text.body.replace(token, "")
    page = shown(opened(web, token), token).text
    assert "滤芯漏水" in page and "技术部" in page


def test_a_notification_that_is_sent_again_leaves_one_link_alone(web: Web, site: CaseSite) -> None:
    case = site.complaint("assigned", web.now)
    site.do(case, "urge", web.now, BOSS, note="请尽快")
    gateway = Scripted(lambda: TAKEN)
    told = told_site(web, site)
    told.send(gateway)
    web.clock.now += timedelta(hours=1)
    told.send(gateway)
    with site.storage.reading() as tx:
        assert len(LinkStore(tx).living(web.now, 10)) == 1


def test_the_page_shows_the_case_as_far_as_it_is_needed(web: Web, site: CaseSite) -> None:
    case = site.opened(web.now, values={"contact_person": "王建国", "product": "净水器X1"})
    case = site.step(site.step(case, "judged", web.now), "assigned", web.now)
    token = link_to(web, site, case)
    page = shown(opened(web, token), token).text
    assert "净水器X1" in page and "请核实" in page and "2026-11-16" in page
    for secret in ("王建国", "13800138000", "13900001111"):
        assert secret not in page


def test_cause_person_and_solutions_are_one_answer_and_the_link_is_used_up(web: Web, site: CaseSite) -> None:
    case = site.complaint("assigned", web.now)
    token = link_to(web, site, case)
    client = opened(web, token)
    answer = sends(client, token, "answer", {**ANSWER, "solution": ["换新机", "", "退款"]})
    assert answer.status_code == 303, answer.text
    now = site.now_is(case)
    assert (now.stage, now.values["responsible"]) == ("proposed", "装配二组 周强")
    with site.storage.reading() as tx:
        assert [each.given["solution"] for each in solutions(steps_of(tx, now))] == ["换新机", "退款"]
    used = shown(client, token)
    assert used.status_code == 410 and "已答复或退回" in used.text
    again = client.post(f"/l/{token}/department/answer", data={"csrf_token": csrf_of(client.get("/sign-in"))})
    assert again.status_code == 303 and again.location == f"/l/{token}"
    assert len(solutions_of(site, now)) == 2


def solutions_of(site: CaseSite, case: ServiceCase) -> list[str]:
    with site.storage.reading() as tx:
        return [each.given["solution"] for each in solutions(steps_of(tx, case))]


def test_an_answer_that_lacks_something_changes_nothing_and_keeps_what_was_written(web: Web, site: CaseSite) -> None:
    case = site.complaint("assigned", web.now)
    token = link_to(web, site, case)
    client = opened(web, token)
    for lacking in ({**ANSWER, "solution": " "}, {"cause": "漏装", "solution": "换新机"}):
        refused = sends(client, token, "answer", lacking)
        assert refused.status_code == 422 and "漏装" in refused.text
    assert site.now_is(case).stage == "assigned"
    assert shown(client, token).status_code == 200


def test_after_the_hour_the_answer_is_taken_and_the_page_says_that_it_is_late(web: Web, site: CaseSite) -> None:
    case = site.complaint("assigned", web.now)
    web.clock.now += timedelta(days=2)
    token = link_to(web, site, case)
    client = opened(web, token)
    page = shown(client, token).text
    assert "已超期" in page and "需要更多时间" not in page
    assert sends(client, token, "answer", {**ANSWER, "solution": "换新机"}).status_code == 303
    assert site.now_is(case).stage == "proposed"


def test_a_department_sends_it_back_with_a_reason(web: Web, site: CaseSite) -> None:
    case = site.complaint("assigned", web.now)
    token = link_to(web, site, case)
    client = opened(web, token)
    assert sends(client, token, "return", {"reason": " "}).status_code == 422
    assert sends(client, token, "return", {"reason": "属于物流部"}).status_code == 303
    assert site.now_is(case).stage == "judged"
    assert last(site, case) == ("return", "case_department:王工", {"reason": "属于物流部"})
    assert shown(client, token).status_code == 410


def test_more_time_is_asked_for_before_the_hour_and_the_link_goes_on(web: Web, site: CaseSite) -> None:
    case = site.complaint("assigned", web.now)
    token = link_to(web, site, case)
    client = opened(web, token)
    page = client.get(f"/l/{token}").text  # before the hour
    assert sends(client, token, "extend", {"more": "x", "reason": "等供应商"}).status_code == 422
    assert sends(client, token, "extend", {"more": "8", "reason": "等供应商"}).status_code == 303
    assert last(site, case)[2] == {"clock": "department", "more": "8", "reason": "等供应商"}
    assert "已申请延期" in shown(client, token).text
    web.clock.now += timedelta(days=2)
    late = client.post(
        f"/l/{token}/department/extend?lang=zh",
        data={"csrf_token": re.findall(r'csrf_token" value="([^"]+)"', page)[0], "more": "8", "reason": "再等"},
    )
    assert late.status_code in (409, 422)


def test_after_the_hour_nobody_asks_for_more_time(web: Web, site: CaseSite) -> None:
    case = site.complaint("assigned", web.now)
    token = link_to(web, site, case)
    client = opened(web, token)
    web.clock.now += timedelta(days=2)
    late = sends(client, token, "extend", {"more": "8", "reason": "等供应商"})
    assert late.status_code == 422 and site.now_is(case).revision == case.revision


def test_whom_a_link_lets_in(web: Web, site: CaseSite) -> None:
    case = site.complaint("assigned", web.now)
    token = link_to(web, site, case)
    client = opened(web, token)
    assert web.client().get(f"/l/{token}").status_code == 403  # another browser
    assert web.client().get(f"/l/{token[:-2]}xx").status_code == 404  # forged
    newer = link_to(web, site, case)
    assert shown(client, token).status_code == 410  # revoked
    late = opened(web, newer)
    web.clock.now += timedelta(days=7)
    expired = shown(late, newer)
    assert expired.status_code == 410 and "请向热线" in expired.text
    assert site.now_is(case).stage == "assigned"


def test_a_case_that_went_to_another_department_is_no_longer_theirs(web: Web, site: CaseSite) -> None:
    case = site.complaint("assigned", web.now)
    token = link_to(web, site, case)
    client = opened(web, token)
    page = client.get(f"/l/{token}")
    with site.storage.writing() as tx:
        other = StaffStore(tx).add_unit(Department("物流部"))
    site.do(case, "reassign", web.now, department=str(other.id), reason="属于物流")
    gone = shown(client, token)
    assert gone.status_code == 409 and "已不在贵部门" in gone.text and "滤芯" not in gone.text
    data = {"csrf_token": csrf_of(page), **ANSWER, "solution": "换新机"}
    assert client.post(f"/l/{token}/department/answer", data=data).status_code == 409
    assert site.now_is(case).stage == "assigned"


def test_the_deputy_of_one_who_is_away_answers(web: Web, site: CaseSite) -> None:
    with site.storage.writing() as tx:
        deputy = StaffStore(tx).add_person(Person("孙工", email="sun@example.com"))
        assert deputy.id is not None
        AbsenceStore(tx).add(Absence(site.engineer, web.now, web.now + timedelta(days=3), deputy.id))
    case = site.complaint("assigned", web.now)
    gateway = Scripted(lambda: TAKEN)
    told_site(web, site).send(gateway)
    sent = {address: re.findall(r"/l/(\S+)", text.body) for address, text in gateway.sent}
    [token] = sent["sun@example.com"]
    client = opened(web, token)
    assert sends(client, token, "answer", {**ANSWER, "solution": "换新机"}).status_code == 303
    assert last(site, case)[1] == "case_department:孙工"


def test_nobody_approves_what_they_proposed_by_a_link(web: Web, site: CaseSite) -> None:
    """D1: the link is theirs who have an account, whatever door they take."""
    web.add_user("zhou", Role.SUPERVISOR)
    zhou = person_of(site.storage, "zhou")
    with site.storage.writing() as tx:
        MemberStore(tx).add(Membership(site.department_id, zhou))
    case = site.complaint("assigned", web.now)
    made = make_department_link(site.storage, site.settings, case.id or 0, zhou, BOSS, web.now)
    client = opened(web, made.token)
    assert sends(client, made.token, "answer", {**ANSWER, "solution": "换新机"}).status_code == 303
    with pytest.raises(Forbidden):
        do_act(
            site.storage,
            site.settings,
            case.id or 0,
            "approve",
            {"chosen": "1"},
            Actor("zhou", (Role.SUPERVISOR,), "周", 1),
            web.now,
        )


def test_files_of_the_case_are_downloaded_by_the_link_and_no_others(web: Web, site: CaseSite) -> None:
    case, other = site.complaint("assigned", web.now), site.opened(web.now)
    png = b"\x89PNG\r\n\x1a\n" + bytes(64)
    for each in (case, other):
        uploads = [Upload(f"photo{each.id}.png", io.BytesIO(png + bytes([each.id or 0])))]
        parts = (site.storage, web.hotline.files, web.hotline.home, site.settings)
        attach(*parts, "case", each.id or 0, uploads, BOSS, web.now)
    with site.storage.reading() as tx:
        [mine], [theirs] = (AttachmentStore(tx).of("case", [each.id or 0]) for each in (case, other))
    token = link_to(web, site, case)
    client = opened(web, token)
    got = client.get(f"/l/{token}/file/{mine.id}")
    assert got.status_code == 200 and got.headers["Content-Disposition"].startswith("attachment")
    assert client.get(f"/l/{token}/file/{theirs.id}").status_code == 404
    assert web.client().get(f"/l/{token}/file/{mine.id}").status_code == 403
    assert ("case_department:王工", "attachment.download", f"case:{case.id}") in web.audit()


@pytest.fixture
def engineer(web: Web, site: CaseSite) -> FlaskClient:
    """Signed in, of the department."""
    client = web.signed_in(Role.DEPARTMENT, username="sun")
    person = person_of(site.storage, "sun")
    with site.storage.writing() as tx:
        MemberStore(tx).add(Membership(site.department_id, person))
    return client


def test_files_of_the_case_are_downloaded_by_who_is_signed_in_and_no_others(
    web: Web, site: CaseSite, engineer: FlaskClient
) -> None:
    case, other = site.complaint("assigned", web.now), site.opened(web.now)
    png = b"\x89PNG\r\n\x1a\n" + bytes(64)
    parts = (site.storage, web.hotline.files, web.hotline.home, site.settings)
    for each in (case, other):
        attach(
            *parts, "case", each.id or 0, [Upload("photo.png", io.BytesIO(png + bytes([each.id or 0])))], BOSS, web.now
        )
    with site.storage.reading() as tx:
        [mine], [theirs] = (AttachmentStore(tx).of("case", [each.id or 0]) for each in (case, other))
    page = engineer.get(f"/department-cases/{case.id}").text
    assert f"/attachments/{mine.id}" in page
    assert engineer.get(f"/attachments/{mine.id}").status_code == 200
    assert engineer.get(f"/attachments/{theirs.id}").status_code == 403
    auditor = web.signed_in(Role.AUDITOR, username="audit")
    assert auditor.get(f"/attachments/{mine.id}").status_code == 403
    seen = auditor.get(f"/cases/{case.id}")
    assert seen.status_code == 200 and "photo.png" not in seen.text, "who audits knows that there is something"


def test_signed_in_they_see_the_cases_of_their_department_alone(
    web: Web, site: CaseSite, engineer: FlaskClient
) -> None:
    case, other = site.complaint("assigned", web.now), site.opened(web.now)
    page = engineer.get("/department-cases?lang=zh").text
    assert case.number in page and other.number not in page and "技术部" in page
    assert engineer.get(f"/department-cases/{case.id}").status_code == 200
    assert engineer.get(f"/department-cases/{other.id}").status_code == 403
    assert web.signed_in(Role.OPERATOR).get("/department-cases").status_code == 403


def test_signed_in_they_answer_send_back_and_ask_for_more_time(web: Web, site: CaseSite, engineer: FlaskClient) -> None:
    first, second = site.complaint("assigned", web.now), site.complaint("assigned", web.now)
    page = f"/department-cases/{first.id}"
    assert post(engineer, f"{page}/extend", page, more="4", reason="等供应商").status_code == 303
    assert last(site, first)[:2] == ("ask_extension", "sun")
    assert post(engineer, f"{page}/answer", page, cause="漏装").status_code == 422
    assert post(engineer, f"{page}/answer", page, **ANSWER, solution="换新机").status_code == 303
    assert site.now_is(first).stage == "proposed"
    page = f"/department-cases/{second.id}"
    assert post(engineer, f"{page}/return", page, reason="属于物流部").status_code == 303
    assert site.now_is(second).stage == "judged"
    assert first.number not in engineer.get("/department-cases").text
    assert first.number in engineer.get("/department-cases?state=all").text


def test_without_an_account_or_department_nobody_gets_a_link(web: Web, site: CaseSite) -> None:
    case = site.complaint("judged", web.now)
    boss = web.signed_in(Role.SUPERVISOR)
    page = f"/cases/{case.id}/links"
    refused = post(boss, f"{page}/department", page, person=str(site.engineer))
    assert refused.status_code == 409
    case = site.step(case, "assigned", web.now)
    assert "王工" in boss.get(page).text
    made = post(boss, f"{page}/department", page, person=str(site.engineer))
    assert made.status_code == 200 and "https://hotline.example.com/l/" in made.text


def notified(web: Web, site: CaseSite) -> list[tuple[str, str]]:
    """What was handed to the gateway: address and title."""
    gateway = Scripted(lambda: TAKEN)
    told_site(web, site).send(gateway)
    return [(address, text.title) for address, text in gateway.sent]


@pytest.mark.parametrize(
    ("decided", "words", "title", "badge"),
    [
        ("grant_extension", {"note": "供应商确有延误"}, "延期申请已批准", "已批准"),
        ("refuse_extension", {"reason": "供应商确有延误"}, "延期申请未获批准", "未批准"),
    ],
)
def test_a_department_is_told_what_became_of_its_extension_and_sees_why(
    web: Web, site: CaseSite, engineer: FlaskClient, decided: str, words: dict[str, str], title: str, badge: str
) -> None:
    case = site.complaint("assigned", web.now)
    token = link_to(web, site, case)
    sends(opened(web, token), token, "extend", {"more": "8", "reason": "等供应商13900001111"})
    notified(web, site)
    web.clock.now += timedelta(minutes=5)
    site.do(case, decided, web.now, BOSS, **words)
    [(address, told)] = notified(web, site)
    assert address == "wang@example.com" and title in told and case.number in told
    page = engineer.get(f"/department-cases/{case.id}?lang=zh").text
    assert badge in page and "供应商确有延误" in page and "等供应商" in page and "13900001111" not in page


def test_whoever_asked_for_more_time_is_told_too(web: Web, site: CaseSite, engineer: FlaskClient) -> None:
    case = site.complaint("assigned", web.now)
    page = f"/department-cases/{case.id}"
    assert post(engineer, f"{page}/extend", page, more="4", reason="等供应商").status_code == 303
    site.do(case, "refuse_extension", web.now, BOSS, reason="不同意")
    bell = engineer.get("/notifications?lang=zh").text
    assert f"工单 {case.number} 的延期申请未获批准" in bell


KIND = """
code = "gauge"
words = { zh = "检测", en = "Gauge" }
begins = "registered"

[[field]]
id = "cost"
label = { zh = "费用", en = "Cost" }
type = "money"

[[field]]
id = "found_on"
label = { zh = "检测日期", en = "Found on" }
type = "day"

[[field]]
id = "outcome"
label = { zh = "检测结论", en = "Outcome" }
type = "choice"
choices = [{ id = "good", zh = "合格", en = "Good" }, { id = "bad", zh = "不合格", en = "Bad" }]

[[field]]
id = "back_at"
label = { zh = "送回时间", en = "Back at" }
type = "moment"

[[stage]]
id = "registered"
words = { zh = "已登记", en = "Registered" }

[[stage]]
id = "assigned"
words = { zh = "已派", en = "Assigned" }

[[stage]]
id = "done"
words = { zh = "已检测", en = "Done" }
closed = true

[[act]]
id = "assign"
words = { zh = "派部门", en = "Assign" }
from = ["registered"]
to = "assigned"
right = "assign_case"
needs = ["department"]
assigns = true

[[act]]
id = "measure"
words = { zh = "检测", en = "Measure" }
from = ["assigned"]
to = "done"
right = "work_on_case"
needs = ["cost", "found_on", "outcome"]
takes = ["back_at"]
"""


def test_fields_of_the_answer_are_inputs_of_their_type_and_refused_with_words_at_them(
    web: Web, site: CaseSite, engineer: FlaskClient
) -> None:
    home = web.hotline.home
    home.cases.mkdir(parents=True, exist_ok=True)
    (home.cases / "gauge.toml").write_text(KIND, "utf-8")
    record_kinds(site.storage, home, web.now)
    case = site.do(site.opened(web.now, "gauge"), "assign", web.now, BOSS, department=str(site.department_id))
    page = f"/department-cases/{case.id}"
    shown = engineer.get(f"{page}?lang=zh").text
    form = shown.split('id="answer-heading"')[1]
    for control in ('type="date"', 'inputmode="decimal"', 'type="datetime-local"', '<option value="bad">不合格'):
        assert control in form
    given = {"cost": "很贵", "found_on": "昨天", "outcome": "soso", "moment": "back_at", "back_at": "2026-11-17T09:00"}
    refused = post(engineer, f"{page}/answer", page, **given)
    assert refused.status_code == 422
    for field in ("cost", "found_on", "outcome"):
        assert f'id="answer-{field}-problem"' in refused.text
    assert 'value="2026-11-17T09:00"' in refused.text and 'id="answer-back_at-problem"' not in refused.text
    fits = {**given, "cost": "12.5", "found_on": "2026-11-16", "outcome": "bad"}
    assert post(engineer, f"{page}/answer", page, **fits).status_code == 303
    assert site.now_is(case).values == {
        "cost": "12.5",
        "found_on": "2026-11-16",
        "outcome": "bad",
        "back_at": "2026-11-17T09:00:00+08:00",
    }
