"""A case on the screen: its way, what may be done to it, what was wrong with what somebody gave, its lists."""

from __future__ import annotations

import io
import re
from datetime import timedelta

import openpyxl
import pytest
from flask.testing import FlaskClient

from hotline.domain.cases.case import Channel, ServiceCase
from hotline.domain.people import Actor, Role
from hotline.domain.staff.records import Department
from hotline.services.cases.opening import NewCase, open_case
from hotline.storage.staff.store import StaffStore
from tests.support.cases import NUMBER, USUAL
from tests.support.sample_calls import answered_call
from tests.support.web import NOW, PASSWORD, Web, csrf_of, post, sign_in

#: By kind: what must be known when one is opened.
ASKED: dict[str, dict[str, str]] = {
    "complaint": {},
    "repair": {"product": "水壶"},
    "internal": {"sort": "technical"},
    "fault": {"happened_at": "2026-11-16T09:00", "moment": "happened_at", "place": "济南", "seen": "打不进来"},
    "order": {"items": "水杯 2 个"},
}

LI = Actor("li", (Role.OPERATOR,), "李", 1, "1001")


def a_case(web: Web, kind: str = "complaint", **known: str) -> ServiceCase:
    values = {name: value for name, value in ASKED.get(kind, {}).items() if name != "moment"} | known
    new = NewCase(kind, "漏水", "用了两次就漏", number=NUMBER, values=values)
    return open_case(web.hotline.storage, web.hotline.settings, new, LI, web.now)


@pytest.fixture
def client(web: Web) -> FlaskClient:
    """Li's, who opens the cases."""
    return web.signed_in(Role.OPERATOR, username="li")


@pytest.fixture
def chief(web: Web) -> FlaskClient:
    return web.signed_in(Role.SUPERVISOR, username="boss")


def act(client: FlaskClient, case: ServiceCase, name: str, **given: str) -> int:
    page = f"/cases/{case.id}"
    return post(client, f"{page}/acts/{name}", form_page=page, **{**USUAL.get(name, {}), **given}).status_code


@pytest.mark.parametrize("name", ["wait", "urge", "remark"])
def test_d1_an_act_without_its_words_is_refused_at_its_field(web: Web, client: FlaskClient, name: str) -> None:
    case = a_case(web)
    page = f"/cases/{case.id}"
    for given in ({}, {"reason": " ", "note": " "}):
        sent = {each: words for each, words in given.items() if each == ("reason" if name == "wait" else "note")}
        answer = post(client, f"{page}/acts/{name}", form_page=page, **sent)
        assert answer.status_code == 422


def stages(page: str) -> list[tuple[str, str]]:
    """Of the line: what each is, and its words."""
    line = page.split('class="case-way"')[1].split("</ol>")[0]
    return re.findall(r'<li(?: class="([\w-]+)"(?: aria-current="step")?)?>([^<]+)</li>', line)


def department(web: Web, name: str = "技术部") -> str:
    with web.hotline.storage.writing() as tx:
        return str(StaffStore(tx).add_unit(Department(name)).id)


def test_d1_the_way_of_a_complaint_stands_on_its_page(web: Web, client: FlaskClient) -> None:
    case = a_case(web)
    page = client.get(f"/cases/{case.id}").text
    assert stages(page)[0] == ("is-here", "已登记")
    assert [words for _, words in stages(page)][-1] == "已归档"
    assert "接下来：判定成立" in page and "下次向客户反馈" in page
    assert act(client, case, "judge") == 302
    assert stages(client.get(f"/cases/{case.id}").text)[:2] == [("is-passed", "已登记"), ("is-here", "已判定")]


def test_all_that_is_missing_is_said_at_once_and_what_was_typed_stays(web: Web, client: FlaskClient) -> None:
    case = a_case(web)
    answer = post(client, f"/cases/{case.id}/acts/judge", form_page=f"/cases/{case.id}", demand="2", note="手写的话")
    assert answer.status_code == 422
    form = answer.text.split('id="act-judge"')[1].split("</details>")[0]
    assert form.count("必填。") == 2 and 'id="judge-loss-problem"' in form and 'id="judge-spread-problem"' in form
    assert "手写的话" in form and re.search(r'<option value="2" selected>', form)
    assert '<details class="case-act" name="act" id="act-judge" open>' in answer.text


