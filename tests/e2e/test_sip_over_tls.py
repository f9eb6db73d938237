"""A call over TLS with encrypted sound, by real packets: a second Asterisk is the carrier."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import pytest

from hotline.domain.calls.call import Direction
from hotline.domain.calls.ledger import CallFilter, StoredCall
from hotline.storage.calls.store import CallStore
from tests.support.certificates import Authority
from tests.support.expect import tone_differences
from tests.support.rig import PROMPT_PITCH, Rig, wait_until
from tests.support.sip_packets import Visitor
from tests.support.tones import tone, write_wav

pytestmark = pytest.mark.e2e

OURS, CARRIERS = "127.0.0.1", "127.0.0.4"


def over_tls(rig: Rig, authority: Authority, own: str, other: str, port: int) -> None:
    """Have trunk and phones of this hotline, which is at `own`, talk by TLS with encrypted sound."""
    pair = authority.issue(f"at-{own}", own)
    rig.environment |= {
        "HOTLINE_LISTEN__HOST": own,
        "HOTLINE_ASTERISK__AMI_HOST": own,
        "HOTLINE_TRUNK__HOST": other,
        "HOTLINE_TRUNK__PORT": str(port),
        "HOTLINE_DUTY__ALWAYS": "[]",
        "HOTLINE_TRUNK__TRANSPORT": "tls",
        "HOTLINE_TRUNK__MEDIA_ENCRYPTION": "sdes",
        "HOTLINE_PHONES__TRANSPORT": "tls",
        "HOTLINE_PHONES__MEDIA_ENCRYPTION": "sdes",
        "HOTLINE_TLS__CERTIFICATE": str(pair.certificate),
        "HOTLINE_TLS__KEY": str(pair.key),
        "HOTLINE_TLS__AUTHORITIES": str(authority.certificate),
    }


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("authority"))


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory, authority: Authority) -> Iterator[tuple[Rig, Rig]]:
    """The hotline, and the Asterisk of another one that stands for the carrier."""
    ours, carrier = Rig(tmp_path_factory.mktemp("ours")), Rig(tmp_path_factory.mktemp("carrier"))
    over_tls(ours, authority, OURS, CARRIERS, carrier.base + 61)
    over_tls(carrier, authority, CARRIERS, OURS, ours.base + 61)
    for rig in (ours, carrier):
        rig.prepare()
    # Long enough to reach into our voicemail; what we say after it is what the carrier's Asterisk then records.
    write_wav(carrier.home.site_greetings / "zh" / "voicemail-prompt.wav", tone(440, 20.0))
    carrier.cli("greetings", "build")
    try:
        ours.start()
        carrier.start("pbx")
        yield ours, carrier
    finally:
        for rig in (ours, carrier):
            rig.stop()


def voicemails(rig: Rig) -> list[StoredCall]:
    with rig.hotline.storage.reading() as tx:
        found = CallStore(tx).search(CallFilter(directions=(Direction.INBOUND,)), limit=9).calls
    return [each for each in found if each.recordings and all(one.state == "ready" for one in each.recordings)]


def test_both_sides_are_heard(pair: tuple[Rig, Rig]) -> None:
    """After hours: the carrier's Asterisk plays a tone into our voicemail, then records what we say."""
    ours, carrier = pair
    ours.set_clock(datetime.fromisoformat("2026-11-23T20:00:00+08:00"))
    carrier.pbx.originate("PJSIP/4001234567@trunk", "hl-route", "voicemail", "13900000001", {}, 20)
    stored = wait_until(lambda: voicemails(ours), "the call and its message to be kept", 60)
    assert isinstance(stored, list)
    message = stored[0].recordings[0]
    assert tone_differences(ours.home.recordings / message.path, {"left": ["440 >3"]}) == []
    wait_until(lambda: carrier.channels() == 0, "the call to be over")
    heard = next(carrier.home.incoming.glob("*-voicemail.wav"))
    assert tone_differences(heard, {"left": [f"{PROMPT_PITCH['voicemail-saved']} >0.2"]}) == []


def test_the_keys_of_the_sound_are_agreed_on(pair: tuple[Rig, Rig]) -> None:
    ours, _carrier = pair
    with Visitor((OURS, ours.base + 61), CARRIERS, "tls", srtp=True).call("13900000002", "4001234567") as call:
        assert "RTP/SAVP" in call.answer.text and "a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:" in call.answer.text


def test_unencrypted_sound_is_refused(pair: tuple[Rig, Rig]) -> None:
    ours, _carrier = pair
    who = Visitor((OURS, ours.base + 61), CARRIERS, "tls")
    answer = who.ask("INVITE", "13900000001", "4001234567")
    assert answer is not None and answer.status == 488
    stranger = Visitor((OURS, ours.base + 61), "127.0.0.9", "tls").ask("INVITE", "trunk", "4001234567")
    assert stranger is not None and stranger.status == 401
