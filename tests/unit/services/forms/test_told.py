"""B2, B5, B6: whose deadline comes near or is over is told, and then who leads them; each once."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from hotline.bootstrap import Hotline
from hotline.domain.notifications.notification import Notification
from hotline.domain.numbers import Number, normalise
from hotline.domain.people import Actor, Role
from hotline.domain.staff.records import Person
from hotline.services.calls.ledger import record
from hotline.services.consequences import consequences
from hotline.services.deadlines.sweep import sweep
from hotline.services.forms import saving
from hotline.services.forms.forms import form_of
from hotline.storage.accounts.users import UserStore
from hotline.storage.notifications.store import NotificationStore
from hotline.storage.staff.store import StaffStore
from hotline.storage.transaction import Storage
from tests.support import sample_calls as sample
from tests.support.examination import a_person
from tests.support.instance import an_instance, at
from tests.support.leaders import away, person_of, team

#: A Monday.
NOW = at("2026-11-16 10:30:00")
CALLED = at("2026-11-16 10:00:00")
HOUR = timedelta(hours=1)
LI = Actor("li", (Role.SUPERVISOR,), "李主管")


@pytest.fixture
def site(tmp_path: Path, storage: Storage) -> Hotline:
    """Zhao (1001) had the caller last; Wei leads them; Li supervises."""
    hotline = an_instance(tmp_path, NOW, storage=storage)
    known = (("zhao", Role.OPERATOR, "1001"), ("wei", Role.LEADER, None), ("li", Role.SUPERVISOR, None))
    for name, role, extension in known:
        a_person(hotline, name, role, extension=extension)
        person_of(storage, name)
    calls = [sample.answered_call("op", CALLED), sample.duty_call("duty", CALLED)]
    record(storage, "node1", calls, [], lambda _call: None, NOW, also=consequences(hotline.settings))
    return hotline


def write(site: Hotline, linkedid: str, **changes: Any) -> int:
    with site.storage.reading() as tx:
        form = form_of(tx, "node1", linkedid)
    assert form is not None and form.id is not None
    saving.save_form(site.storage, site.settings, form.id, form.version, changes, LI, NOW)
    return form.id


def told(site: Hotline, username: str) -> list[Notification]:
    person = person_of(site.storage, username)
    with site.storage.reading() as tx:
        return list(reversed(NotificationStore(tx).of_person(person, limit=100)))


def kinds(site: Hotline, username: str) -> list[str]:
    return [each.kind for each in told(site, username)]


def test_b6_who_promised_is_reminded_and_then_their_leader_told(site: Hotline) -> None:
    team(site.storage, "一组", "wei", "zhao")
    form_id = write(site, "op", promise="回电", promise_due_at=NOW + 3 * HOUR)
    before = site.settings.deadlines.warn_before("promise")
    sweep(site.storage, site.settings, NOW + 3 * HOUR - before - timedelta(seconds=1))
    assert kinds(site, "zhao") == []
    for _twice in range(2):
        sweep(site.storage, site.settings, NOW + 3 * HOUR - before)
    (near,) = told(site, "zhao")
    assert (near.kind, near.object, near.values["due_at"]) == ("deadline_near", f"form:{form_id}", NOW + 3 * HOUR)
    assert kinds(site, "wei") == kinds(site, "li") == []
    for _twice in range(2):
        sweep(site.storage, site.settings, NOW + 3 * HOUR)
    assert kinds(site, "zhao") == ["deadline_near", "deadline_over"]
    assert kinds(site, "wei") == ["escalation"]
    assert kinds(site, "li") == []


def test_b6_without_a_leader_it_goes_to_the_supervisors(site: Hotline) -> None:
    write(site, "op", promise="回电", promise_due_at=NOW + HOUR)
    sweep(site.storage, site.settings, NOW + HOUR)
    assert kinds(site, "zhao") == ["deadline_over"], "a breach that comes first is told alone"
    assert kinds(site, "li") == ["escalation"]


def test_b6_where_the_leader_is_not_with_us_any_more_it_goes_to_the_supervisors(site: Hotline) -> None:
    """Somebody is told in any case, though nobody has entered yet who leads now."""
    team(site.storage, "一组", "wei", "zhao")
    with site.storage.writing() as tx:
        user = UserStore(tx).by_username("wei")
        assert user is not None
        UserStore(tx).update(replace(user, expires_at=NOW))
    write(site, "op", promise="回电", promise_due_at=NOW + HOUR)
    sweep(site.storage, site.settings, NOW + HOUR)
    assert (kinds(site, "wei"), kinds(site, "li")) == ([], ["escalation"])


def test_b6_who_acts_for_an_absent_owner_and_leader_is_told(site: Hotline) -> None:
    a_person(site, "sun", Role.OPERATOR)
    a_person(site, "zhou", Role.LEADER)
    team(site.storage, "一组", "wei", "zhao")
    away(site.storage, "zhao", NOW, NOW + 9 * HOUR, deputy="sun")
    away(site.storage, "wei", NOW, NOW + 9 * HOUR, deputy="zhou")
    write(site, "op", promise="回电", promise_due_at=NOW + HOUR)
    sweep(site.storage, site.settings, NOW + HOUR)
    assert kinds(site, "sun") == ["deadline_over"]
    assert told(site, "sun")[0].deputy_for == person_of(site.storage, "zhao")
    assert kinds(site, "zhou") == ["escalation"]


def test_b5_an_answer_that_is_late_is_told_too(site: Hotline) -> None:
    write(site, "op", solved=False)
    sweep(site.storage, site.settings, NOW + timedelta(days=10))
    assert kinds(site, "zhao") == ["deadline_over"]
    assert kinds(site, "li") == ["escalation"]


def test_b2_whoever_has_the_duty_mobile_is_told_of_the_record(site: Hotline) -> None:
    with site.storage.writing() as tx:
        form = form_of(tx, "node1", "duty")
        assert form is not None
        sunny = StaffStore(tx).add_person(Person("孙值班", mobile=Number(normalise(form.owner)))).id
    sweep(site.storage, site.settings, NOW + timedelta(days=10))
    with site.storage.reading() as tx:
        found = [each.kind for each in NotificationStore(tx).of_person(sunny or 0, limit=9)]
    assert found == ["deadline_over"]
    assert kinds(site, "li") == []
