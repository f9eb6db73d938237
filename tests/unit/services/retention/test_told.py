"""G3: whoever took a person's request is told before it must be answered, and when it is over."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from hotline.bootstrap import Hotline
from hotline.domain.people import Actor, Role
from hotline.domain.retention.privacy import RequestKind
from hotline.services.deadlines.sweep import sweep
from hotline.services.retention import privacy
from hotline.storage.accounts.users import UserStore
from hotline.storage.notifications.store import NotificationStore
from hotline.storage.transaction import Storage
from tests.support.examination import a_person
from tests.support.instance import an_instance, at
from tests.support.leaders import person_of

NOW = at("2026-11-16 10:30:00")
LI = Actor("li", (Role.SUPERVISOR,), "李主管")


@pytest.fixture
def site(tmp_path: Path, storage: Storage) -> Hotline:
    hotline = an_instance(tmp_path, NOW, storage=storage)
    for name in ("li", "zhou"):
        a_person(hotline, name, Role.SUPERVISOR)
        person_of(storage, name)
    return hotline


def told(site: Hotline, username: str) -> list[tuple[str, str]]:
    person = person_of(site.storage, username)
    with site.storage.reading() as tx:
        return [(each.kind, each.object) for each in reversed(NotificationStore(tx).of_person(person, limit=100))]


def sweep_all(site: Hotline) -> list[tuple[str, str]]:
    """Up to its end, and after it: what is told then. At midnight nobody is reminded."""
    asked = privacy.take(
        site.storage, site.settings, RequestKind.COPY, "13800138000", None, "王芳", "", LI, NOW, nobody_known=True
    )
    near = asked.due_at - site.settings.deadlines.warn_before("privacy")
    for moment in (near - timedelta(seconds=1), near + timedelta(hours=10), asked.due_at, asked.due_at):
        sweep(site.storage, site.settings, moment)
    return [("deadline_near", f"privacy:{asked.id}"), ("deadline_over", f"privacy:{asked.id}")]


def test_g3_whoever_took_it_is_told_and_nobody_else(site: Hotline) -> None:
    assert told(site, "li") == []
    expected = sweep_all(site)
    assert (told(site, "li"), told(site, "zhou")) == (expected, [])


def test_g3_where_they_are_not_with_us_any_more_the_supervisors_are(site: Hotline) -> None:
    with site.storage.writing() as tx:
        user = UserStore(tx).by_username("li")
        assert user is not None
        UserStore(tx).update(replace(user, expires_at=NOW + timedelta(days=1)))
    expected = sweep_all(site)
    assert (told(site, "li"), told(site, "zhou")) == ([], expected)
