"""What is said on calls that we dial, and what the rules find in it: speech through SIPp and Asterisk over the callback
trunk, the recording with the customer on the left, the real Vosk. What is expected is known from the script alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pytest

from hotline.domain.calls.call import Direction
from hotline.domain.calls.ledger import CallFilter
from hotline.domain.people import Actor
from hotline.domain.recordings.transcript import Side
from hotline.storage.forms.store import FormStore
from tests.support.dialling_rig import CALLBACK_CARRIER, QIAN, ZHAO, DiallingRig
from tests.support.measured_talk import Measured, measured, stands_at
from tests.support.spoken import Utterance, speak
from tests.support.tones import sound_pcap
from tests.support.vosk_tiny import MODEL

pytestmark = pytest.mark.e2e

#: Characters a minute that rule C5 wants, as espeak-ng counts pace.
CALM = 120
#: Seconds from the answer of the operator's phone until the customer has heard the notice (G1), with some to spare.
NOTICE = 3.0

#: Company, own work number and reason; surname; sorry, thanks, goodbye. Seconds from the answer of our phone.
WELL = [
    Utterance(NOTICE + 0.5, "您好 管 先生 公司 客服 工号 一 二 三 回复 您 的 问题", CALM),
    Utterance(NOTICE + 17.0, "您 的 订单 我们 已经 收到 我们 会 尽快 为 您 处理", CALM),
    Utterance(NOTICE + 30.0, "麻烦 您 了 谢谢 您 再见", CALM),
]
#: Neither name nor reason (C1), and goodbye alone (C2).
BADLY = [
    Utterance(NOTICE + 0.5, "您好 我们 是 公司 客服", CALM),
    Utterance(NOTICE + 17.0, "您 的 订单 我们 已经 收到 我们 会 尽快 为 您 处理", CALM),
    Utterance(NOTICE + 30.0, "再见", CALM),
]
CUSTOMER = [Utterance(NOTICE + 10.0, "好的 明白 了"), Utterance(NOTICE + 27.5, "好的")]


@dataclass(frozen=True)
class Said:
    """What one operator says to one customer, who hangs up so many seconds after their answer."""

    number: str
    actor: Actor
    operator: Sequence[Utterance]
    voice: str
    ends: int


DIALS = {"well": Said("13912345601", ZHAO, WELL, "f3", 40), "badly": Said("13912345602", QIAN, BADLY, "f2", 38)}


@pytest.fixture(scope="module")
def rig(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DiallingRig]:
    running = DiallingRig(tmp_path_factory.mktemp("spoken-dials"))
    running.environment["HOTLINE_SITE__COMPANY"] = "公司客服"
    running.cli("model", "install", str(MODEL), "--name", "tiny")
    running.cli("model", "use", "tiny")
    running.prepare()
    try:
        running.start("pbx", "ivr", "listener", "worker")
        running.launch("transcriber")
        yield running
    finally:
        running.stop()


@pytest.fixture(scope="module")
def calls(rig: DiallingRig) -> dict[str, Measured]:
    """Both, one after the other, until each has been heard, transcribed and measured."""
    theirs = sound_pcap(rig.scripts / "customer.pcap", speak(CUSTOMER, "m5").samples)
    rig.phone(
        "customer",
        {
            each.number: ["ring 0.3", "answer", f"play {theirs}", f"wait {each.ends}", "hang up"]
            for each in DIALS.values()
        },
        rig.base + 75,
        CALLBACK_CARRIER,
    )
    try:
        return {name: _talked(rig, name, dialled) for name, dialled in DIALS.items()}
    finally:
        rig.clear()


def _talked(rig: DiallingRig, name: str, dialled: Said) -> Measured:
    extension = dialled.actor.extension or ""
    rig.ready(extension)
    spoken = speak(dialled.operator, dialled.voice)
    ours = sound_pcap(rig.scripts / f"{name}-operator.pcap", spoken.samples)
    rig.operator(["ring 0.3", "answer", f"play {ours}", "expect hangup"], extension)
    rig.ended(rig.dial(dialled.actor, dialled.number), 60)
    return measured(rig, CallFilter(caller=dialled.number), spoken)


@pytest.mark.parametrize("name", DIALS)
def test_the_customer_is_left_and_our_side_right(calls: dict[str, Measured], name: str) -> None:
    assert calls[name].call.direction is Direction.DIALLED
    ours, theirs = calls[name].said(Side.OURS), calls[name].said(Side.CALLER)
    assert "公司客服" in ours and "公司客服" not in theirs
    assert "好的明白了" in theirs and "明白了" not in ours


def test_c1_c2_what_is_said_on_a_call_that_we_dial_is_found_to_be_said(calls: dict[str, Measured]) -> None:
    """C1: company, own work number, reason. C2: sorry, thanks, goodbye. C3, C13 as ever, and A8 never."""
    call = calls["well"]
    assert call.broken == set()
    assert "A8" not in {each.rule for each in call.findings}
    for kind, rule in (("opening", "C1"), ("closing", "C2")):
        finding = call.one(rule, kind)
        assert (finding.value, finding.limit, finding.counts) == (3, 3, True)
    stands_at(call.one("C1", "opening"), call.span(0))
    assert call.one("C13", "surname_used").words == "管先生"
    assert not call.one("C3", "caller_hung_up").breach


def test_c1_c2_what_is_not_said_is_named_with_its_second(calls: dict[str, Measured]) -> None:
    """C1 without name and reason, C2 with a goodbye alone; C13 without the surname."""
    call = calls["badly"]
    assert call.broken == {("C1", "opening"), ("C2", "closing"), ("C13", "surname_asked")}
    opening, closing = call.one("C1", "opening"), call.one("C2", "closing")
    assert (opening.value, opening.counts) == (1, True)
    assert opening.note.startswith("钱伟|小钱|姓钱|工号 / 回电")
    stands_at(opening, call.span(0))
    assert (closing.value, closing.counts) == (1, True)
    assert closing.note == "打扰您|打扰了|麻烦您|耽误您 / 感谢|谢谢"


def test_b1_a_talk_that_we_dialled_is_to_be_written_up(rig: DiallingRig, calls: dict[str, Measured]) -> None:
    for name, dialled in DIALS.items():
        call = calls[name].call
        with rig.hotline.storage.reading() as tx:
            form = FormStore(tx).of_calls(call.node, [call.linkedid])[call.linkedid]
        assert (form.owner, form.number) == (dialled.actor.extension, f"+86{dialled.number}")