def test_who_comes_second_is_told_what_was_done_meanwhile(web: Web, client: FlaskClient, chief: FlaskClient) -> None:
    case = a_case(web)
    first, second = client, chief
    token = csrf_of(second.get(f"/cases/{case.id}"))
    assert act(first, case, "remark", note="先到") == 302
    sent = {"csrf_token": token, "revision": str(case.revision), "note": "后到的话"}
    answer = second.post(f"/cases/{case.id}/acts/remark", data=sent)
    assert answer.status_code == 409
    assert "已被他人修改" in answer.text and "其间的处理：" in answer.text
    said = answer.text.split("其间的处理：")[1].split("</ul>")[0]
    assert "备注" in said and said.count("<li>") == 1
    assert "后到的话" in answer.text


def test_a_department_returns_and_an_extension_is_asked_for_and_granted(
    web: Web, client: FlaskClient, chief: FlaskClient
) -> None:
    case = a_case(web)
    assert act(client, case, "judge") == 302
    assert act(client, case, "assign", department=department(web)) == 302
    assert act(client, case, "ask_extension", clock="solution", more="5", reason="等配件") == 302
    assert act(client, case, "grant_extension") == 403
    assert act(chief, case, "grant_extension") == 302
    assert act(client, case, "return", reason="不归我们管") == 302
    page = client.get(f"/cases/{case.id}").text
    steps = page.split('class="case-steps"')[1]
    assert steps.index("退回") < steps.index("批准延期") < steps.index("申请延期") < steps.index("派责任部门")
    assert 'class="is-back"' in steps and "技术部" in steps and "不归我们管" in steps and "解决方案" in steps


def test_a_moment_is_typed_on_the_wall_clock(web: Web, client: FlaskClient) -> None:
    case = a_case(web)
    page = f"/cases/{case.id}"
    sent = {"note": "已联系", "next_word_at": "2026-12-01T09:30", "moment": "next_word_at"}
    assert post(client, f"{page}/acts/contact", form_page=page, **sent).status_code == 302
    assert "2026-12-01 09:30" in client.get(page).text


def test_a14_the_number_is_masked_and_shown_by_a_click(web: Web, client: FlaskClient) -> None:
    case = a_case(web)
    assert "138****8000" in client.get(f"/cases/{case.id}").text
    assert "13800138000" not in client.get(f"/cases/{case.id}").text
    assert "13800138000" in post(client, f"/cases/{case.id}/number", form_page=f"/cases/{case.id}").text
    assert ("li", "case.number", f"case:{case.number}") in web.audit()


def test_a_complaint_about_somebody_is_not_there_for_them(web: Web) -> None:
    case = open_case(
        web.hotline.storage,
        web.hotline.settings,
        NewCase("complaint", "态度差", about="zhou"),
        Actor("boss", (Role.SUPERVISOR,), "班长"),
        web.now,
    )
    zhou = web.signed_in(Role.OPERATOR, username="zhou")
    assert zhou.get(f"/cases/{case.id}").status_code == 404
    for page in ("/cases", "/cases?which=all&state=all", "/cases/board"):
        assert case.number not in zhou.get(page).text


def test_lists_hold_what_they_say(web: Web, client: FlaskClient, chief: FlaskClient) -> None:
    mine, other = a_case(web), a_case(web, "enquiry")
    assert act(client, other, "wait", reason="等客户寄回") == 302
    assert post(chief, f"/cases/{other.id}/acts/give", form_page=f"/cases/{other.id}", to="boss").status_code == 302
    shown = {
        which: set(re.findall(r"\d{8}-\d{3}", client.get(f"/cases?which={which}").text.split("<tbody>")[-1]))
        for which in ("mine", "all", "waiting", "overdue")
    }
    assert shown["mine"] == {mine.number} and shown["all"] == {mine.number, other.number}
    assert shown["waiting"] == {other.number} and shown["overdue"] == set()
    web.clock.advance(days=9)
    sign_in(client, "li", PASSWORD)
    assert mine.number in client.get("/cases?which=overdue").text
    assert mine.number in client.get("/cases?q=%E6%BC%8F&kind=complaint&stage=registered").text
    assert mine.number not in client.get("/cases?q=nothing").text


def test_the_board_has_a_column_for_each_open_stage(web: Web, client: FlaskClient) -> None:
    case = a_case(web)
    page = client.get("/cases/board").text
    columns = page.split('class="case-column"')[1:]
    assert len(columns) == 12 and case.number in columns[0]
    act(client, case, "judge")
    columns = client.get("/cases/board").text.split('class="case-column"')[1:]
    assert case.number not in columns[0] and case.number in columns[1]


