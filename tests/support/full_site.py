"""A site of which every page has something to show: one thing of each kind, served by the real `hotline web`."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

from hotline.domain.calendar import local_day
from hotline.domain.calls.call import Call
from hotline.domain.campaigns.campaign import Basis, Campaign, CampaignKind
from hotline.domain.examination.figures import iso_week
from hotline.domain.examination.records import Examination
from hotline.domain.examination.sample import Why
from hotline.domain.people import Actor, Role
from hotline.domain.projects.project import Project, RoundKind
from hotline.domain.projects.recurrence import months_after
from hotline.domain.reasons import because
from hotline.domain.retention.privacy import RequestKind
from hotline.domain.staff.records import Membership, Team
from hotline.domain.visits.visit import Ending, Origin, Satisfaction, Visit, VisitState
from hotline.services.adherence import demo as adherence_demo
from hotline.services.alerts import set_alert
from hotline.services.appraisal import demo as appraisal_demo
from hotline.services.appraisal.cards import month_cards
from hotline.services.backups import making
from hotline.services.backups.place import Place
from hotline.services.breaches import demo as breaches_demo
from hotline.services.bulletins import demo as bulletins_demo
from hotline.services.campaigns import campaigns, drawing, list_table
from hotline.services.demo import Stage
from hotline.services.examination import appeals, calibrations, corrective_actions, examinations, samples
from hotline.services.exchange import Exchange
from hotline.services.floor.wallboard_displays import add_display
from hotline.services.forms import duty_links
from hotline.services.handover import demo as handover_demo
from hotline.services.hiring.hiring import NewOperator, hire
from hotline.services.job_runs.book import JobBook
from hotline.services.line.alert_kinds import CALENDAR
from hotline.services.menus.drafts import begin_draft
from hotline.services.notifications.notification_kinds import TEST
from hotline.services.notifications.notify import notify
from hotline.services.projects import projects
from hotline.services.projects.rounds import plan_rounds
from hotline.services.retention import privacy
from hotline.services.scheduled_reports import demo as reports_demo
from hotline.services.settings.settings import change_settings
from hotline.services.staff.sync import sync_operators
from hotline.services.staffing import demo as staffing_demo
from hotline.services.trainings import demo as trainings_demo
from hotline.services.visit_checks import draws
from hotline.services.webhooks.administration import WantedHook, add_hook
from hotline.storage.accounts.users import UserStore
from hotline.storage.engine import make_engine
from hotline.storage.forms.store import FormStore
from hotline.storage.projects.store import RoundStore
from hotline.storage.staff.spans import MemberStore
from hotline.storage.staff.store import StaffStore
from hotline.storage.transaction import Storage
from hotline.storage.visits.store import VisitStore
from hotline.web.cards.context import card_box
from hotline.web.table_imports.uploads import Upload, uploads
from tests.support.at import set_clock
from tests.support.busy_floor import day_of_calls, live_calls, put_operators, put_roster
from tests.support.case_site import BOSS, case_site
from tests.support.examination import keep_call, measure
from tests.support.kept_rules import judge
from tests.support.leaders import person_of
from tests.support.made_once import made_once
from tests.support.opinions import put_opinions
from tests.support.prepared import migrated_database
from tests.support.sample_calls import QIAN, ZHAO
from tests.support.strangers import somebody, strangers
from tests.support.web import NOW, Web, a_web
from tests.support.web_site import serving

MORE = """
[web]
public_url = "https://hotline.example.com"
[queues.service]
name = "客户服务"
members = ["1001", "1002"]
[sms]
gateway = "file"
[sms.templates.done]
gateway_template = "SMS_1"
text = "您的工单{number}已处理完毕，详询400。拒收请回复R"
parameters = ["number"]
"""
_DATABASE, _NAMED = "full.db", "named.json"
#: All of them, so that each item of the form by hand has its points.
_BY_HAND = {"courtesy": 6.0, "plain_language": 5.0, "record": 8.0, "solving": 10.0, "way": 5.0}


@dataclass(frozen=True)
class FullSite:
    """People: boss (administrator, supervisor), wu (examiner), zhao (operator). `named`: by endpoint, what is there
    under another name than 1."""

    url: str
    web: Web
    named: dict[str, dict[str, str]]


@contextmanager
def full_site(folder: Path) -> Iterator[FullSite]:
    with full_web(folder) as (web, named), serving(web.hotline.home, set_clock(folder / "clock", NOW)) as served:
        yield FullSite(served, web, named)


@contextmanager
def full_web(folder: Path) -> Iterator[tuple[Web, dict[str, dict[str, str]]]]:
    """The same without a process that serves it: a copy of what is made once a run."""
    made = made_once("full-site", _make)
    shutil.copytree(made / "home", folder / "home")
    storage = _stored(shutil.copy(made / _DATABASE, folder))
    yield _web(folder, storage), json.loads((made / _NAMED).read_text("utf-8"))
    storage.close()


def _make(folder: Path) -> None:
    folder.mkdir()
    storage = _stored(shutil.copy(migrated_database(), folder / _DATABASE))
    web = _web(folder, storage)
    strangers(web)
    (folder / _NAMED).write_text(json.dumps(_fill(web)), "utf-8")
    storage.close()
    shutil.rmtree(folder / "home" / "cache")


def _stored(file: Path | str) -> Storage:
    return Storage(make_engine(f"sqlite:///{file}"))


def _web(folder: Path, storage: Storage) -> Web:
    return a_web(folder, f'{MORE}[database]\nurl = "sqlite:///{folder / _DATABASE}"\n', storage)


def _fill(web: Web) -> dict[str, dict[str, str]]:
    storage = web.hotline.storage
    somebody(web, "boss", Role.ADMINISTRATOR, Role.SUPERVISOR)
    somebody(web, "zhao", Role.OPERATOR, extension="1001")
    somebody(web, "qian", Role.OPERATOR, extension="1002")
    somebody(web, "tech", Role.DEPARTMENT)
    for examiner in ("wu", "zhou"):
        somebody(web, examiner, Role.EXAMINER)
    with storage.writing() as tx:
        # As the job does that makes the settings' operators persons: without it nobody's calls are anybody's.
        sync_operators(tx, web.hotline.settings.operators, NOW)
    web.keep(*live_calls(NOW), *_shared_out(day_of_calls(NOW)))
    with storage.writing() as tx:
        put_operators(tx, NOW)
        put_roster(tx, NOW)
        set_alert(tx, CALENDAR, "", because("line.holidays_unknown", year=2027, day="2027-01-01"), NOW)
        StaffStore(tx).add_unit(Team("一组"))
    department = _with_a_department(web)
    judge(storage, "C1", local_day(NOW) - timedelta(days=1), broken=1, person_id=person_of(storage, "zhao"))
    _people_at_work(web)
    result = _examined(web)
    _asked(web)
    opinions = put_opinions(storage, web.hotline.settings, _actor(web, "boss"), NOW)
    own = {
        "my_results.show": {"examination_id": result},
        "rule_results.show": {"rule": "A8"},
        "reports.show": {"name": "volume"},
        "reports.rows": {"figure": "answered"},
    }
    return {**_scored(web), **_named(web), **department, **_visited(web), **opinions, **own}


def _shared_out(calls: Sequence[Call]) -> Iterator[Call]:
    """Every third one that an operator answered is zhao's: whoever has none sees a page of zeros."""
    for place, each in enumerate(calls):
        mine = place % 3 == 0 and each.answered_by == QIAN
        yield replace(each, answered_by=ZHAO, talks=(replace(each.talks[0], party=ZHAO),)) if mine else each


