"""F5, F7: the page of the rules and one rule's page, as each role sees them."""

from __future__ import annotations

import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from hotline.domain.people import Actor, Role
from hotline.domain.rules.registry import RULES
from hotline.domain.rules.rule import Kind
from hotline.domain.verdicts.verdict import Subject, WhyJudged
from hotline.services.settings.figures import figure_keys
from hotline.services.settings.settings import change_settings
from hotline.web.compliance.labels import WHYS
from hotline.web.compliance.worked import WORKED_AT
from tests.support.kept_rules import judge
from tests.support.sample_calls import answered_call
from tests.support.web import Web, a_web

DAY = date(2026, 11, 10)
ADMIN = Actor("admin", (Role.ADMINISTRATOR,), "管理员")


@pytest.fixture
def web(tmp_path: Path) -> Web:
    return a_web(tmp_path)


@pytest.fixture
def client(web: Web) -> FlaskClient:
    found = web.signed_in(Role.SUPERVISOR)
    found.set_cookie("language", "en")
    return found


def row_of(page: str, rule: str) -> str:
    """The table row of a rule, without its markup."""
    [row] = [each for each in re.findall(r"<tr>.*?</tr>", page, re.DOTALL) if f">{rule} " in each]
    return " ".join(re.sub("<[^>]+>", " ", row).split())


def test_every_rule_stands_on_the_page_with_its_regulation(client: FlaskClient) -> None:
    page = client.get("/reports/rules").text
    for rule in RULES.values():
        assert f'href="/reports/rules/{rule.id}?' in page
        assert rule.sentence in page


def test_rate_size_trend_mark_and_reasons_stand_in_a_rules_row(web: Web, client: FlaskClient) -> None:
    judge(web.hotline.storage, "A8", date(2026, 10, 20), kept=1)
    judge(
        web.hotline.storage, "A8", DAY, kept=1240, broken=35, not_judged=4, not_applicable=3, why=WhyJudged.NOT_MEASURED
    )
    row = row_of(client.get("/reports/rules").text, "A8")
    for words in ("97.3 % · 1,275", "▼ −2.7", "On target", "35 broken", "3 not applicable", "not measured 4"):
        assert words in row
    assert "worse since the week of 2026-11-09" in row


def test_below_yellow_and_red_are_told_in_words(web: Web, client: FlaskClient) -> None:
    judge(web.hotline.storage, "A8", DAY, kept=93, broken=7)
    judge(web.hotline.storage, "C1", DAY, kept=1, broken=1)
    page = client.get("/reports/rules?low=1").text
    assert "Below yellow" in row_of(page, "A8") and "Below red" in row_of(page, "C1")
    assert 'href="/reports/rules/C2?' not in page


@pytest.mark.parametrize(
    ("asked", "there", "not_there"),
    [
        ("kind=W", "F9", "A8"),
        ("q=a8", "A8", "A9"),
        ("q=hangs+up", "C3", "C1"),
        ("q=响铃不得超过三声", "A8", "C1"),
        ("q=紫金400", "C5", "A1"),
    ],
)
def test_rules_are_found_by_kind_id_words_and_source(
    client: FlaskClient, asked: str, there: str, not_there: str
) -> None:
    page = client.get(f"/reports/rules?{asked}").text
    assert f'href="/reports/rules/{there}?' in page and f'href="/reports/rules/{not_there}?' not in page


def test_by_regulation_a_rule_stands_below_each_that_asks_for_it(client: FlaskClient) -> None:
    page = client.get("/reports/rules?group=regulation").text
    assert page.count('href="/reports/rules/A8?') == len({source.regulation for source in RULES["A8"].sources})
    assert "《400接线礼节用语》" in page and 'id="group-ours"' in page
    assert "Answering" in client.get("/reports/rules?group=nothing").text


