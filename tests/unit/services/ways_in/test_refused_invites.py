"""The carrier's INVITEs that became no call: one alert of each kind, which goes on counting and ends."""

from __future__ import annotations

import socket
from datetime import timedelta
from pathlib import Path

import pytest

from hotline.asterisk import sip_ear
from hotline.asterisk.sip_ear import SipEar
from hotline.domain.errors import StorageError
from hotline.domain.ways_in.refused_invites import RefusedInvite
from hotline.services.alerts import reason_of
from hotline.services.ways_in import refused_invites
from hotline.settings import Home, Settings, load_settings
from hotline.storage.alerts import AlertStore
from hotline.storage.transaction import Storage
from tests.support.instance import StandingClock, at
from tests.support.words import english
from tests.unit.asterisk.test_sip_copies import CAPTURED

NOON = at("2026-11-23 12:00")


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    home = Home(tmp_path / "home")
    home.create()
    home.settings_file.write_text('[trunk]\nhost = "192.0.2.1"\nmatch = ["192.0.2.0/28", "localhost"]\n', "utf-8")
    return load_settings(home, environment={})


def refused(minute: int, status: int = 488, offered: str = "G729") -> RefusedInvite:
    return RefusedInvite(NOON + timedelta(minutes=minute), "192.0.2.1", status, "Reason", offered)


def told(storage: Storage) -> dict[tuple[str, str], object]:
    with storage.reading() as tx:
        return {(alert.kind, alert.object): reason_of(alert).values["count"] for alert in AlertStore(tx).open()}


def tell(storage: Storage, settings: Settings, *found: RefusedInvite) -> None:
    with storage.writing() as tx:
        refused_invites.tell(tx, found, settings.trunk, NOON)


def test_one_alert_of_each_kind_goes_on_counting(storage: Storage, settings: Settings) -> None:
    tell(storage, settings, refused(0), refused(1, 484), refused(2, 415, ""))
    tell(storage, settings, refused(3, 484), refused(4, 420), refused(5, offered="G723"))
    assert told(storage) == {("offer_refused", ""): 3, ("invite_refused", "484"): 2, ("invite_refused", "420"): 1}
    with storage.reading() as tx:
        offer = next(alert for alert in AlertStore(tx).open() if alert.kind == "offer_refused")
    assert reason_of(offer).values == {
        "count": 3,
        "first_at": NOON,
        "last_at": NOON + timedelta(minutes=5),
        "address": "192.0.2.1",
        "status": 488,
        "offered": "G723",
        "ours": ["alaw", "ulaw"],
    }
    assert english(reason_of(offer)).startswith(
        "3 calls refused (488), first 2026-11-23 12:00, last 2026-11-23 12:05 from 192.0.2.1: "
        "offered G723, ours are alaw, ulaw. "
    )


def test_a_week_without_any_ends_it(storage: Storage, settings: Settings) -> None:
    tell(storage, settings, refused(0), refused(0, 484))
    for days, left in ((6, 2), (8, 0)):
        with storage.writing() as tx:
            refused_invites.calm(tx, NOON + timedelta(days=days))
        assert len(told(storage)) == left


class Ear(SipEar):
    def __init__(self, storage: Storage, settings: Settings) -> None:
        super().__init__(storage, settings, "geheim", StandingClock(NOON), lambda error: None)

    def hear_refusal(self, address: bytes) -> None:
        told = b"Call-ID: 679f09\r\nCSeq: %d INVITE\r\n\r\n" % int.from_bytes(address, "big")
        ask, say = (message(first + told) for first in (b"INVITE sip:x SIP/2.0\r\n", b"SIP/2.0 484 Incomplete\r\n"))
        self.hear(ask.replace(b"\x7f\x00\x00\x02", address))
        self.hear(say.replace(b"\x7f\x00\x00\x01", address))


def message(text: bytes) -> bytes:
    """That message in a copy; its address stands in both places."""
    start = CAPTURED.index(b"\x00\x00\x00\x0f")
    return CAPTURED[:start] + b"\x00\x00\x00\x0f" + (len(text) + 6).to_bytes(2, "big") + text


def test_only_the_carriers_are_told_of(storage: Storage, settings: Settings) -> None:
    """By address, network and name; not strangers', not phones'."""
    ear = Ear(storage, settings)
    for address in (b"\xc0\x00\x02\x0e", b"\x7f\x00\x00\x01", b"\xc0\x00\x02\x10", b"\xcb\x00\x71\x07"):
        ear.hear_refusal(address)
    ear.tell()
    assert told(storage) == {("invite_refused", "484"): 2}


def test_what_the_database_fails_is_told_later(
    storage: Storage, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    ear = Ear(storage, settings)
    ear.hear_refusal(b"\xc0\x00\x02\x0e")

    def away() -> None:
        raise StorageError("away")

    with monkeypatch.context() as patched:
        patched.setattr(storage, "writing", away)
        ear.tell()
    ear.tell()
    ear.tell()
    assert told(storage) == {("invite_refused", "484"): 1}


def test_what_waits_is_bounded(storage: Storage, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sip_ear, "MOST_UNTOLD", 2)
    ear = Ear(storage, settings)
    for last in (1, 2, 3):
        ear.hear_refusal(bytes((192, 0, 2, last)))
    ear.tell()
    assert told(storage) == {("invite_refused", "484"): 2}


def test_copies_that_came_while_others_were_waited_for_are_heard_up_to_the_limit(
    storage: Storage, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[bytes] = []
    ear = Ear(storage, settings)
    monkeypatch.setattr(ear, "hear", heard.append)
    with datagrams() as own, datagrams() as it:
        own.bind(("127.0.0.1", 0))
        for number in range(5):
            it.sendto(b"%d" % number, own.getsockname())
        assert ear.hear_waiting(own, 3) == 3
        assert ear.hear_waiting(own, 3) == 2
    assert heard == [b"0", b"1", b"2", b"3", b"4"]


def datagrams() -> socket.socket:
    return socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
