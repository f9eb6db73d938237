"""F7: the wallboard shows the tiles that were chosen for it, of today and of everybody, and its own row without any."""

from __future__ import annotations

from datetime import timedelta

from hotline.domain.dashboards.dashboard import Dashboard, Place
from hotline.domain.dashboards.tile import read_tile
from hotline.domain.people import Actor, Role
from hotline.domain.reports.period import Period
from hotline.services.dashboards.dashboards import keep
from hotline.services.dashboards.wall import TilesOnWallboard
from hotline.services.reports.facts import follow
from tests.support.instance import at
from tests.support.sample_calls import abandoned_call, answered_call
from tests.support.web import Web

CHOSEN = ("figure:incoming", "figure:connection_rate:line:main", "rule:A8")


def test_f7_the_wallboard_shows_what_was_chosen(web: Web) -> None:
    storage, settings = web.hotline.storage, web.hotline.settings
    web.keep(answered_call("node1-1.2", start=at("2026-11-16 09:05:00")), abandoned_call(start=at("2026-11-16 09:40")))
    follow(storage, settings, web.now)
    chosen = TilesOnWallboard()
    with storage.reading() as tx:
        assert chosen.now(tx, settings, web.now) == []
    board = Dashboard(Period.TODAY, tuple(read_tile(code) for code in CHOSEN))
    keep(storage, Place.WALLBOARD, board, 0, Actor("boss", (Role.SUPERVISOR,), "周宁"), web.now)
    with storage.reading() as tx:
        assert chosen.now(tx, settings, web.now + timedelta(seconds=5)) == []  # not read at each second
        tiles = chosen.now(tx, settings, web.now + timedelta(seconds=11))
    assert [(each.zh, each.unit, each.value, each.sample) for each in tiles[:2]] == [
        ("呼入量", "count", 2, None),
        ("接通率", "percent", 50, 2),
    ]
    assert tiles[1].of and tiles[2].en.startswith("A8 ") and tiles[2].sample == 0