def test_several_are_given_at_once_and_what_was_refused_is_said(
    web: Web, client: FlaskClient, chief: FlaskClient
) -> None:
    case, judged = a_case(web), a_case(web, **USUAL["assign"])
    act(chief, judged, "judge")
    token = csrf_of(chief.get("/cases"))
    both = {"csrf_token": token, "case": [str(case.id), str(judged.id)]}
    chief.post("/cases/several/give", data={**both, "to": "boss"})
    assert case.number in chief.get("/cases?which=mine").text
    chief.post("/cases/several/assign", data={**both, "department": department(web)})
    said = chief.get("/cases").text
    assert "已转出 1 件" in said and "1 件未转出" in said
    assert client.post("/cases/several/give", data=both).status_code in (400, 403)


def test_exports_are_in_words_and_hold_no_formulas(web: Web, client: FlaskClient, chief: FlaskClient) -> None:
    known = {"contact_person": "王建国"}
    new = NewCase("complaint", "=HYPERLINK(1)", "+1", channel=Channel.LETTER, values=known)
    open_case(web.hotline.storage, web.hotline.settings, new, LI, NOW)
    book = openpyxl.load_workbook(io.BytesIO(chief.get("/cases/export.xlsx").data))
    header, row = book.worksheets[0].iter_rows(values_only=True)
    cells = dict(zip(header, row, strict=True))
    assert cells["类型"] == "投诉" and cells["环节"] == "已登记" and cells["来源渠道"] == "信函"
    assert "联系人" not in header
    known = chief.get("/cases/export.xlsx?kind=complaint").data
    header, row = openpyxl.load_workbook(io.BytesIO(known)).worksheets[0].iter_rows(values_only=True)
    assert dict(zip(header, row, strict=True))["联系人"] == "王建国"
    title = book.worksheets[0].cell(2, header.index("标题") + 1)
    assert title.value == "=HYPERLINK(1)" and title.data_type == "s"
    assert "'=HYPERLINK(1)" in chief.get("/cases/export.csv").text
    assert client.get("/cases/export.xlsx").status_code == 403


@pytest.mark.parametrize("kind", sorted(ASKED))
def test_a_case_of_any_kind_is_opened_by_itself(web: Web, kind: str, client: FlaskClient) -> None:
    page = f"/cases/new?kind={kind}"
    assert post(client, page, form_page=page, title=" ").status_code == 422
    opened = post(client, page, form_page=page, title="匿名来信", channel="letter", **ASKED[kind])
    assert opened.status_code == 302
    assert "匿名来信" in client.get(opened.location).text and "信函" in client.get(opened.location).text


def test_the_kinds_own_fields_are_asked_for_and_kept(web: Web, client: FlaskClient) -> None:
    page = "/cases/new?kind=return_goods"
    sent = {"title": "退货", "delivered_on": "gestern", "items": "水杯", "number": "13800138000"}
    refused = post(client, page, form_page=page, **sent)
    assert refused.status_code == 422 and 'id="new-delivered_on-problem"' in refused.text and "水杯" in refused.text
    opened = post(client, page, form_page=page, **{**sent, "delivered_on": "2026-11-20"})
    assert "2026-11-20" in client.get(opened.location).text and "138****8000" in client.get(opened.location).text


def test_a_case_is_opened_from_a_call_or_the_call_is_attached_to_one(web: Web, client: FlaskClient) -> None:
    web.keep(answered_call("node1-1.7", NOW - timedelta(minutes=9)))
    call_id = web.call_id("node1-1.7")
    case = a_case(web)
    page = f"/cases/new?call={call_id}"
    text = client.get(page).text
    assert "138****8000" in text and case.number in text
    attached = post(client, f"/cases/{case.id}/acts/attach_call", form_page=page, call="node1/node1-1.7")
    assert attached.status_code == 302
    assert f"/calls/{call_id}" in client.get(f"/cases/{case.id}").text
    opened = post(client, page, form_page=page, title="又漏了")
    assert f"/calls/{call_id}" in client.get(opened.location).text and "138****8000" in client.get(opened.location).text


@pytest.mark.parametrize(
    ("kind", "paper", "title"),
    [
        ("complaint", "registration", "投诉登记表"),
        ("complaint", "handling", "投诉处理表"),
        ("internal", "work_slip", "工作联络单"),
        ("repair", "repair_report", "维修报告"),
    ],
)
def test_papers(web: Web, kind: str, paper: str, title: str, client: FlaskClient) -> None:
    case = a_case(web, kind)
    text = client.get(f"/cases/{case.id}/papers/{paper}").text
    assert f"<h1>{title}</h1>" in text and case.number in text and "用了两次就漏" in text
    assert f"/cases/{case.id}/papers/{paper}" in client.get(f"/cases/{case.id}").text