def _visited(web: Web) -> dict[str, dict[str, str]]:
    """A project with all that is due for it, a campaign with a list, a visit that was made and drawn to be checked."""
    storage, settings, boss = web.hotline.storage, web.hotline.settings, _actor(web, "boss")
    today = local_day(NOW)
    delivered = months_after(today, -3)
    new = Project("污水泵站改造", 1, delivered, manager="boss", inspected_every=3, surveyed_every=3)
    project = projects.add_project(storage, settings, new, boss, NOW - timedelta(days=40))
    plan_rounds(storage, settings, NOW)
    made = Campaign(CampaignKind.LIST, "展会名单", "新品说明", Basis.LIST, today, today, "展会登记表")
    campaign = campaigns.add_campaign(storage, settings, made, boss, NOW).id or 0
    rows = "姓名,电话\n陈先生,13900139001\n吴女士,1390013\n".encode()
    list_table.import_list(storage, settings, campaign, rows, boss, NOW)
    drawing.draw_campaign(storage, settings, campaign, boss, NOW)
    done = Visit(
        Origin.BY_HAND, NOW, NOW, NOW, visitor="zhao", state=VisitState.DONE, ending=Ending.ANSWERED, closed_at=NOW
    )
    with storage.writing() as tx:
        VisitStore(tx).add(replace(done, result=Satisfaction.SO_SO, with_what="等候时间长", seconds=95.0, asked=3))
        task = next(each for each in RoundStore(tx).of(project.id or 0) if each.kind is RoundKind.INSPECTION)
    draws.draw_checks(storage, settings, today.replace(day=1), 3, boss, NOW)
    return {
        "campaigns.new": {"kind": "list"},
        "owners.show": {"username": "zhao"},
        "project_tasks.record": {"round_id": str(task.id)},
    }


