"""Along every route, as an operator who had none of the calls: nowhere stands a stranger's number whole (A14, E4)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from hotline.domain.operators.push import Reader
from hotline.domain.outbox import OutboxEntry
from hotline.domain.people import Actor, Role
from hotline.services.operators.news import NewsSource
from hotline.services.outbox_topics import CALL, FORM
from hotline.web.push.teller import Teller
from tests.support.routes import CHANGING, values_of
from tests.support.strangers import NUMBERS, Strangers, shown_in, somebody, strangers
from tests.support.web import Web, a_web, csrf_of

#: Every route that is read, by what its answer can hold. A new one has to be put into its place here: does it show
#: numbers, or let hear or read what was said (then it stands in test_web_hearing.py besides)?
SHOWS_NUMBERS = frozenset(
    {
        "api.board",
        "api.call",
        "api.calls",
        "api.customer_detail",
        "api.customer_history",
        "api.customers_found",
        "api.dial_now",
        "api.directory_found",
        "api.due",
        "api.export_cases",
        "api.find",
        "api.floor_now",
        "api.handovers",
        "api.list_block_requests",
        "api.list_callbacks",
        "api.list_cases",
        "api.list_dial_approvals",
        "api.list_forms",
        "api.list_visits",
        "api.messages_left",
        "api.one_pop",
        "api.owed_rows",
        "api.own_calls",
        "api.projects_found",
        "api.read_audit",
        "api.read_callback",
        "api.read_case",
        "api.read_dial",
        "api.read_form",
        "api.read_one_campaign",
        "api.read_project",
        "api.read_request",
        "api.read_sheet",
        "api.read_visit",
        "api.recording_audio",
        "api.report",
        "api.requests",
        "api.rows",
        "api.see_board",
        "attachments.download",
        "audit.index",
        "block_requests.index",
        "blocklist.index",
        "call.recording_audio",
        "call.recording_download",
        "call.show",
        "call_details.index",
        "callbacks.index",
        "campaign_members.index",
        "campaign_members.table",
        "campaigns.show",
        "case_lists.export",
        "case_lists.index",
        "case_opening.new",
        "case_papers.show",
        "cases.show",
        "customer_merging.choose",
        "customers.edit",
        "customers.export",
        "customers.index",
        "customers.show",
        "department_cases.index",
        "department_cases.show",
        "dial_approvals.index",
        "directory.edit",
        "directory.export",
        "directory.index",
        "directory.left",
        "examinations.show",
        "floor.index",
        "floor.wall",
        "forms.index",
        "forms.show",
        "handover.every",
        "handover.index",
        "handover.sheet",
        "ledger.calls",
        "line.index",
        "my_results.show",
        "owed_figures.index",
        "owners.show",
        "privacy.copy",
        "privacy.index",
        "privacy.show",
        "project_tasks.index",
        "project_tasks.record",
        "projects.edit",
        "projects.export",
        "projects.index",
        "projects.show",
        "questionnaires.results",
        "questionnaires.table",
        "report_link.workbook",
        "reports.rows",
        "retention.index",
        "roster.export",
        "roster.index",
        "satisfaction.index",
        "satisfaction.table",
        "scheduled_reports.show",
        "scheduled_reports.workbook",
        "search.index",
        "sms.index",
        "visit_checks.show",
        "visit_links.index",
        "visit_papers.show",
        "visits.export",
        "visits.index",
        "visits.of_case",
        "visits.show",
    }
)
SHOWS_NONE = frozenset(
    {
        "account.change_password",
        "account.second_step",
        "account.sign_in",
        "adherence.index",
        "adherence.sheet",
        "alerts.index",
        "api.adherence_of_people",
        "api.all_displays",
        "api.appraisal_card",
        "api.appraisal_month",
        "api.appraisal_rows",
        "api.at_work",
        "api.campaigns_listed",
        "api.cards_found",
        "api.colleagues",
        "api.count_verdicts",
        "api.customer_owners",
        "api.deletions",
        "api.example_clip",
        "api.figure_rows",
        "api.health",
        "api.holds",
        "api.left_out_days",
        "api.list_accounts",
        "api.list_api_tokens",
        "api.list_appeals",
        "api.list_breaches",
        "api.list_calibrations",
        "api.list_case_kinds",
        "api.list_categories",
        "api.list_contests",
        "api.list_departments",
        "api.list_draws",
        "api.list_examinations",
        "api.list_examples",
        "api.list_filters",
        "api.list_leaves",
        "api.list_open_shifts",
        "api.list_own_shifts",
        "api.list_people",
        "api.list_plan",
        "api.list_questionnaires",
        "api.list_rectifications",
        "api.list_score_forms",
        "api.list_sessions",
        "api.list_teams",
        "api.list_verdicts",
        "api.me",
        "api.one_verdict",
        "api.openapi_document",
        "api.owed_figures",
        "api.own_day",
        "api.quality_of_call",
        "api.read_calibration",
        "api.read_examination",
        "api.read_example",
        "api.read_figures",
        "api.read_shift",
        "api.recording_peaks",
        "api.reported_figures",
        "api.results_of_one",
        "api.staffing_week",
        "api.today",
        "api.training_register",
        "api.transfer_state",
        "api.unread",
        "appraisal.card",
        "appraisal.index",
        "appraisal.rows",
        "appraisal.sheet",
        "appraisal.table",
        "backups.ask_password",
        "backups.confirm",
        "backups.index",
        "breaches.index",
        "breaches.table",
        "bulletins.index",
        "bulletins.new",
        "bulletins.show",
        "calendar.index",
        "call_logs.show",
        "call_logs.text",
        "campaigns.edit",
        "campaigns.index",
        "campaigns.new",
        "cards.edit",
        "cards.index",
        "cards.new",
        "carrier.index",
        "case_links.show",
        "case_lists.board",
        "case_month.index",
        "case_month.table",
        "case_word.form",
        "company.ask",
        "company.back",
        "company.out",
        "console.index",
        "console.summary",
        "customers.new",
        "dashboard_changes.show",
        "dashboards.index",
        "dashboards.tiles",
        "data_dictionary.index",
        "data_dictionary.show",
        "deadlines.moved",
        "department_cases.file",
        "department_hours.show",
        "directory.leave",
        "directory.new",
        "discs.image",
        "discs.index",
        "duty.moved",
        "emergency.banner",
        "emergency.index",
        "emergency.sound",
        "examples.index",
        "first_hour.caller",
        "first_hour.index",
        "floor.enter",
        "hiring.hire",
        "hiring.leave",
        "hiring.open_matters",
        "hiring.operator",
        "improvement.appeal",
        "improvement.appeals",
        "improvement.calibration",
        "improvement.calibrations",
        "improvement.rectifications",
        "job_runs.index",
        "job_runs.show",
        "ledger.index",
        "links.show",
        "living_links.index",
        "machine.index",
        "menu.waiting",
        "menu_report.index",
        "menu_report.workbook",
        "menus.add_menu",
        "menus.draft",
        "menus.index",
        "menus.menu",
        "menus.tried",
        "missing.index",
        "my_results.index",
        "notifications.index",
        "notifications.show",
        "oneself.index",
        "own_day.index",
        "own_day.tiles",
        "own_notifications.index",
        "own_sessions.active",
        "own_sessions.index",
        "own_sessions.left",
        "own_shifts.index",
        "owners.index",
        "pauses.index",
        "people.add",
        "people.edit",
        "people.index",
        "people_import.present",
        "privacy.new",
        "projects.new",
        "prompts.delivered_sound",
        "prompts.index",
        "prompts.show",
        "prompts.version_sound",
        "quality.examinations",
        "quality_figures.calls",
        "quality_figures.export",
        "quality_figures.index",
        "questionnaires.index",
        "questionnaires.new",
        "reconciliation.index",
        "report_choices.index",
        "reports.index",
        "reports.show",
        "reports.workbook",
        "retention.all_holds",
        "retention.deletions",
        "retention.export_deletions",
        "rule_results.index",
        "rule_results.show",
        "rule_verdicts.contests",
        "rule_verdicts.show",
        "rules.index",
        "rules.show",
        "samples.index",
        "samples.show",
        "scheduled_reports.index",
        "score_forms.index",
        "score_forms.new",
        "score_forms.show",
        "second_factor.index",
        "second_factor.set_up",
        "sent_notifications.index",
        "settings.add",
        "settings.entry",
        "settings.group",
        "settings.index",
        "settings.transfer",
        "settings.tree",
        "settings.version_list",
        "settings.version_shown",
        "shift_feed.show",
        "shift_requests.index",
        "shifts.index",
        "shifts.skills_page",
        "shifts.table",
        "shifts.workbook",
        "sign_ins.index",
        "staff.index",
        "staff.new",
        "staff.show",
        "staffing.index",
        "staffing.sheet",
        "supervision.index",
        "supervision.table",
        "tables.choose",
        "tables.settle",
        "tables.template",
        "tokens.index",
        "trainings.index",
        "trainings.new",
        "trainings.sheet",
        "trainings.show",
        "transcription.index",
        "trying_notifications.index",
        "units.index",
        "units.new",
        "units.show",
        "visit_checks.index",
        "visit_months.index",
        "visit_months.report",
        "visit_months.report_table",
        "visit_months.table",
        "voices.index",
        "voices.sound",
        "webhooks.index",
        "webhooks.show",
        "work_summaries.index",
    }
)
#: Streams, walked by what they are made of (below); files of the program; what a link of its own opens (B2).
NOT_WALKED = frozenset(
    {"api.bell_events", "api.events", "floor.wall_events", "links.static", "static", "phone_socket.phone_socket"}
)

#: Ids in this small world, and some that are not there.
IDS = range(1, 6)
OWED = "?since=2026-11-01T00:00&until=2026-11-30T00:00&of=callbacks&figure=owed"
QUERIES = ("", "?q=13811110001", "?q=0001", "?caller=0001", "?state=all", "?owner=all", OWED)


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> tuple[Web, Strangers]:
    web = a_web(tmp_path_factory.mktemp("strangers"))
    return web, strangers(web)


@pytest.fixture(scope="module")
def operator(world: tuple[Web, Strangers]) -> FlaskClient:
    """At 1002; all calls were 1001's."""
    return somebody(world[0], "qian", Role.OPERATOR, extension="1002")


