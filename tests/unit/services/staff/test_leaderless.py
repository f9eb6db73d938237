"""Whoever led a team has left: who leads it now, who is asked in their stead, and that nobody leads is told where it is
mended."""

from __future__ import annotations

from datetime import timedelta

import pytest

from hotline.domain.errors import Refused
from hotline.domain.led import NOBODY
from hotline.domain.people import Actor, Role
from hotline.domain.reasons import because
from hotline.domain.staff.records import Absence, Team
from hotline.services.accounts.accounts import add_user
from hotline.services.accounts.users import set_active
from hotline.services.alerts import keep_alerts, open_alerts, reason_of
from hotline.services.led import led_by
from hotline.services.scheduled_reports.recipients import leaders
from hotline.services.staff import units
from hotline.services.staff.concerned import leaders_of
from hotline.services.staff.leaderless import leaderless
from hotline.storage.accounts.users import UserStore
from hotline.storage.staff.spans import AbsenceStore
from hotline.storage.staff.store import StaffStore
from hotline.storage.transaction import Storage
from tests.support.leaders import person_of, team
from tests.support.rows import MORNING

ADMIN = Actor("admin", (Role.ADMINISTRATOR,), "管理员", 99)
DAY = timedelta(days=1)


class Site:
    def __init__(self, storage: Storage, deputy: str) -> None:
        self.storage = storage
        for name, shown in (("zhao", "赵敏"), ("qian", "钱伟"), ("sun", "孙丽")):
            add_user(storage, name, shown, (Role.OPERATOR,), MORNING, "test")
        team(storage, "一组", "zhao", "sun", deputy=deputy)

    def goes(self, username: str) -> None:
        set_active(self.storage, username, False, MORNING, "admin")

    def leads(self, username: str) -> bool:
        with self.storage.reading() as tx:
            user = UserStore(tx).by_username(username)
        assert user is not None and user.id is not None
        return led_by(self.storage, user.id, MORNING) != NOBODY

    def told(self) -> list[object]:
        keep_alerts(self.storage, lambda tx: leaderless(tx, MORNING), MORNING)
        return [reason_of(each) for each in open_alerts(self.storage)]

    def asked_about_sun(self) -> list[int]:
        sun = person_of(self.storage, "sun")
        with self.storage.reading() as tx:
            assert set(leaders(tx, MORNING)) == set(leaders_of(tx, sun, MORNING))
            return leaders_of(tx, sun, MORNING)


def test_the_deputy_leads_once_the_leader_has_left(storage: Storage) -> None:
    site = Site(storage, deputy="qian")
    assert site.leads("zhao") and not site.leads("qian")
    site.goes("zhao")
    assert site.leads("qian") and not site.leads("zhao")
    assert site.asked_about_sun() == [person_of(storage, "qian")]
    assert site.told() == [], "somebody leads it"
    [shown] = units.find_units(storage, ADMIN, MORNING).teams
    assert (shown.leader_gone, shown.acting and shown.acting.name) == (True, "钱伟")


def test_that_nobody_leads_is_told_until_somebody_does(storage: Storage) -> None:
    site = Site(storage, deputy="")
    assert site.told() == []
    site.goes("zhao")
    assert site.told() == [because("staff.nobody_leads", unit="一组", leader="赵敏")]
    assert site.asked_about_sun() == []
    [shown] = units.find_units(storage, ADMIN, MORNING).teams
    unit = Team("一组", person_of(storage, "qian"), id=shown.id)
    units.change_unit(storage, unit, shown.version, ADMIN, MORNING)
    assert site.told() == [] and site.leads("qian")


@pytest.mark.parametrize("why", ["away", "never had one", "not in use"])
def test_of_what_has_no_leader_for_a_reason_nothing_is_told(storage: Storage, why: str) -> None:
    site = Site(storage, deputy="")
    [shown] = units.find_units(storage, ADMIN, MORNING).teams
    if why == "away":
        away = Absence(person_of(storage, "zhao"), MORNING, MORNING + DAY)
        with storage.writing() as tx:
            AbsenceStore(tx).add(away)
    elif why == "never had one":
        units.change_unit(storage, Team("一组", id=shown.id), shown.version, ADMIN, MORNING)
    else:
        left = Team("一组", person_of(storage, "zhao"), active=False, id=shown.id)
        units.change_unit(storage, left, shown.version, ADMIN, MORNING)
        site.goes("zhao")
    assert site.told() == []


def test_nobody_who_has_left_is_made_a_leader(storage: Storage) -> None:
    """A unit that is changed otherwise keeps the one that it has."""
    site = Site(storage, deputy="")
    site.goes("zhao")
    site.goes("qian")
    qian = person_of(storage, "qian")
    for field, unit in (("leader", Team("二组", leader_id=qian)), ("deputy", Team("二组", deputy_id=qian))):
        with pytest.raises(Refused) as refused:
            units.add_unit(storage, unit, ADMIN, MORNING)
        assert (refused.value.code, refused.value.field) == ("staff.has_left", field)
    [shown] = units.find_units(storage, ADMIN, MORNING).teams
    zhao = person_of(storage, "zhao")
    renamed = units.change_unit(storage, Team("三组", zhao, id=shown.id), shown.version, ADMIN, MORNING)
    assert renamed.leader_id == zhao
    with storage.reading() as tx:
        assert StaffStore(tx).leaders(MORNING) == {}
