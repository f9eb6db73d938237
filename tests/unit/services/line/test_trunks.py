"""A3, A4: that a carrier cannot be reached, or knows us no more, is told while it is so."""

from __future__ import annotations

from pathlib import Path

import pytest

from hotline.services.line.trunks import TrunkWatch
from tests.support.instance import an_instance, at
from tests.support.pbx import RememberingPbx

NOW = at("2026-11-16 10:30:00")
CALLBACK = '[callback_trunk]\nhost = "192.0.2.8"\nnumber = "01088886666"\n'
REGISTERS = 'kind = "registration"\nusername = "u"\npassword = "p"\n'
LINE = '[trunk]\nhost = "192.0.2.7"\n'


def told(folder: Path, site: str, *pbxes: RememberingPbx) -> list[dict[str, str]]:
    """At each look, the codes by trunk of those that are in trouble."""
    settings, watch = an_instance(folder, NOW, site).settings, TrunkWatch()
    looks = (watch.look(settings, pbx) for pbx in pbxes)
    return [{trunk: str(reason.code) for trunk, reason in look.items() if reason} for look in looks]


def answering(**states: str) -> RememberingPbx:
    pbx = RememberingPbx()
    pbx.handsets = {"1001": "Unavailable", **states}
    return pbx


def registered(**states: str) -> RememberingPbx:
    pbx = answering(trunk="Not in use", callback_trunk="Not in use")
    pbx.registered = states
    return pbx


@pytest.mark.parametrize(
    ("site", "state", "said"),
    [
        (CALLBACK, "Unavailable", {"callback_trunk": "dialling.trunk_unreachable"}),
        (CALLBACK, "Not in use", {}),
        (CALLBACK, "In use", {}),
        (CALLBACK + "qualify_seconds = 0\n", "Unavailable", {}),
        ("", "Unavailable", {}),
    ],
)
def test_a_callback_trunk_that_cannot_be_reached_is_told_at_once(
    tmp_path: Path, site: str, state: str, said: dict[str, str]
) -> None:
    assert told(tmp_path, LINE + "qualify_seconds = 0\n" + site, answering(callback_trunk=state)) == [said]


def test_a4_so_is_the_lines_own_carrier(tmp_path: Path) -> None:
    down, up = answering(trunk="Unavailable"), answering(trunk="Not in use")
    said = told(tmp_path, LINE + "qualify_seconds = 60\n", down, up)
    assert said == [{"trunk": "line.trunk_unreachable"}, {}]


@pytest.mark.parametrize("status", ["Rejected", "Unregistered", "Stopped", ""])
def test_a4_a_registration_that_is_lost_is_told_when_it_lasts(tmp_path: Path, status: str) -> None:
    """What Asterisk has just begun, as at its start, is no trouble yet."""
    good = registered(trunk="Registered")
    lost = registered(**{"trunk": status} if status else {})
    said = told(tmp_path, LINE + REGISTERS, good, lost, lost, good, lost)
    assert said == [{}, {}, {"trunk": "line.trunk_unregistered"}, {}, {}]


def test_a3_the_callback_trunks_registration_is_its_own(tmp_path: Path) -> None:
    half = registered(trunk="Registered", callback_trunk="Rejected")
    said = told(tmp_path, LINE + REGISTERS + CALLBACK + REGISTERS, half, half)
    assert said[1] == {"callback_trunk": "line.trunk_unregistered"}


def test_who_does_not_register_is_not_asked_for_it(tmp_path: Path) -> None:
    pbx = registered(trunk="Rejected")
    assert told(tmp_path, LINE, pbx, pbx) == [{}, {}]