@pytest.fixture(scope="module")
def supervisor(world: tuple[Web, Strangers]) -> FlaskClient:
    return somebody(world[0], "boss", Role.SUPERVISOR, Role.ADMINISTRATOR)


def read_routes(app: Flask) -> dict[str, list[str]]:
    """By endpoint: the addresses it is walked at."""
    found: dict[str, list[str]] = {}
    adapter = app.url_map.bind("localhost")
    for rule in app.url_map.iter_rules():
        if "GET" in (rule.methods or ()) and rule.endpoint not in NOT_WALKED:
            values = [values_of(rule, each) for each in IDS] if rule.arguments else [{}]
            found[rule.endpoint] = [adapter.build(rule.endpoint, each) for each in values]
    return found


def walk(client: FlaskClient, app: Flask) -> Iterator[tuple[str, set[str]]]:
    """(address, whose numbers its answer shows)."""
    for endpoint, addresses in read_routes(app).items():
        queries = QUERIES if endpoint in SHOWS_NUMBERS else ("",)
        for address in addresses:
            for query in queries if not address.endswith(tuple("12345")) else ("",):
                answer = client.get(address + query)
                headers = "\n".join(f"{name}: {value}" for name, value in answer.headers)
                body = answer.get_data().decode("utf-8", "replace")
                yield address + query, shown_in(_without(query, headers + body))


