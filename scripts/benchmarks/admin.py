"""Every page that an administrator opens by the menu, with 400 operators: milliseconds of processor time until it is
there.

Half of the operators stand in the file, half were hired here; each has an account, and the last two months have their
duty roster, absences and audit log. Calls are few: what many of them cost is measured elsewhere.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from statistics import median
from time import perf_counter, process_time

from flask.testing import FlaskClient

from hotline.discovery import gathered
from hotline.domain.line.roster import DutyNumber, Shift
from hotline.domain.numbers import normalise
from hotline.domain.people import Actor, Role
from hotline.domain.staff.records import Absence
from hotline.services.accounts.accounts import add_user
from hotline.services.demo import Demo, Stage
from hotline.services.settings.settings import change_settings
from hotline.storage.audit import AuditLog
from hotline.storage.line.roster import RosterStore
from hotline.storage.staff.spans import AbsenceStore
from hotline.storage.staff.store import StaffStore
from hotline.web.kit.access import AccessKind, permission_of
from scripts.benchmarks._result import Result
from tests.support.page_walk import NO_PAGES
from tests.support.web import Web, a_web

OPERATORS, AIM = 400, 200.0
ENTRIES = 20_000
_ROUNDS, _SHOWN = 3, 12
_ADMINISTRATOR = Actor("boss", (Role.ADMINISTRATOR, Role.SUPERVISOR), "管理员")


def run(say: Callable[[str], None], operators: int = OPERATORS) -> Iterator[Result]:
    with tempfile.TemporaryDirectory() as folder:
        half = operators // 2
        web = a_web(Path(folder), "".join(f'[operators.{2000 + at}]\nname = "客服{at}"\n' for at in range(half)))
        decided = {f"operators.{3000 + at}": {"name": f"客服{half + at}"} for at in range(operators - half)}
        change_settings(web.hotline.in_force, _ADMINISTRATOR, decided, web.now, reason="入职")
        _fill(web)
        client = web.signed_in(Role.ADMINISTRATOR, Role.SUPERVISOR, username="boss")
        say(f"  {operators} operators are there")
        taken = {address: _taken(client, address) for address in sorted(_pages(web, client))}
    slowest = sorted(taken, key=lambda address: taken[address], reverse=True)
    for address in slowest[:_SHOWN]:
        say(f"  {address}: {taken[address][0]:.0f} ms of processor time, {taken[address][1]:.0f} ms by the clock")
    worst = slowest[0]
    note = f"{worst}; by the clock {max(each[1] for each in taken.values()):.0f} ms at most"
    yield Result("admin", f"slowest of {len(taken)} pages", taken[worst][0], AIM, "the aim", "ms", note)


def _fill(web: Web) -> None:
    storage, settings, now = web.hotline.storage, web.hotline.settings, web.now
    for at, (extension, operator) in enumerate(settings.operators.items()):
        add_user(storage, f"op{at}", operator.name, (Role.OPERATOR,), now, "boss", extension, settings.operators)
    for feature in gathered("hotline.services", "demo", "DEMO", Demo):
        feature.write(Stage(storage, settings, [normalise("13800138000")], _ADMINISTRATOR), now)
    with storage.writing() as tx:
        people = [each for each in StaffStore(tx).all() if each.id is not None]
        for day in range(-30, 60):
            begin, who = now.replace(hour=0) + timedelta(days=day), people[day % len(people)]
            backups = (DutyNumber("王五", "13900000001"), DutyNumber("李四", "13900000002"))
            RosterStore(tx).add(
                Shift(who.name, (f"138{day + 1000:08}",), backups, begin, begin + timedelta(days=1)), who.id
            )
        for at, person in enumerate(people[::5]):
            begin = now + timedelta(days=at % 50)
            deputy = people[(5 * at + 1) % len(people)].id
            AbsenceStore(tx).add(Absence(person.id or 0, begin, begin + timedelta(days=5), deputy))
        for at in range(ENTRIES):
            AuditLog(tx).add(now - timedelta(minutes=at), f"op{at % 400}", "call.view", f"call:{at}")


def _pages(web: Web, client: FlaskClient) -> Iterator[str]:
    """Those that need no id: what the menu and its tabs lead to."""
    adapter = web.app.url_map.bind("localhost")
    for rule in web.app.url_map.iter_rules():
        permission = permission_of(web.app, rule.endpoint)
        by_session = permission is not None and permission.way is AccessKind.SESSION
        if "GET" not in (rule.methods or ()) or rule.arguments or not by_session or rule.endpoint in NO_PAGES:
            continue
        address = adapter.build(rule.endpoint)
        answer = client.get(address)  # templates are read once
        if answer.status_code == 200 and answer.mimetype == "text/html":
            yield address


def _taken(client: FlaskClient, address: str) -> tuple[float, float]:
    """Milliseconds of processor time and by the clock, the median."""
    rounds = []
    for _ in range(_ROUNDS):
        used, began = process_time(), perf_counter()
        assert client.get(address).status_code == 200, address
        rounds.append((1000 * (process_time() - used), 1000 * (perf_counter() - began)))
    return median(each for each, _ in rounds), median(each for _, each in rounds)
