"""Who tries to get in by SIP too often is shut out for a time, told of, and let in again; our own never are."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from hotline.asterisk.gatekeeper import Gatekeeper
from hotline.domain.errors import NotFound, Refused
from hotline.domain.ways_in.strangers import MOST_ADDRESSES, RefusalTally, Stranger
from hotline.services.alerts import reason_of
from hotline.services.ways_in import strangers
from hotline.services.ways_in.shutting_out import let_in_again, lift, shut_out, shut_out_addresses
from hotline.settings import Home, Settings, load_settings
from hotline.storage.alerts import AlertStore
from hotline.storage.transaction import Storage
from tests.support.instance import StandingClock, at
from tests.support.pbx import RememberingPbx
from tests.support.words import english

NOW = at("2026-11-23 10:00")
SITE = """
[trunk]
host = "192.0.2.1"
match = ["192.0.2.0/28", "localhost"]
[shut_out]
failures = 3
within_seconds = 60
minutes = 30
never = ["198.51.100.0/24"]
[operators.1001]
name = "赵敏"
contact = "sip:1001@192.0.2.30:5060"
"""


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    home = Home(tmp_path / "home")
    home.create()
    home.settings_file.write_text(SITE, "utf-8")
    return load_settings(home, environment={})


class Gate:
    def __init__(self, storage: Storage, settings: Settings) -> None:
        self.pbx, self.clock, self.storage = RememberingPbx(), StandingClock(NOW), storage
        self.gatekeeper = Gatekeeper(storage, self.pbx, lambda: settings, self.clock, lambda error: None)

    def refused(self, address: str, times: int, apart: float = 1.0) -> None:
        self.gatekeeper.hear([Stranger(NOW + timedelta(seconds=n * apart), address, "1001") for n in range(times)])
        self.gatekeeper.step()

    def out(self) -> list[str]:
        return [each.address for each in shut_out_addresses(self.pbx)]

    def alerts(self) -> dict[str, tuple[object, object]]:
        with self.storage.reading() as tx:
            return {
                each.kind: (reason_of(each).values["count"], reason_of(each).values["address"])
                for each in AlertStore(tx).open()
            }


@pytest.fixture
def gate(storage: Storage, settings: Settings) -> Gate:
    return Gate(storage, settings)


def test_too_often_in_too_short_a_time(gate: Gate) -> None:
    gate.refused("203.0.113.7", 2)
    gate.refused("203.0.113.8", 3, apart=31)
    assert gate.out() == []
    gate.refused("203.0.113.7", 1)
    assert gate.out() == ["203.0.113.7"]
    assert gate.pbx.database == {
        f"hotline-shut-out/acl/203.0.113.7_{int(NOW.timestamp()) + 1800}": '{"deny": "203.0.113.7/32"}'
    }


@pytest.mark.parametrize(
    "address", ["127.0.0.1", "::1", "192.0.2.1", "192.0.2.14", "192.0.2.30", "198.51.100.9", "203.0.113.50"]
)
def test_our_own_are_counted_and_never_shut_out(gate: Gate, address: str) -> None:
    """This machine, the carrier, fixed and registered phones, and what the settings name."""
    gate.pbx.registered_from = ["203.0.113.50"]
    gate.refused(address, 9)
    assert gate.out() == [] and gate.alerts() == {"strangers": (9, address)}


def test_one_alert_tells_of_all_and_goes_on_counting(gate: Gate) -> None:
    gate.refused("203.0.113.7", 4)
    gate.refused("2001:db8::7", 3)
    assert gate.alerts() == {"strangers": (7, "2001:db8::7"), "shut_out": (2, "2001:db8::7")}
    with gate.storage.writing() as tx:
        strangers.calm(tx, NOW + timedelta(hours=23))
        assert len(AlertStore(tx).open()) == 2
        strangers.calm(tx, NOW + timedelta(hours=25))
        assert AlertStore(tx).open() == []


def test_a_callers_number_in_place_of_a_name_is_masked(gate: Gate) -> None:
    """A14: a carrier at an address that nobody has named yet sends callers' numbers."""
    gate.gatekeeper.hear([Stranger(NOW, "203.0.113.9", "+8613800138000")])
    gate.gatekeeper.step()
    with gate.storage.reading() as tx:
        (alert,) = AlertStore(tx).open()
    assert "138****8000" in english(reason_of(alert))
    assert "13800138000" not in f"{alert.detail} {alert.arguments}"


def test_what_asterisk_could_not_be_told_is_told_of_all_the_same(gate: Gate) -> None:
    gate.pbx.away = "away"
    gate.refused("203.0.113.7", 3)
    gate.pbx.away = ""
    gate.refused("203.0.113.7", 3)
    assert gate.out() == ["203.0.113.7"] and gate.alerts()["strangers"] == (6, "203.0.113.7")


def test_their_time_is_over_or_somebody_lifts_it(gate: Gate) -> None:
    shut_out(gate.pbx, "203.0.113.7", NOW + timedelta(minutes=1))
    shut_out(gate.pbx, "2001:db8::7", NOW + timedelta(minutes=2))
    assert let_in_again(gate.pbx, NOW + timedelta(minutes=1)) == ["203.0.113.7"] and gate.out() == ["2001:db8::7"]
    with pytest.raises(NotFound):
        lift(gate.storage, gate.pbx, "203.0.113.7", "root", NOW)
    with pytest.raises(Refused):
        lift(gate.storage, gate.pbx, "everybody", "root", NOW)
    lift(gate.storage, gate.pbx, "2001:db8:0::7", "root", NOW)
    assert gate.out() == []


def test_forged_addresses_do_not_fill_the_memory() -> None:
    tally = RefusalTally(2, timedelta(minutes=1))
    tally.note("first", NOW)
    for n in range(MOST_ADDRESSES):
        tally.note(str(n), NOW)
    assert not tally.note("first", NOW) and tally.note(str(MOST_ADDRESSES - 1), NOW)