def _without(query: str, text: str) -> str:
    """What was asked for may stand in the answer's form."""
    asked = query.partition("=")[2]
    return text.replace(f'value="{asked}"', "").replace(f"q={asked}", "") if asked else text


def test_every_route_that_is_read_has_its_place_in_these_lists(world: tuple[Web, Strangers]) -> None:
    endpoints = {rule.endpoint for rule in world[0].app.url_map.iter_rules() if "GET" in (rule.methods or ())}
    assert endpoints == SHOWS_NUMBERS | SHOWS_NONE | NOT_WALKED
    assert not SHOWS_NUMBERS & SHOWS_NONE


def test_the_walk_would_find_each_number_where_it_may_be_seen(
    world: tuple[Web, Strangers], supervisor: FlaskClient
) -> None:
    """A supervisor is shown all of them, so each can be shown to others by mistake."""
    shown = {whose for _address, found in walk(supervisor, world[0].app) for whose in found}
    assert shown == set(NUMBERS)


def test_a14_an_operator_sees_no_strangers_number_on_any_route(
    world: tuple[Web, Strangers], operator: FlaskClient
) -> None:
    leaks = {address: found for address, found in walk(operator, world[0].app) if found}
    assert leaks == {}


@pytest.mark.parametrize("role", [Role.LEADER, Role.DEPARTMENT, Role.AUDITOR])
def test_a14_nor_does_whoever_leads_others_or_none_comes_from_a_department_or_audits(
    world: tuple[Web, Strangers], role: Role
) -> None:
    client = somebody(world[0], f"new-{role.value}", role)
    leaks = {address: found for address, found in walk(client, world[0].app) if found}
    assert leaks == {}