def _people_at_work(web: Web) -> None:
    """Postings, trainings, hand-overs, late starts, and what is expected of a week, in each state."""
    stage = Stage(web.hotline.storage, web.hotline.settings, (), Actor("boss", (), "boss"))
    at_work = (bulletins_demo, trainings_demo, handover_demo, adherence_demo, staffing_demo)
    for demo in (*at_work, reports_demo, appraisal_demo, breaches_demo):
        demo.DEMO.write(stage, NOW)


def _scored(web: Web) -> dict[str, dict[str, str]]:
    """The team and the card of zhao in the present month."""
    zhao = person_of(web.hotline.storage, "zhao")
    with web.hotline.storage.reading() as tx:
        found = month_cards(tx, web.hotline.settings, local_day(NOW).replace(day=1), NOW)
    card = f"{found.month}.{zhao}"
    return {
        "appraisal.sheet": {"key": f"{found.month}.{found.team_of(zhao)}"},
        "appraisal.card": {"key": card},
        "appraisal.rows": {"key": card, "item": "talk"},
    }


def _examined(web: Web) -> str:
    """A week drawn, a result with an appeal, a calibration, an order to mend something; which examination has the
    result."""
    hotline, boss, storage = web.hotline, _actor(web, "boss"), web.hotline.storage
    for number in range(6):
        measure(hotline, keep_call(hotline, f"q-{number}", NOW - timedelta(days=3 + number)))
    samples.draw_week(storage, hotline.settings, iso_week(NOW - timedelta(days=7)), boss, NOW)
    wu, mine = _actor(web, "wu"), web.call_id("q-5")
    chosen = examinations.choose_call(storage, hotline.settings, mine, Why.CHOSEN, "", wu, NOW)
    _finish(web, chosen, wu)
    appeals.appeal(storage, hotline.settings, chosen.id or 0, "客户情绪激动。", _actor(web, "qian"), NOW)
    calibrations.open_calibration(
        storage, hotline.settings, web.call_id("q-4"), "十一月校准", ["wu", "zhou"], boss, NOW
    )
    due_at = NOW + timedelta(days=5)
    corrective_actions.issue(storage, hotline.settings, "1001", "开头语要报公司全称。", due_at, None, boss, NOW)
    return str(chosen.id)


def _finish(web: Web, given: Examination, who: Actor) -> None:
    storage, at = web.hotline.storage, given.id or 0
    pointed = examinations.give_points(storage, at, given.version, _BY_HAND, "语气可以再热情一些。", who, NOW)
    examinations.comment(storage, at, 3.2, "开头语说得清楚。", who, NOW)
    examinations.finish(storage, web.hotline.settings, at, pointed.version, who, NOW)


