"""Reads are light: nobody who only looks waits for a turn to write before they have read.

SQLite has one writer at a time, and calls are written in its turns. What was looked at is noted afterwards (F8)."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from werkzeug.routing import Rule

from hotline.domain.calendar import local_day
from hotline.domain.campaigns.campaign import Basis, Campaign, CampaignKind
from hotline.domain.errors import StorageError
from hotline.domain.operators.presence import TransferOrder
from hotline.domain.people import Actor, Role
from hotline.domain.projects.project import Project
from hotline.domain.projects.recurrence import months_after
from hotline.domain.staff.records import Department, Team
from hotline.services.campaigns.campaigns import add_campaign
from hotline.services.exchange import Exchange
from hotline.services.floor.wallboard_displays import add_display
from hotline.services.hiring.hiring import NewOperator, hire
from hotline.services.job_runs.book import JobBook
from hotline.services.menus.drafts import begin_draft
from hotline.services.projects.projects import add_project
from hotline.storage.operators.store import TransferStore
from hotline.storage.staff.store import StaffStore
from hotline.web.cards.context import card_box
from hotline.web.kit.access import AccessKind, permission_of
from hotline.web.table_imports.uploads import Upload, uploads
from tests.support.routes import values_of
from tests.support.strangers import somebody, strangers
from tests.support.turns import Turn, TurnsStorage
from tests.support.web import NOW, Web, a_web

#: Streams, which end with their reader; files of the program.
NOT_WALKED = frozenset(
    {"api.bell_events", "api.events", "floor.wall_events", "links.static", "phone_socket.phone_socket", "static"}
)

#: There is nothing in this small world that they could show: a wrong id is looked for instead.
NOTHING_THERE = frozenset(
    {
        "api.appraisal_card",
        "api.appraisal_month",
        "api.appraisal_rows",
        "api.count_verdicts",
        "api.figure_rows",
        "api.list_breaches",
        "api.list_verdicts",
        "api.one_verdict",
        "api.read_calibration",
        "api.read_dial",
        "api.read_request",
        "api.read_shift",
        "api.reported_figures",
        "appraisal.card",
        "appraisal.rows",
        "appraisal.sheet",
        "attachments.download",
        "backups.ask_password",
        "bulletins.show",
        "company.ask",
        "company.back",
        "company.out",
        "dashboard_changes.show",
        "department_cases.file",
        "discs.image",
        "emergency.sound",
        "improvement.appeal",
        "improvement.calibration",
        "links.show",
        "my_results.show",
        "notifications.show",
        "privacy.copy",
        "privacy.show",
        "project_tasks.record",
        "prompts.delivered_sound",
        "prompts.version_sound",
        "report_link.workbook",
        "rule_verdicts.show",
        "samples.show",
        "scheduled_reports.show",
        "scheduled_reports.workbook",
        "settings.add",
        "settings.entry",
        "shift_feed.show",
        "sms.index",
        "trainings.show",
        "visit_checks.show",
        "voices.sound",
        "webhooks.show",
    }
)

#: What must be asked for besides, by endpoint.
_FORTNIGHT = "?since=2026-11-01T00:00&until=2026-11-17T00:00"
_NOVEMBER = "?first=2026-11-01&last=2026-11-30"
QUERIES = {
    "api.adherence_of_people": _FORTNIGHT,
    "api.handovers": _FORTNIGHT,
    "api.staffing_week": "?day=2026-11-16",
    "api.list_own_shifts": _NOVEMBER,
    "api.list_plan": _NOVEMBER,
    "api.find": "?q=叶片",
    "api.report": _FORTNIGHT,
    "api.results_of_one": _FORTNIGHT,
    "api.rows": f"{_FORTNIGHT}&figure=offered",
    "api.see_board": "?kind=complaint",
    "api.read_figures": _FORTNIGHT,
    "api.owed_figures": _FORTNIGHT,
    "api.owed_rows": f"{_FORTNIGHT}&of=callbacks&figure=owed",
}

#: What writes for somebody who only looks, after the read: the note itself, and that they were refused or guessed.
NOTES = frozenset(
    {
        "hotline.services.looks.note_look",
        "hotline.services.operators.pop_audit.note_pops",
        "hotline.services.accounts.attempts.note_refused",
        "hotline.services.accounts.attempts.wrong",
    }
)
#: That a display, a session or a token was seen, once a minute at most and before all else (test_seen.py).
SEEN = frozenset(
    {
        "hotline.services.accounts.sessions._note_seen",
        "hotline.services.accounts.tokens.verify_token",
        "hotline.services.floor.wallboard_displays._note_seen",
    }
)
#: What every page reads beside what it shows, the page of a refusal too: the banner, the bell, who is signed in, what
#: persons are called.
AROUND = frozenset(
    {
        "hotline.services.alerts.open_alerts",
        "hotline.services.notifications.inbox.unread_until",
        "hotline.services.accounts.sessions.recognise",
        "hotline.services.accounts.names.account_names",
        "hotline.services.staff.names.read_holders",
    }
)

#: What is sent as it is read, and so noted before: nobody is to have it unnoted.
SENT_AS_READ = frozenset({"hotline.services.customers.table.export_customers"})


@dataclass(frozen=True)
class Look:
    """One request, and the transactions that began in it."""

    endpoint: str
    folder: str
    who: str
    address: str
    status: int
    turns: tuple[Turn, ...]

    @property
    def faults(self) -> list[str]:
        """What is wrong with it, in words."""
        turns = [turn for turn in self.turns if not (turn.writes and turn.by in SEEN)]
        first_note = next((place for place, turn in enumerate(turns) if turn.writes), len(turns))
        found = [f"{turn.by} writes" for turn in turns if turn.writes and turn.by not in NOTES]
        found += [f"{turn.by} writes within a read" for turn in turns if turn.writes and turn.within_reading]
        found += [
            f"{turn.by} reads after the note"
            for turn in turns[first_note:]
            if not turn.writes and turn.by not in AROUND | NOTES | SENT_AS_READ
        ]
        return found + ["failed"] * (self.status >= 500)


@pytest.fixture(scope="module")
def looks(tmp_path_factory: pytest.TempPathFactory) -> list[Look]:
    """Every address that is read, by everybody whose role may; before each request somebody else takes the lock."""
    folder = tmp_path_factory.mktemp("views")
    storage = TurnsStorage(folder)
    web = a_web(folder, storage=storage)
    strangers(web)
    people = {
        (Role.ADMINISTRATOR, Role.SUPERVISOR): somebody(web, "boss", Role.ADMINISTRATOR, Role.SUPERVISOR),
        (Role.OPERATOR,): somebody(web, "zhao", Role.OPERATOR, extension="1001"),
        (Role.EXAMINER,): somebody(web, "wu", Role.EXAMINER),
    }
    named = _named(web)
    return [
        _look(storage, client, rule, address, "+".join(roles), web)
        for rule in web.app.url_map.iter_rules()
        if "GET" in (rule.methods or ()) and rule.endpoint not in NOT_WALKED
        for address in _addresses(web, rule, named)
        for roles, client in people.items()
        if _may(web, rule, roles)
    ]


def _named(web: Web) -> dict[str, dict[str, list[str]]]:
    """By endpoint and argument: what is there under another name than a small number."""
    storage = web.hotline.storage
    _display, token = add_display(storage, "大厅", "boss", NOW)
    with storage.writing() as tx:
        order = TransferOrder("node1", "s-2", NOW, "blind", "1001", "operator", "1002", "钱伟", True, "问发票")
        TransferStore(tx).add(order)
    exchange = Exchange(web.hotline.in_force, web.hotline.secrets, web.pbx, web.hotline.pbx_files)
    new = NewOperator("孙丽", "sunli", (Role.OPERATOR,), "1003", "sip", tuple(web.hotline.settings.queues))
    hire(exchange, Actor("boss", (Role.ADMINISTRATOR,), "boss"), new, NOW)
    with storage.writing() as tx:
        StaffStore(tx).add_unit(Team("一组"))
        answering = StaffStore(tx).add_unit(Department("售后部"))
    _projects(web)
    draft = str(begin_draft(web.hotline.in_force, Actor("boss", (Role.ADMINISTRATOR,), "boss"), "春节", NOW).id)
    JobBook(storage).begin({"sms": 15}, NOW)
    with web.app.app_context():
        card = card_box().all()[0].id
        sent = {kind: uploads().keep(Upload("boss", kind, "t.csv", text.encode(), NOW)) for kind, text in TABLES}
    return {
        "campaigns.new": {"kind": ["list"]},
        "cards.edit": {"card_id": [card]},
        "department_hours.show": {"unit_id": [str(answering.id)]},
        "floor.enter": {"token": [token]},
        "hiring.leave": {"extension": ["1003"]},
        "hiring.operator": {"extension": ["1003"]},
        "job_runs.show": {"name": ["sms"]},
        "menus.add_menu": {"draft_id": [draft]},
        "menus.draft": {"draft_id": [draft]},
        "menus.menu": {"draft_id": [draft], "menu": ["main"]},
        "menus.tried": {"draft_id": [draft]},
        "owners.show": {"username": ["zhao"]},
        "hiring.open_matters": {"username": ["boss"]},
        "people.edit": {"username": ["boss"]},
        "api.results_of_one": {"code": ["training"]},
        "questionnaires.new": {"code": ["training"]},
        "questionnaires.results": {"code": ["training"]},
        "questionnaires.table": {"code": ["training"]},
        "prompts.show": {"prompt_id": ["greeting"]},
        "rules.show": {"rule": ["A13"]},
        "rule_results.show": {"rule": ["A13"]},
        "reports.show": {"name": ["volume"]},
        "reports.workbook": {"name": ["volume"]},
        "reports.rows": {"figure": ["answered"]},
        "api.figure_rows": {"name": ["answered"]},
        "data_dictionary.show": {"name": ["answered"]},
        "settings.group": {"group": ["company"]},
        "tables.settle": {"kind": list(sent), "token": list(sent.values())},
    }


def _projects(web: Web) -> None:
    """A project with what is due for it, and a campaign."""
    storage, settings, boss = web.hotline.storage, web.hotline.settings, Actor("boss", (Role.SUPERVISOR,), "boss")
    today = local_day(NOW)
    add_project(storage, settings, Project("泵站", 1, months_after(today, -3), inspected_every=3), boss, NOW)
    made = Campaign(CampaignKind.LIST, "展会名单", "新品说明", Basis.LIST, today, today, "展会登记表")
    add_campaign(storage, settings, made, boss, NOW)


TABLES = (
    ("customers", "姓名,电话\n李雷,13822220001\n"),
    ("directory", "姓名,电话\n韩梅,13822220002\n"),
    ("roster", "姓名,电话,开始,结束\n王五,13822220003,2026-11-20 18:00,2026-11-21 08:30\n"),
)


def _addresses(web: Web, rule: Rule, named: dict[str, dict[str, list[str]]]) -> list[str]:
    adapter = web.app.url_map.bind("localhost")
    values = [values_of(rule, number) for number in (1, 2, 3)] if rule.arguments else [{}]
    if rule.endpoint in named:
        names = named[rule.endpoint]
        values = [dict(zip(names, each, strict=True)) for each in zip(*names.values(), strict=True)]
    return sorted({adapter.build(rule.endpoint, each) + QUERIES.get(rule.endpoint, "") for each in values})


def _may(web: Web, rule: Rule, roles: tuple[Role, ...]) -> bool:
    permission = permission_of(web.app, rule.endpoint)
    assert permission is not None
    return permission.way is AccessKind.PUBLIC or not permission.roles or bool(set(permission.roles) & set(roles))


def _look(storage: TurnsStorage, client: FlaskClient, rule: Rule, address: str, who: str, web: Web) -> Look:
    with storage.held() as turns:
        answer = client.get(address)
        answer.get_data()
    folder = web.app.view_functions[rule.endpoint].__module__.split(".")[2]
    return Look(rule.endpoint, folder, who, address, answer.status_code, tuple(turns))


def test_every_route_that_is_read_shows_something_to_somebody(looks: list[Look]) -> None:
    answered = {look.endpoint for look in looks if look.status < 400}
    assert {look.endpoint for look in looks} - answered == NOTHING_THERE


def test_whoever_looks_reads_without_the_write_lock_and_is_noted_afterwards(looks: list[Look]) -> None:
    faults = [f"{look.endpoint} {look.address} ({look.who}): {fault}" for look in looks for fault in look.faults]
    assert not faults, "\n".join(sorted(faults))


def test_f8_looks_are_seen_to_be_noted(looks: list[Look]) -> None:
    """The walk itself: that nobody writes is no wonder where nothing is noted."""
    noted = {look.endpoint for look in looks for turn in look.turns if turn.writes and turn.by in NOTES}
    assert {"api.floor_now", "api.one_pop", "api.own_calls", "api.read_audit", "audit.index", "roster.export"} <= noted


def test_the_lock_is_held_until_somebody_writes(tmp_path: Path) -> None:
    storage = TurnsStorage(tmp_path)
    another = storage.another()
    with storage.held() as turns:
        with pytest.raises(StorageError), another.writing():
            pass
        with storage.reading(), another.reading():
            pass
        with storage.writing():
            pass
        with another.writing():
            pass
    another.close()
    storage.close()
    assert [turn.writes for turn in turns] == [False, True]


@pytest.mark.parametrize(
    ("turns", "faults"),
    [
        ([Turn(False, "hotline.services.a.read", False), Turn(True, "hotline.services.looks.note_look", False)], []),
        ([Turn(True, "hotline.web.a.index", False)], ["hotline.web.a.index writes"]),
        (
            [Turn(False, "hotline.services.a.read", False), Turn(True, "hotline.services.looks.note_look", True)],
            ["hotline.services.looks.note_look writes within a read"],
        ),
        (
            [Turn(True, "hotline.services.looks.note_look", False), Turn(False, "hotline.services.a.read", False)],
            ["hotline.services.a.read reads after the note"],
        ),
    ],
)
def test_what_is_wrong_with_a_look(turns: list[Turn], faults: list[str]) -> None:
    assert Look("a.index", "a", "boss", "/a", 200, tuple(turns)).faults == faults