def test_a_kind_has_its_own_papers_alone(web: Web, client: FlaskClient) -> None:
    assert client.get(f"/cases/{a_case(web, 'repair').id}/papers/registration").status_code == 404


def test_d1_the_month_as_page_and_workbook_with_causes_and_measures(
    web: Web, client: FlaskClient, chief: FlaskClient
) -> None:
    case = a_case(web)
    a_case(web, "enquiry")
    assert act(client, case, "judge") == 302
    assert act(client, case, "assign", department=department(web)) == 302
    assert act(client, case, "return", reason="不归我们管") == 302
    assert act(client, case, "assign", department=department(web, "质量部")) == 302
    assert act(client, case, "check", cause="密封圈老化", responsible="装配组") == 302
    page = chief.get("/cases/month?month=2026-11").text
    rates = dict(re.findall(r"<dt>(\S+?)</dt><dd>([\d.%–]+)", page))
    assert rates["退回率"] == "100%" and rates["改派率"] == "0%" and rates["满意率"] == "–"
    assert "密封圈老化" in page and case.number in page
    assert rates["督办率"] == rates["并单率"] == "0%"
    counted = chief.get("/cases/month?month=2026-11&rate=returned").text
    assert case.number in counted.split('id="causes"')[1] and "rate=returned" in page and "rate=urged" not in page
    assert case.number not in chief.get("/cases/month?month=2026-11&rate=urged").text.split('id="causes"')[1]
    assert re.search(r"<dt>原因</dt><dd[^>]*>密封圈老化</dd>", client.get(f"/cases/{case.id}").text)
    assert case.number not in chief.get("/cases/month?month=2026-10").text
    for path in ("/cases/month", "/cases/month/table.xlsx"):
        wrong = chief.get(f"{path}?month=2026-13")
        assert wrong.status_code == 422 and "月份格式应为" in wrong.text
    book = openpyxl.load_workbook(io.BytesIO(chief.get("/cases/month/table.xlsx?month=2026-11").data))
    assert book.sheetnames == ["分类统计", "各项比率", "原因与措施"]
    assert [row[:2] for row in book["分类统计"].iter_rows(values_only=True)][-1] == ("全部", 1)
    assert "密封圈老化" in [row[4] for row in book["原因与措施"].iter_rows(values_only=True)]
    assert client.get("/cases/month").status_code == 403


def test_a_filter_is_kept_by_a_name_and_shared_by_who_supervises(
    web: Web, client: FlaskClient, chief: FlaskClient
) -> None:
    page = "/cases?which=overdue&kind=complaint"
    assert post(client, "/cases/filters?which=overdue&kind=complaint", page, name="超期投诉").status_code == 303
    assert post(client, "/cases/filters", "/cases", name="全组", shared="all").status_code == 303
    shown = client.get("/cases").text
    assert "/cases?which=overdue&amp;kind=complaint" in shown and "超期投诉" in shown
    assert "只有主管可以" in shown and "全组" not in shown.split('role="search"')[0]
    assert post(chief, "/cases/filters?severity=severe", "/cases", name="急件", shared="all").status_code == 303
    shown = client.get("/cases").text
    assert "急件" in shown and "删除筛选 急件" not in shown and "删除筛选 超期投诉" in shown
    [drop] = re.findall(r'action="(/cases/filters/\d+/drop)', shown)
    assert post(client, drop, "/cases").status_code == 303
    shown = client.get("/cases").text
    assert "删除筛选 超期投诉" not in shown and "急件" in shown


def test_d6_a_grave_case_begins_with_its_checklist_and_the_page_says_who_began_what(
    web: Web, client: FlaskClient
) -> None:
    """002 二.3: the emergency plan is begun at once."""
    case = a_case(web)
    page = f"/cases/{case.id}"
    assert "act-check_off" not in client.get(page).text, "nothing is begun before it is grave"
    assert act(client, case, "judge", demand="3", loss="3", spread="3") == 302
    shown = client.get(page).text
    assert shown.count("尚未启动") == 3 and '<option value="1">启动应急预案</option>' in shown
    assert act(client, case, "check_off", check_item="1") == 302
    shown = client.get(page).text
    assert shown.count("尚未启动") == 2 and shown.count(">已启动<") == 1
    assert '<option value="1">启动应急预案</option>' not in shown
    for wrong in ("1", "9", "x", ""):
        assert act(client, case, "check_off", check_item=wrong) == 422
    for item in ("2", "3"):
        assert act(client, case, "check_off", check_item=item) == 302
    shown = client.get(page).text
    assert "尚未启动" not in shown and "act-check_off" not in shown