@pytest.mark.parametrize(
    "asked",
    [
        "period=days&since=2026-11-10&until=2026-11-09",
        "period=days&since=2016-11-10&until=2026-11-09",
        "period=days&since=x&until=y",
        "period=month&day=2028-02-29",
        "period=week&day=2027-12-31",
        "period=days&since=2028-02-29&until=2028-02-29",
        "day=0000-00-00&person=99999999999&line=<script>&q=%00%25'\"<script>&page=-1&kind=Z",
        "person=-1&line=spare&period=quarter",
    ],
)
def test_odd_periods_and_hostile_words_are_answered(client: FlaskClient, asked: str) -> None:
    for path in ("/reports/rules", "/reports/rules/A8"):
        answer = client.get(f"{path}?{asked}")
        assert answer.status_code == 200 and "<script>&" not in answer.text


def test_ten_years_and_no_days_are_told_to_be_too_much(client: FlaskClient) -> None:
    assert "At most 366 days" in client.get("/reports/rules?period=days&since=2016-11-10&until=2026-11-09").text
    page = client.get("/reports/rules?period=days&since=2026-11-10&until=2026-11-09").text
    assert "A day to begin with and a later one" in page


def test_a_day_that_is_none_is_told(client: FlaskClient) -> None:
    page = client.get("/reports/rules?period=days&since=2026-11-10&until=2026-13-45").text
    assert "A day to begin with and a later one" in page
    for address in ("/reports/rules?period=month&day=2026-13-45", "/breaches?period=month&day=2026-02-30"):
        page = client.get(address).text
        assert "A day like 2026-11-22 was expected." in page and 'role="alert"' in page


def test_a_breach_opens_its_call_at_the_second_of_the_evidence(web: Web, client: FlaskClient) -> None:
    web.keep(answered_call("c-1", web.now - timedelta(days=6)))
    call_id = web.call_id("c-1")
    judge(
        web.hotline.storage, "C4", DAY, broken=1, subject_id=str(call_id), evidence={"kind": "forbidden", "from": 12.5}
    )
    page = client.get("/reports/rules/C4").text
    assert f'href="/calls/{call_id}#t=12.5"' in page
    assert "at 13 s of the recording" in page and "None in this time." not in page


@pytest.mark.parametrize(
    ("rule", "address"),
    [
        ("A11", "/reports/view/answered?period=days&amp;since=2026-11-01&amp;until=2026-11-30&amp;line=main"),
        ("G5", "/reports/view/service_level?period=days&amp;since=2026-11-01&amp;until=2026-11-30&amp;line=main"),
        ("E9", "/satisfaction?period=month&amp;day=2026-11-01"),
        ("F3", "/appraisal?month=2026-11"),
        ("F4", "/breaches?period=month&amp;day=2026-11-01"),
        ("B4", "/reports/made?kind=daily"),
    ],
)
def test_a_broken_month_opens_what_it_was_made_of(web: Web, client: FlaskClient, rule: str, address: str) -> None:
    judge(web.hotline.storage, rule, DAY, broken=1, subject=Subject.MONTH, subject_id="2026-11")
    assert f'href="{address}"' in client.get(f"/reports/rules/{rule}").text
    assert client.get(address.replace("&amp;", "&")).status_code == 200


def test_f12_a_breach_opens_the_report_that_nobody_confirmed(web: Web, client: FlaskClient) -> None:
    told = {"report": 7}
    judge(web.hotline.storage, "F12", DAY, broken=1, subject=Subject.MONTH, subject_id="2026-11", evidence=told)
    page = client.get("/reports/rules/F12").text
    assert 'href="/reports/made/7"' in page
    assert 'href="/breaches"' in page


def test_a_shift_and_a_day_of_the_roster_open_the_plan_of_their_week_or_month(web: Web, client: FlaskClient) -> None:
    judge(web.hotline.storage, "F6", DAY, broken=1, subject=Subject.SHIFT)
    judge(web.hotline.storage, "A16", DAY, broken=1, subject=Subject.ROSTER_DAY, subject_id="2026-11-10")
    assert 'href="/shifts?view=week&amp;at=2026-11-10"' in client.get("/reports/rules/F6").text
    assert 'href="/roster?month=2026-11"' in client.get("/reports/rules/A16").text


