"""F7: whose dashboard is shown, who changes which, and that two who save at once lose nothing; on both databases."""

from __future__ import annotations

import pytest
from sqlalchemy import update

from hotline.domain.accounts.audit import AuditFilter
from hotline.domain.dashboards.dashboard import FIRST, Dashboard, KeptDashboard, Place
from hotline.domain.dashboards.tile import read_tile
from hotline.domain.errors import Conflict, Forbidden, Refused
from hotline.domain.people import Actor, Role
from hotline.domain.reports.period import Period
from hotline.services.dashboards.dashboards import drop, keep, shown_to, to_be_changed
from hotline.storage.audit import AuditLog
from hotline.storage.dashboards.store import DashboardStore
from hotline.storage.dashboards.tables import dashboard
from hotline.storage.transaction import Storage
from tests.support.instance import at

NOW = at("2026-11-16 10:30:00")
ZHAO = Actor("zhao", (Role.OPERATOR,), "赵敏", extension="1001")
BOSS = Actor("boss", (Role.SUPERVISOR,), "周宁")
AUDITOR = Actor("audit", (Role.AUDITOR,), "外审")
TWO = Dashboard(Period.WEEK, (read_tile("figure:answered"), read_tile("rule:A8:line:main")))


def _shown(storage: Storage, actor: Actor) -> KeptDashboard:
    with storage.reading() as tx:
        return shown_to(tx, actor)


def test_f7_ones_own_stands_before_the_default_and_the_default_before_the_first(storage: Storage) -> None:
    assert _shown(storage, ZHAO).shown == FIRST
    keep(storage, Place.DEFAULT, TWO, 0, BOSS, NOW)
    assert _shown(storage, ZHAO).shown == TWO and _shown(storage, ZHAO).version == 0
    own = Dashboard(Period.TODAY, TWO.tiles[:1])
    keep(storage, Place.OWN, own, 0, ZHAO, NOW)
    assert _shown(storage, ZHAO).shown == own and _shown(storage, BOSS).shown == TWO
    drop(storage, Place.OWN, ZHAO, NOW)
    assert _shown(storage, ZHAO).shown == TWO
    drop(storage, Place.DEFAULT, BOSS, NOW)
    assert _shown(storage, ZHAO).shown == FIRST


def test_f7_whoever_saves_second_is_told(storage: Storage) -> None:
    first = keep(storage, Place.DEFAULT, TWO, 0, BOSS, NOW)
    with pytest.raises(Conflict, match="changed"):
        keep(storage, Place.DEFAULT, FIRST, 0, BOSS, NOW)
    second = keep(storage, Place.DEFAULT, FIRST, first.version, BOSS, NOW)
    with pytest.raises(Conflict, match="changed"):
        keep(storage, Place.DEFAULT, TWO, first.version, BOSS, NOW)
    assert second.version == 2 and to_be_changed(storage, Place.DEFAULT, BOSS).kept.shown == FIRST


@pytest.mark.parametrize("place", [Place.DEFAULT, Place.WALLBOARD])
def test_f7_only_who_may_sets_what_others_see(storage: Storage, place: Place) -> None:
    for act in (
        lambda: keep(storage, place, TWO, 0, ZHAO, NOW),
        lambda: drop(storage, place, ZHAO, NOW),
        lambda: to_be_changed(storage, place, ZHAO),
    ):
        with pytest.raises(Forbidden):
            act()


def test_f7_an_auditor_keeps_nothing(storage: Storage) -> None:
    with pytest.raises(Forbidden):
        keep(storage, Place.OWN, TWO, 0, AUDITOR, NOW)
    assert _shown(storage, AUDITOR).shown == FIRST


def test_f7_the_wallboard_is_of_today_and_of_nobody(storage: Storage) -> None:
    kept = keep(storage, Place.WALLBOARD, TWO, 0, BOSS, NOW)
    assert kept.shown.period is Period.TODAY and kept.shown.tiles == TWO.tiles
    with pytest.raises(Refused, match="person_on_wall"):
        keep(storage, Place.WALLBOARD, TWO.with_tile(read_tile("figure:answered:person:1")), 1, BOSS, NOW)


def test_f8_what_was_chosen_stands_in_the_audit_log(storage: Storage) -> None:
    keep(storage, Place.DEFAULT, TWO, 0, BOSS, NOW)
    drop(storage, Place.DEFAULT, BOSS, NOW)
    drop(storage, Place.DEFAULT, BOSS, NOW)
    with storage.reading() as tx:
        told = [(each.action, each.object, each.detail) for each in AuditLog(tx).search(AuditFilter(), 9)]
    assert [action for action, _object, _detail in told] == ["dashboard.drop", "dashboard.keep"]
    assert told[1][1:] == ("dashboard:default", "week: figure:answered rule:A8:line:main")


def test_f7_a_figure_that_is_no_more_leaves_the_others(storage: Storage) -> None:
    keep(storage, Place.OWN, TWO, 0, ZHAO, NOW)
    with storage.writing() as tx:
        tx.connection.execute(update(dashboard).values(tiles=["figure:gone", "figure:answered"]))
    with storage.reading() as tx:
        kept = DashboardStore(tx).of(Place.OWN, "zhao")
    assert kept is not None and kept.shown.tiles == TWO.tiles[:1]
