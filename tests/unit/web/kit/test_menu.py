"""The main menu: what each role finds in it, in which order, and which entry is marked."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from hotline.domain.people import Role
from hotline.services.waiting import counted
from hotline.storage.accounts.users import UserStore
from hotline.web.kit.told.web_feature import features
from tests.support.web import Web, a_web

DAILY = "Calls Log·forms Cases Callbacks Customers"
_FIGURES = "Figures·of·quality Satisfaction Questionnaires"
QUALITY = (
    f"[Quality] Examinations {_FIGURES} Appeals Corrective·actions Calibrations Sampling Score·forms Transcription"
)
EXAMINING = QUALITY.replace("Questionnaires ", "")
BELOW = (
    "[Keeping] Retention Requests·of·persons Discs Reconciliation Backups Jobs Disks·and·models"
    " [Reference] Notice·board Directory Script·cards Our·people Trainings"
)
KEPT = BELOW.replace("Reconciliation Backups", "Reconciliation Audit·log").replace(" Disks·and·models", "")
_HANDED_OVER = "Shift·hand-over All·hand-overs Adherence Forecast·and·staffing"
OWN_SHIFTS = "[Shifts] My·day My·shifts Shift·plan"
PLANNED = f"{OWN_SHIFTS} Leave·and·swaps {_HANDED_OVER}"
LED_SHIFTS = f"{OWN_SHIFTS} {_HANDED_OVER}"
WORKED = f"{OWN_SHIFTS} Shift·hand-over Adherence"
WORD = "A·customer's·word"
READ = "[Reference] Notice·board Directory Script·cards Trainings"
EXAMINED = "[Reference] Notice·board Script·cards"
OVERSEEN = f"{WORD} Settings Deadlines·that·moved"
LED_DAILY = DAILY.replace("Cases", "Cases Our·department's·cases")
LINE = "[Line] Line·status Duty·roster Holidays"
_EMERGENCY = "Emergency·announcement"
_PROMPTS = f"{_EMERGENCY} Prompts"
HEARD = f"{LINE} {_PROMPTS}"
STEERED = f"{LINE} Blocked·callers Approvals·to·dial {_PROMPTS}"
ASKING = f"{LINE} Approvals·to·dial {_EMERGENCY}"
RULED = f"Rules {WORD} Deadlines·that·moved"
AUDITED = (
    f"{DAILY} [Quality] Figures·of·quality Satisfaction Score·forms"
    " [Keeping] Retention Discs Reconciliation Audit·log Jobs"
    " [Reference] Directory Script·cards Trainings [Shifts] My·day Shift·plan"
    f" {_HANDED_OVER.removeprefix('Shift·hand-over ')} {ASKING} Prompts"
)
#: What each role finds of return visits.
_ALL_VISITS = (
    "Return·visits Projects Inspections·and·surveys Campaigns Whose·customers Checks·of·visits Visits·by·month"
)
VISITS = {
    Role.OPERATOR: "Return·visits Projects Inspections·and·surveys Whose·customers Visits·by·month",
    Role.EXAMINER: "Return·visits Projects Campaigns Checks·of·visits Visits·by·month",
    Role.LEADER: "Return·visits Projects Inspections·and·surveys Campaigns Whose·customers Visits·by·month",
    Role.AUDITOR: "Return·visits Projects Campaigns Whose·customers Visits·by·month",
    Role.SUPERVISOR: _ALL_VISITS,
    Role.ADMINISTRATOR: _ALL_VISITS,
}
#: What each role finds of reports, before what follows quality.
_FIGURES_OF_ALL = "Reports Data·dictionary Reports·made"
_OWN = "My·call·details Work·summaries"
_APPRAISED = "Appraisal Register·of·breaches"
_KEPT_RULES = "[Reports] Dashboard How·rules·are·kept"
_SUPERVISED = f"{_KEPT_RULES} Report·on·service·and·supervision"
REPORTS = {
    Role.OPERATOR: f"{_KEPT_RULES} {_FIGURES_OF_ALL} {_OWN} {_APPRAISED}",
    Role.LEADER: f"{_KEPT_RULES} {_FIGURES_OF_ALL} {_OWN} {_APPRAISED}",
    Role.DEPARTMENT: "[Reports] Reports·made Work·summaries",
    Role.EXAMINER: f"{_SUPERVISED} Contests·of·verdicts {_FIGURES_OF_ALL} {_OWN} {_APPRAISED}",
    Role.AUDITOR: f"{_SUPERVISED} {_FIGURES_OF_ALL} {_APPRAISED}",
    Role.SUPERVISOR: f"{_SUPERVISED} Contests·of·verdicts {_FIGURES_OF_ALL} {_OWN} {_APPRAISED}",
    Role.ADMINISTRATOR: f"{_SUPERVISED} {_FIGURES_OF_ALL} {_OWN} {_APPRAISED}",
}
#: In brackets: the heading of the entries after it.
OF_ROLE = {
    Role.OPERATOR: (
        f"{DAILY} [Quality] Satisfaction Questionnaires Examples {READ} {WORD} {WORKED} {ASKING}",
        f"Console {DAILY} [Quality] Satisfaction Questionnaires My·results Examples {READ} {WORD} {WORKED} {ASKING}",
    ),
    Role.EXAMINER: (
        f"Calls Log·forms Cases Customers {EXAMINING} Examples {EXAMINED} {WORD} {OWN_SHIFTS} {HEARD}",
        f"Calls Log·forms Cases Customers {EXAMINING} My·results Examples {EXAMINED} {WORD} {OWN_SHIFTS} {HEARD}",
    ),
    Role.LEADER: (
        f"Floor {LED_DAILY} [Quality] {_FIGURES} Examples {READ} {WORD} {LED_SHIFTS} {ASKING}",
        f"Floor {LED_DAILY} [Quality] {_FIGURES} My·results Examples {READ} {WORD} {LED_SHIFTS} {ASKING}",
    ),
    Role.DEPARTMENT: (
        f"Cases Our·department's·cases Inspections·and·surveys [Reference] Notice·board Directory {WORD} My·day",
    )
    * 2,
    Role.AUDITOR: (AUDITED, AUDITED),
    Role.SUPERVISOR: (
        f"Floor {DAILY} {QUALITY} Examples {KEPT} {OVERSEEN} {PLANNED} {STEERED}",
        f"Console Floor {DAILY} {QUALITY} My·results Examples {KEPT} {OVERSEEN} {PLANNED} {STEERED}",
    ),
    Role.ADMINISTRATOR: (
        f"Floor {DAILY} {QUALITY} Examples {BELOW} {RULED} {PLANNED} {STEERED} Administration",
        f"Console Floor {DAILY} {QUALITY} My·results Examples {BELOW} {RULED} {PLANNED} {STEERED} Administration",
    ),
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Web:
    return a_web(tmp_path_factory.mktemp("menu"))


def _menu(page: str) -> str:
    found = re.search(r'<nav class="collapse.*?</nav>', page, re.DOTALL)
    assert found is not None
    entries = re.findall(r'</svg>([^<]+)(?:<span class="menu-count"[^>]*></span>)?</(button|a)>', found[0])
    return " ".join(
        f"[{text}]" if kind == "button" else text for text, kind in ((t.replace(" ", "·"), k) for t, k in entries)
    )


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("extension", [None, "1001"])
def test_each_role_finds_its_entries_in_their_order(site: Web, role: Role, extension: str | None) -> None:
    name = f"{role.value}-{extension or 'none'}"
    client = site.signed_in(role, username=name)
    client.set_cookie("language", "en")
    _telephone(site, name, extension)
    shown = _menu(client.get("/my-sessions").text)
    _telephone(site, name, None)
    expected = OF_ROLE[role][extension is not None]
    if role in VISITS:
        expected = expected.replace(" Customers", f" [Customers] Customers {VISITS[role]}", 1)
    expected = re.sub(r"(?=\[(Keeping|Reference)\])", f"{REPORTS[role]} ", expected, count=1)
    assert shown == expected


def _telephone(site: Web, username: str, extension: str | None) -> None:
    with site.hotline.storage.writing() as tx:
        user = UserStore(tx).by_username(username)
        assert user is not None
        UserStore(tx).update(replace(user, extension=extension))


@pytest.mark.parametrize(
    ("role", "page", "marked"),
    [
        (Role.SUPERVISOR, "/search", "/calls"),
        (Role.SUPERVISOR, "/keeping/holds", "/keeping/retention"),
        (Role.SUPERVISOR, "/keeping/requests/new", "/keeping/requests"),
        (Role.SUPERVISOR, "/admin/audit", "/admin/audit"),
        (Role.ADMINISTRATOR, "/admin/audit", "/admin/people"),
        (Role.ADMINISTRATOR, "/admin/tokens", "/admin/people"),
    ],
)
def test_a_page_without_an_entry_marks_the_one_it_belongs_to(site: Web, role: Role, page: str, marked: str) -> None:
    client = site.signed_in(role, username=f"at-{role.value[:5]}{page.replace('/', '-')}")
    text = client.get(page).text
    found = re.findall(r'<li class="nav-item active">\s*<a class="nav-link" href="([^"]+)"', text)
    found += re.findall(r'<a class="dropdown-item active" href="([^"]+)"', text)
    assert found == [marked]


def test_each_entry_leads_to_a_page_and_no_two_share_a_place(site: Web) -> None:
    entries = [entry for feature in features() for entry in feature.menu]
    assert len(entries) > 20
    assert {entry.waits for entry in entries if entry.waits} == set(counted())
    assert {entry.endpoint for entry in entries} <= set(site.app.view_functions)
    places = [(entry.group and entry.group.name, entry.place) for entry in entries]
    tops = {entry.group.place for entry in entries if entry.group} | {e.place for e in entries if not e.group}
    assert len(set(places)) == len(places)
    groups = {entry.group.name for entry in entries if entry.group}
    assert len(tops) == len(groups) + len([entry for entry in entries if not entry.group])


def test_pages_belong_to_entries_that_there_are(site: Web) -> None:
    entries = {entry.endpoint for feature in features() for entry in feature.menu}
    known = set(site.app.view_functions) | set(site.app.blueprints)
    for feature in features():
        assert set(feature.under) <= known
        assert set(feature.under.values()) <= entries