def test_a14_nor_after_trying_every_act_on_what_is_not_theirs(tmp_path: Any) -> None:
    """Whatever is accepted, it gives nobody a number; the answers themselves show none."""
    web = a_web(tmp_path)
    theirs = strangers(web)
    operator = somebody(web, "qian", Role.OPERATOR, extension="1002")
    csrf = csrf_of(operator.get("/password"))
    adapter = web.app.url_map.bind("localhost")
    for rule in web.app.url_map.iter_rules():
        for method in sorted(CHANGING & (rule.methods or set())):
            if rule.endpoint in _OWN_BUSINESS:
                continue
            for each in IDS if rule.arguments else (1,):
                values = values_of(rule, each)
                address = adapter.build(rule.endpoint, values, method=method)
                for body in _bodies(rule.endpoint, theirs):
                    kind = {"json": body} if address.startswith("/api/") else {"data": body}
                    answer = operator.open(address, method=method, headers={"X-CSRFToken": csrf}, **kind)  # type: ignore[arg-type]
                    assert answer.status_code < 500, f"{method} {address}"
                    assert shown_in(answer.text) == set(), f"{method} {address} {body}"
    leaks = {address: found for address, found in walk(operator, web.app) if found}
    assert leaks == {}


#: Signing out, and taking a callback or a return visit: whoever has taken it sees its number (test_web_rights.py).
_OWN_BUSINESS = frozenset(
    {
        "account.sign_out",
        "account.change_password",
        "api.take_visit",
        "callbacks.take",
        "own_sessions.end",
        "own_sessions.end_others",
        "second_factor.begin",
        "second_factor.codes",
        "second_factor.confirm",
        "visit_acts.take",
    }
)


def _bodies(endpoint: str, theirs: Strangers) -> list[dict[str, Any]]:
    name = endpoint.rpartition(".")[2]
    return [{}, *_BODIES.get(name, [])] + ([{"other_id": theirs.customer}] if "merge" in name else [])


_BODIES: dict[str, list[dict[str, Any]]] = {
    "save_form_of_call": [{"content": "x"}],
    "save_form": [{"version": 1, "content": "x"}, {"version": 2, "content": "x"}],
    "open_callback": [{"number": "", "reason": "promised"}],
    "open_case": [{"kind": "complaint", "title": "x"}],
    "ask_to_block": [{"reason": "x"}],
    "new_customer_number": [{"number": "13822220000"}],
    "add_number": [{"number": "13822220000"}],
    "change_customer": [{"version": 1, "name": "x"}],
    "split_customer": [{"number_ids": [1]}, {"merged_id": 1}],
    "split": [{"number_id": "1"}],
    "undo": [{"merged_id": "1"}],
    "leave_message": [{"text": "x", "call_id": n} for n in IDS],
    "leave": [{"text": "x"}],
    "mark_example": [{"call_id": n, "title": "x", "lesson": "y"} for n in IDS],
    "new_customer": [{"name": "x"}],
}


def test_a14_nothing_that_is_pushed_to_an_operator_holds_a_whole_number(world: tuple[Web, Strangers]) -> None:
    """Of one's own call neither, nor of a record that comes from the duty mobile."""
    web, theirs = world
    zhao = Reader(Actor("zhao", (Role.OPERATOR,), "赵敏", 1, "1001"))
    boss = Reader(Actor("boss", (Role.SUPERVISOR,), "Boss", 2), floor=True)
    entries = [
        OutboxEntry(CALL, {"id": theirs.talking}, web.now, 1),
        OutboxEntry(
            FORM,
            {
                "form_id": theirs.duty_form,
                "owner": "1001",
                "state": "open",
                "owner_before": NUMBERS["duty mobile"].removeprefix("+86"),
            },
            web.now,
            2,
        ),
    ]
    with NewsSource(web.hotline.storage, lambda: web.hotline.settings).snapshot() as news:
        teller = Teller(news, web.now, entries)
        told = {reader: [teller.about(entry, reader, lambda _id: None) for entry in entries] for reader in (zhao, boss)}
    assert all(told[zhao]), "both concern them"
    assert shown_in(b"".join(m.data for m in told[zhao] if m).decode()) == set()
    assert shown_in(b"".join(m.data for m in told[boss] if m).decode()) == {"talking", "duty mobile"}
