"""A2: a lost duty mobile is out of everything at once; supervisors and Asterisk know; it comes back as a site wants."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from hotline.bootstrap import Hotline
from hotline.domain.errors import Conflict, NotFound, Refused
from hotline.domain.line.lost_mobile import LostMobile
from hotline.domain.line.routing import Arrival, RouteKind
from hotline.services.line import lost_mobiles
from hotline.services.line.astdb import LinesInAstdb
from hotline.services.line.routing import current_line_state, decide
from hotline.storage.alerts import AlertStore
from hotline.storage.audit import AuditLog
from hotline.storage.line.lost_mobiles import LostMobileStore
from hotline.storage.transaction import Storage
from tests.support.instance import an_instance, at
from tests.support.pbx import RememberingPbx

SITE = """
[duty]
always = [{ person = "张三", number = "13800000000" }]
[[roster]]
person = "李四"
numbers = ["13800000001"]
starts_at = 2026-09-16T17:30:00
ends_at = 2026-09-17T09:00:00
"""
NIGHT = at("2026-09-16T20:00")
TWO = "[settings]\ntwo_people = true\n"


@pytest.fixture
def pbx() -> RememberingPbx:
    return RememberingPbx()


@pytest.fixture
def hotline(tmp_path: Path) -> Hotline:
    return an_instance(tmp_path, NIGHT, SITE)


def rung(hotline: Hotline) -> list[str]:
    route = decide(hotline.storage, hotline.settings, Arrival("main"), NIGHT + timedelta(seconds=1))
    return [each.number for each in route.duty]


def lose(hotline: Hotline, pbx: RememberingPbx, number: str, reason: str = "出租车上") -> lost_mobiles.TakenOut:
    return lost_mobiles.take_out(hotline.storage, hotline.settings, pbx, number, reason, "chen", NIGHT)


def back(hotline: Hotline, pbx: RememberingPbx, lost_id: int | None, by: str = "chen") -> lost_mobiles.PutBack:
    assert lost_id is not None
    later = NIGHT + timedelta(seconds=1)
    return lost_mobiles.put_back(hotline.storage, hotline.settings, pbx, lost_id, by, later)


def open_alerts(hotline: Hotline) -> set[str]:
    with hotline.storage.reading() as tx:
        return {str(alert.kind) for alert in AlertStore(tx).open()}


def test_a2_the_backup_is_rung_at_once_and_it_stands_in_the_audit_log(hotline: Hotline, pbx: RememberingPbx) -> None:
    assert rung(hotline) == ["13800000001", "13800000000"]
    out = lose(hotline, pbx, "138 0000 0001")
    assert (out.lost.person, out.next_one, out.told) == ("李四", {"main": "张三"}, True)
    assert rung(hotline) == ["13800000000"] and open_alerts(hotline) == set()
    with hotline.storage.reading() as tx:
        entry = AuditLog(tx).latest(1)[0]
    assert (entry["who"], entry["action"], entry["detail"]) == ("chen", "roster.mobile_lost", "李四: 出租车上")


def test_a16_where_nobody_is_left_there_is_an_alert_and_voicemail(hotline: Hotline, pbx: RememberingPbx) -> None:
    lose(hotline, pbx, "13800000001")
    out = lose(hotline, pbx, "13800000000")
    assert out.next_one == {"main": ""} and open_alerts(hotline) == {"roster_gap"}
    assert decide(hotline.storage, hotline.settings, Arrival("main"), NIGHT).kind is RouteKind.VOICEMAIL
    assert not current_line_state(hotline.storage, hotline.settings, NIGHT).duty
    back(hotline, pbx, out.lost.id)
    assert rung(hotline) == ["13800000000"] and open_alerts(hotline) == set()


def test_a2_asterisk_knows_every_spelling_and_forgets_it_again(hotline: Hotline, pbx: RememberingPbx) -> None:
    out = lose(hotline, pbx, "13800000001")
    known = set(pbx.database_of("hotline_out"))
    assert {"13800000001", "+8613800000001", "008613800000001", "013800000001"} <= known
    back(hotline, pbx, out.lost.id)
    assert pbx.database_of("hotline_out") == {}


def test_a2_an_asterisk_that_was_away_is_told_by_the_job(hotline: Hotline, pbx: RememberingPbx) -> None:
    pbx.away = "asterisk.away"
    assert not lose(hotline, pbx, "13800000001").told
    pbx.away = ""
    LinesInAstdb(hotline.storage, pbx, lambda: hotline.settings).write(NIGHT + timedelta(seconds=1))
    assert "13800000001" in pbx.database_of("hotline_out")
    assert pbx.database["hotline/main/duty"] == "13800000000"


def test_a2_what_is_no_duty_mobile_or_is_out_already_is_refused(hotline: Hotline, pbx: RememberingPbx) -> None:
    with pytest.raises(NotFound):
        lose(hotline, pbx, "13899999999")
    with pytest.raises(Refused):
        lose(hotline, pbx, "13800000001", "x" * 201)
    lose(hotline, pbx, "13800000001")
    with pytest.raises(Conflict):
        lose(hotline, pbx, "13800000001")
    with pytest.raises(NotFound):
        back(hotline, pbx, 999)


def test_a2_two_people_put_it_back_where_a_site_wants_it(tmp_path: Path, pbx: RememberingPbx) -> None:
    hotline = an_instance(tmp_path, NIGHT, SITE + TWO)
    out = lose(hotline, pbx, "13800000001")
    assert not back(hotline, pbx, out.lost.id).done
    with pytest.raises(Conflict):
        back(hotline, pbx, out.lost.id)
    assert rung(hotline) == ["13800000000"]
    assert back(hotline, pbx, out.lost.id, "wang").done
    assert rung(hotline) == ["13800000001", "13800000000"]
    with pytest.raises(Conflict):
        back(hotline, pbx, out.lost.id, "wang")


def test_a2_both_databases_keep_who_took_it_out_and_put_it_back(storage: Storage) -> None:
    with storage.writing() as tx:
        store = LostMobileStore(tx)
        one, other = (store.add(LostMobile(number, "李四", "丢了", "chen", NIGHT)) for number in ("138", "139"))
        assert one.id is not None
        store.ask(one.id, "chen", NIGHT + timedelta(minutes=1))
        store.put_back(one.id, "wang", NIGHT + timedelta(minutes=2))
    with storage.reading() as tx:
        store = LostMobileStore(tx)
        assert store.out() == store.out_since(NIGHT + timedelta(minutes=2)) == [other]
        kept = store.by_id(one.id)
        assert kept is not None and store.out_since(NIGHT + timedelta(minutes=1)) == [kept, other]
    assert (kept.asked_by, kept.put_back_by, kept.put_back_at) == ("chen", "wang", NIGHT + timedelta(minutes=2))