def _asked(web: Web) -> None:
    """A person's request, a web hook, and a notification to the administrator."""
    storage, boss = web.hotline.storage, _actor(web, "boss")
    privacy.take(storage, web.hotline.settings, RequestKind.COPY, "", 1, "陌生人", "要一份副本", boss, NOW)
    hook = WantedHook("https://crm.example.com/calls", ("call.ended",), "CRM", False)
    add_hook(storage, web.hotline.settings, web.hotline.secrets.webhook_root, hook, boss, NOW)
    person = person_of(storage, "boss")
    with storage.writing() as tx:
        notify(tx, [person], TEST, "", NOW, by="boss")


def _with_a_department(web: Web) -> dict[str, dict[str, str]]:
    """A complaint that awaits the answer of a department of tech's, which has asked for more time and was refused."""
    site = case_site(web.hotline.storage, web.hotline.settings)
    tech = person_of(site.storage, "tech")
    with site.storage.writing() as tx:
        MemberStore(tx).add(Membership(site.department_id, tech))
    case = site.complaint("assigned", NOW)
    site.do(case, "ask_extension", NOW, clock="department", more="4", reason="等供应商")
    site.do(case, "refuse_extension", NOW, BOSS, reason="不同意")
    return {
        "department_cases.show": {"case_id": str(case.id)},
        "department_hours.show": {"unit_id": str(site.department_id)},
    }


def _actor(web: Web, username: str) -> Actor:
    with web.hotline.storage.reading() as tx:
        user = UserStore(tx).by_username(username)
    assert user is not None
    return Actor(username, user.roles, user.display_name, user.id, user.extension)


def _named(web: Web) -> dict[str, dict[str, str]]:
    hotline = web.hotline
    _display, display = add_display(hotline.storage, "大厅", "boss", NOW)
    exchange = Exchange(hotline.in_force, hotline.secrets, web.pbx, hotline.pbx_files)
    new = NewOperator("孙丽", "sunli", (Role.OPERATOR,), "1003", "sip", tuple(hotline.settings.queues))
    hire(exchange, _actor(web, "boss"), new, NOW)
    with hotline.storage.reading() as tx:
        duty = FormStore(tx).of_calls("node1", ["s-4"])["s-4"].id or 0
    link = duty_links.make_link(hotline.storage, hotline.settings, duty, "boss", NOW)
    with web.app.app_context():
        card = card_box().all()[0].id
        kind, text = "customers", "姓名,电话\n李雷,13822220001\n"
        table = uploads().keep(Upload("boss", kind, "t.csv", text.encode(), NOW))
    decided = change_settings(hotline.in_force, _actor(web, "boss"), {"duty.gap_warn_days": 8}, NOW, reason="排班更早")
    JobBook(hotline.storage).begin({"sms": 15, "backups": 15}, NOW)
    backup = making.make(Place(hotline.home, hotline.storage, hotline.in_force, hotline.secrets), "boss", NOW)
    draft = begin_draft(hotline.in_force, _actor(web, "boss"), "春节", NOW)
    return {
        "backups.ask_password": {"name": backup},
        "backups.confirm": {"name": backup},
        "job_runs.show": {"name": "sms"},
        "cards.edit": {"card_id": card},
        "dashboard_changes.show": {"place": "own"},
        "floor.enter": {"token": display},
        "hiring.leave": {"extension": "1003"},
        "hiring.operator": {"extension": "1003"},
        "links.show": {"token": link.token},
        "menus.menu": {"draft_id": str(draft.id), "menu": "main"},
        "hiring.open_matters": {"username": "boss"},
        "people.edit": {"username": "boss"},
        "prompts.show": {"prompt_id": "greeting"},
        "rules.show": {"rule": "A13"},
        "settings.add": {"table": "queues"},
        "settings.entry": {"table": "menus", "name": "main"},
        "settings.group": {"group": "console"},
        "settings.version_shown": {"version_id": str(decided[0].id)},
        "tables.settle": {"kind": kind, "token": table},
    }