def test_a1_days_with_the_same_hours_are_one_figure(client: FlaskClient) -> None:
    row = row_of(client.get("/reports/rules").text, "A1")
    assert row.count("Working hours:") == 1
    assert "Working hours: Monday to Friday 09:00-12:00, 13:00-17:30" in row
    shown = client.get("/reports/rules/A1").text
    for words in ("Monday to Friday 09:00-12:00, 13:00-17:30<", "Saturday to Sunday not open<"):
        assert words in shown  # the first is the regulation's, the second ours


def test_a1_a_day_that_was_decided_on_stands_apart(web: Web, client: FlaskClient) -> None:
    change_settings(web.hotline.in_force, ADMIN, {"hours.sat": ["09:00-12:00"]}, web.now)
    assert "Monday to Friday 09:00-12:00, 13:00-17:30; Saturday 09:00-12:00" in row_of(
        client.get("/reports/rules").text, "A1"
    )
    shown = client.get("/reports/rules/A1").text
    for words in ("Monday to Friday 09:00-12:00, 13:00-17:30<", "Saturday 09:00-12:00<", "Sunday not open<"):
        assert words in shown


def test_a_period_that_is_over_stands_beside_the_figure_of_then(web: Web, client: FlaskClient) -> None:
    change_settings(web.hotline.in_force, ADMIN, {"rules.answered.most_rings": 4}, web.now)
    assert "Most rings: 4" in row_of(client.get("/reports/rules").text, "A8")
    assert "Most rings: 3" in row_of(client.get("/reports/rules?period=month&day=2026-10-01").text, "A8")


def test_one_rules_page_has_its_figures_by_date_and_whose_they_are(web: Web, client: FlaskClient) -> None:
    judge(web.hotline.storage, "A13", DAY, kept=3, broken=1)
    page = client.get("/reports/rules/A13").text
    for words in ("Seconds between two prompts", "as the files say", "95 %, 90 %"):
        assert words in page
    assert re.search("the regulation(&#39;|')s", page)
    assert '<script type="application/json" id="rule-data">' in page
    assert "2026-11-10" in page  # the table beside the chart


def test_where_people_work_a_rule_its_page_leads_there(client: FlaskClient) -> None:
    assert 'href="/cards"' in client.get("/reports/rules/C10").text
    worked = {rule.id for rule in RULES.values() if Kind.WORKED in rule.kinds}
    assert worked <= set(WORKED_AT) <= set(RULES)


def test_every_page_where_a_rule_is_worked_exists(web: Web) -> None:
    known = {rule.endpoint for rule in web.app.url_map.iter_rules()}
    assert {endpoint for pages in WORKED_AT.values() for endpoint in pages} <= known


def test_every_reason_has_words() -> None:
    assert set(WHYS) == set(WhyJudged)


def test_a_rule_that_there_is_not(client: FlaskClient) -> None:
    assert client.get("/reports/rules/X9").status_code == 404
    assert client.get("/reports/rules/<script>").status_code == 404


@pytest.mark.parametrize("role", [each for each in Role if each is not Role.DEPARTMENT])
def test_who_may_see_it(web: Web, role: Role) -> None:
    client = web.signed_in(role)
    assert client.get("/reports/rules").status_code == 200
    assert client.get("/reports/rules/A8").status_code == 200


def test_departments_do_not(web: Web) -> None:
    client = web.signed_in(Role.DEPARTMENT)
    assert client.get("/reports/rules").status_code == client.get("/reports/rules/A8").status_code == 403


def test_only_administrators_are_led_to_where_figures_are_changed(web: Web, client: FlaskClient) -> None:
    assert 'href="/rules/A8"' not in client.get("/reports/rules/A8").text
    admin = web.signed_in(Role.ADMINISTRATOR)
    assert 'href="/rules/A8"' in admin.get("/reports/rules/A8").text
    assert 'href="/reports/rules/A8"' in admin.get("/rules/A8").text
    assert 'href="/reports/rules"' in admin.get("/rules").text


@pytest.mark.parametrize("rule", RULES)
def test_every_figure_of_a_rule_has_a_name(client: FlaskClient, rule: str) -> None:
    page = client.get(f"/reports/rules/{rule}").text
    keys = [each.key for each in figure_keys(rule)]
    assert not [key for key in keys if f">{key}<" in page]
