"""转评价 on the real Asterisk (E9, C3): which endings ask the caller, what they press, what ledger, rating and
recording have of it."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest

from hotline.domain.calls.call import Call, Direction, PartyKind
from hotline.domain.calls.ledger import CallFilter
from hotline.domain.errors import Conflict
from hotline.domain.operators.presence import ShownState
from hotline.domain.satisfaction.rating import Rating
from hotline.domain.time import system_clock
from hotline.services.operators.call_control import talking_with
from hotline.services.recordings.pause import customers_channel
from hotline.services.satisfaction.handing_over import hand_over
from hotline.storage.calls.store import CallStore
from hotline.storage.satisfaction.store import RatingStore
from tests.support.consulting import Consulting
from tests.support.dialling_rig import QIAN, ZHAO, DiallingRig
from tests.support.ears import AUDIBLE_DBFS, Ear, in_order, strength
from tests.support.expect import tone_differences
from tests.support.rig import CARRIER, MOBILES, PROMPT_PITCH, wait_until
from tests.support.sipp import Phone
from tests.support.tones import RATE

pytestmark = pytest.mark.e2e

ASKS = """
[satisfaction]
after_call = true
dialled = true
key_seconds = 2
"""
ASK, THANKS, WRONG, SILENT, GOODBYE = "rating-ask", "rating-thanks", "key-invalid", "key-missing", "goodbye"
AFTER = (ASK, THANKS, WRONG, SILENT, GOODBYE)
HEARD = {hertz: name for name, hertz in PROMPT_PITCH.items()}
#: A phone that talks for so long and hangs up first; one that leaves it to others.
ENDS = ("ring 0.2", "answer", "tone 1000 60", "wait 3", "hang up")
KEEPS = ("ring 0.2", "answer", "tone 1000 60", "expect hangup")
OUTSIDE = ("ring 0.2", "answer", "tone 1500 60", "wait 3", "hang up")
#: Two channels of 16 bits.
BYTES_A_SECOND = 4 * RATE
#: The pairs of which a key's sound is made (ITU-T Q.23).
KEY_TONES = (697, 770, 852, 941, 1209, 1336, 1477)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DiallingRig]:
    running = DiallingRig(tmp_path_factory.mktemp("satisfaction"), ASKS)
    running.prepare()
    try:
        running.start("pbx", "ivr", "listener")
        yield running
    finally:
        running.stop()


@pytest.fixture
def rig(site: DiallingRig, request: pytest.FixtureRequest) -> Iterator[DiallingRig]:
    """On a Monday at ten, 1001 ready."""
    site.test = "".join(each if each.isalnum() else "-" for each in request.node.name)
    site.set_clock(datetime.fromisoformat("2026-11-23T10:00:00+08:00"))
    site.ready("1001")
    try:
        yield site
    finally:
        site.clear()


@dataclass
class OnTheLine:
    """A caller who listens before they press."""

    rig: DiallingRig
    ear: Ear
    phone: Phone
    number: str
    begun: datetime

    def hears(self, name: str, seconds: float = 20) -> None:
        """Until this prompt is what is heard now."""
        hertz = PROMPT_PITCH[name]
        wait_until(
            lambda: strength(self.ear.everything()[-RATE // 10 :], hertz) >= AUDIBLE_DBFS, f"to hear {name}", seconds
        )
        # What came before it leaves the window: while nothing was said, nothing was sent.
        time.sleep(0.2)

    def answers(self, key: str) -> None:
        """Long enough after the question has begun that it is heard."""
        self.hears(ASK)
        time.sleep(0.3)
        self.ear.press(key)

    def ends(self) -> list[str]:
        """What was said after the talk, once the call is over."""
        assert self.phone.wait(40) == 0, self.phone.errors
        heard = [HEARD[int(hertz)] for hertz in in_order(self.ear.everything(), *HEARD)]
        return [name for name in heard if name in AFTER]

    def talks(self) -> int:
        """The call's id, once the ledger has the talk."""

        def talking() -> int | None:
            stored = self._stored()
            return stored[0] if stored and any(talk.ended_at is None for talk in stored[1].talks) else None

        found = wait_until(talking, "the talk to stand in the ledger")
        assert found is not None
        return found

    def channel(self) -> str:
        stored = self._stored()
        return customers_channel(self.rig.pbx, stored[1].linkedid) if stored else ""

    def call(self) -> Call:
        """As the ledger has it once it is over."""

        def over() -> Call | None:
            stored = self._stored()
            return stored[1] if stored and stored[1].ended_at else None

        found = wait_until(over, "the call to be over in the ledger")
        assert found is not None
        return found

    def rating(self) -> Rating | None:
        """Written with the ledger's row."""
        call = self.call()
        with self.rig.hotline.storage.reading() as tx:
            return RatingStore(tx).of_call(call.node, call.linkedid)

    def _stored(self) -> tuple[int, Call] | None:
        with self.rig.hotline.storage.reading() as tx:
            found = CallStore(tx).search(CallFilter(since=self.begun - timedelta(seconds=1)), limit=20).calls
        mine = [each for each in found if each.call.caller.number == f"+86{self.number}"]
        return (mine[0].id, mine[0].call) if mine else None


_numbers = iter(range(10_000))


@contextmanager
def calling(rig: DiallingRig, *steps: str, port: int = 90) -> Iterator[OnTheLine]:
    """Who presses 1 in the menu and leaves it to others to hang up, unless `steps` say otherwise."""
    ear, number, begun = Ear(CARRIER, 440.0), f"13911{next(_numbers):06d}", datetime.now(UTC)
    script = ["call", *(steps or ("expect hangup",))]
    try:
        phone = rig.caller(script, number, ear=ear, port=rig.base + port, phone=f"caller{port}")
        caller = OnTheLine(rig, ear, phone, number, begun)
        caller.hears("menu-main")
        ear.press("1")
        yield caller
    finally:
        ear.close()


def operator(rig: DiallingRig, steps: Sequence[str] = ENDS, extension: str = "1001") -> None:
    rig.phone(extension, {"": steps}, rig.base + 80 + int(extension[-1]))


def hand(caller: OnTheLine) -> None:
    """As the console does at a key."""
    hotline = caller.rig.hotline
    hand_over(hotline.storage, hotline.settings, caller.rig.pbx, caller.talks(), ZHAO, "1001", system_clock())


def require(caller: OnTheLine, answer: int | None, handed_by: str = "hung_up", extension: str = "1001") -> Call:
    rating, call = caller.rating(), caller.call()
    assert rating is not None
    assert (rating.answer, rating.handed_by, rating.extension) == (answer, handed_by, extension)
    assert (rating.line, rating.number, rating.way) == ("main", f"+86{caller.number}", "key")
    assert call.asked is not None and call.asked.answer == answer and str(call.outcome) == "answered"
    assert [talk.ended_at is not None and talk.ended_at <= call.asked.at for talk in call.talks[-1:]] == [True]
    return call


def require_recording(rig: DiallingRig, call: Call) -> None:
    """It holds the talk and ends with it: neither the question nor a key is in it."""

    sound = rig.home.incoming / call.recordings[0].file
    both = (*(f"{PROMPT_PITCH[name]} 0" for name in (ASK, THANKS)), *(f"{hertz} 0" for hertz in KEY_TONES))
    assert tone_differences(sound, {"left": ["440 >1.0", *both], "right": ["1000 >1.0", *both]}) == []
    recorded_until = call.recordings[0].at + timedelta(seconds=sound.stat().st_size / BYTES_A_SECOND)
    assert call.asked is not None and abs((recorded_until - call.asked.at).total_seconds()) < 1.0


@pytest.mark.parametrize("key", "12345")
def test_who_is_left_first_presses_a_key(rig: DiallingRig, key: str) -> None:
    operator(rig)
    with calling(rig) as caller:
        caller.answers(key)
        assert caller.ends() == [ASK, THANKS]
    call = require(caller, int(key))
    assert call.hang_up is not None and call.hang_up.by.kind is PartyKind.SYSTEM
    assert 2.5 < call.talk_seconds < 4.5
    require_recording(rig, call)


def test_the_operator_hands_over_and_is_free_at_once(rig: DiallingRig) -> None:
    operator(rig, KEEPS)
    with calling(rig) as caller:
        caller.talks()
        time.sleep(2)
        hand(caller)
        caller.hears(ASK)
        wait_until(lambda: rig.state("1001") is ShownState.WRAP_UP, "1001 to write it up while the caller is asked", 3)
        caller.ear.press("4")
        assert caller.ends() == [ASK, THANKS]
    call = require(caller, 4, "handed_over")
    assert call.hang_up is not None and call.hang_up.by.kind is PartyKind.SYSTEM
    require_recording(rig, call)


@pytest.mark.parametrize(("first", "said"), [("9", WRONG), ("*", WRONG), ("", SILENT)])
def test_after_another_key_or_none_they_are_asked_once_more(rig: DiallingRig, first: str, said: str) -> None:
    operator(rig)
    with calling(rig) as caller:
        if first:
            caller.answers(first)
        caller.hears(said)
        caller.answers("3")
        assert caller.ends() == [ASK, said, ASK, THANKS]
    require(caller, 3)


def test_silence_twice_is_no_answer(rig: DiallingRig) -> None:
    operator(rig)
    with calling(rig) as caller:
        assert caller.ends() == [ASK, SILENT, ASK, GOODBYE]
    call = require(caller, None)
    assert call.hang_up is not None and call.hang_up.by.kind is PartyKind.SYSTEM


def test_wrong_keys_twice_are_no_answer(rig: DiallingRig) -> None:
    operator(rig)
    with calling(rig) as caller:
        caller.answers("0")
        caller.hears(WRONG)
        caller.answers("7")
        assert caller.ends() == [ASK, WRONG, ASK, GOODBYE]
    require(caller, None)


@pytest.mark.parametrize("while_", [ASK, SILENT])
def test_who_hangs_up_without_a_key_has_not_answered(rig: DiallingRig, while_: str) -> None:
    """In mid-prompt, and while they are asked again."""
    operator(rig)
    with calling(rig, "until told", "hang up") as caller:
        caller.hears(while_)
        caller.phone.tell()
        caller.ends()
    call = require(caller, None)
    assert call.hang_up is not None and call.hang_up.by.kind is PartyKind.CALLER
    assert call.asked is not None and not call.asked.over


def test_who_hangs_up_first_is_not_asked(rig: DiallingRig) -> None:
    operator(rig, KEEPS)
    with calling(rig, "until told", "hang up") as caller:
        caller.talks()
        caller.phone.tell()
        assert caller.ends() == []
    assert caller.rating() is None and caller.call().asked is None


def test_of_a_transferred_call_the_last_operator_hands_over(rig: DiallingRig) -> None:
    operator(rig, KEEPS)
    operator(rig, KEEPS, "1002")
    with calling(rig) as caller:
        consulting = Consulting(rig)
        for step in ("1001 sends 1002", "1002 talks", "1001 is_free", "1002 waits 2"):
            consulting.do(step)
        call_id, hotline = caller.talks(), rig.hotline
        with pytest.raises(Conflict):
            hand_over(hotline.storage, hotline.settings, rig.pbx, call_id, ZHAO, "1001", system_clock())
        hand_over(hotline.storage, hotline.settings, rig.pbx, call_id, QIAN, "1002", system_clock())
        caller.answers("5")
        assert caller.ends() == [ASK, THANKS]
    require(caller, 5, "handed_over", "1002")


def test_while_a_colleague_is_consulted_nobody_is_handed_over(rig: DiallingRig) -> None:
    operator(rig, KEEPS)
    operator(rig, KEEPS, "1002")
    with calling(rig) as caller:
        consulting = Consulting(rig)
        consulting.do("1001 asks 1002")
        consulting.do("1002 talks")
        with pytest.raises(Conflict):
            hand(caller)
        consulting.do("1001 takes_back")
        wait_until(lambda: talking_with(rig.pbx, ["1001"], caller.channel()), "1001 to be back with the caller")
        hand(caller)
        caller.answers("2")
        assert caller.ends() == [ASK, THANKS]
    require(caller, 2, "handed_over")


@pytest.mark.parametrize("how", ["blind", "consulted"])
def test_who_was_passed_on_to_a_person_outside_is_not_asked(rig: DiallingRig, how: str) -> None:
    """That person hangs up first."""
    operator(rig, KEEPS)
    rig.phone("mobiles", {"13800000012": OUTSIDE}, rig.base + 70, CARRIER)
    with calling(rig) as caller:
        consulting = Consulting(rig)
        if how == "blind":
            consulting.talks("1001")
            rig.pbx.database_put("hotline-directory", "12", "13800000012")
            rig.pbx.blind_transfer(consulting.leg("1001"), "dir12", "hl-transfer")
        else:
            consulting.do("1001 asks dir12")
            consulting.do("outside talks")
            consulting.do("1001 completes")
        assert caller.ends() == []
    assert caller.rating() is None and caller.call().asked is None


def test_after_a_person_outside_was_asked_the_operator_s_own_end_asks(rig: DiallingRig) -> None:
    operator(rig, KEEPS)
    rig.phone(
        "mobiles", {"13800000012": ("ring 0.2", "answer", "tone 1500 60", "expect hangup")}, rig.base + 70, CARRIER
    )
    with calling(rig) as caller:
        consulting = Consulting(rig)
        for step in ("1001 asks dir12", "outside talks", "1001 takes_back", "outside is_free"):
            consulting.do(step)
        consulting.do("1001 waits 1")
        consulting.do("1001 ends")
        caller.answers("1")
        assert caller.ends() == [ASK, THANKS]
    require(caller, 1)


def test_nobody_is_asked_after_a_phone_that_is_gone(rig: DiallingRig) -> None:
    """Back to the queue; who takes them then may end it."""
    operator(rig, KEEPS)
    with calling(rig, "until told", "hang up") as caller:
        caller.talks()
        Consulting(rig).do("1001 dies")
        wait_until(lambda: "operator-lost" in said(caller), "the words to who is led on", 10)
        caller.phone.tell()
        assert caller.ends() == []
    assert caller.rating() is None


def said(caller: OnTheLine) -> list[str]:
    lost = PROMPT_PITCH["operator-lost"]
    return ["operator-lost"] if in_order(caller.ear.everything(), lost) else []


def test_the_duty_mobile_asks_nothing(rig: DiallingRig) -> None:
    rig.set_clock(datetime.fromisoformat("2026-11-23T20:00:00+08:00"))
    taken = ("ring 0.2", "answer", "wait 0.7", "press 1", "tone 1500 60", "wait 3", "hang up")
    rig.phone("mobiles", {MOBILES[0]: taken}, rig.base + 70, CARRIER)
    number, begun = f"13911{next(_numbers):06d}", datetime.now(UTC)
    ear = Ear(CARRIER, 440.0)
    caller = OnTheLine(rig, ear, rig.caller(["call", "expect hangup"], number, ear=ear), number, begun)
    try:
        assert caller.ends() == []
    finally:
        ear.close()
    assert str(caller.call().outcome) == "forwarded_answered" and caller.rating() is None


def test_a_voicemail_asks_nothing(rig: DiallingRig) -> None:
    number, begun, ear = f"13911{next(_numbers):06d}", datetime.now(UTC), Ear(CARRIER, 440.0)
    steps = ["call", "until told", "hang up"]
    caller = OnTheLine(rig, ear, rig.caller(steps, number, ear=ear), number, begun)
    try:
        caller.hears("menu-main")
        ear.press("8")
        caller.hears("voicemail-prompt")
        wait_until(
            lambda: strength(ear.everything()[-RATE // 10 :], PROMPT_PITCH["voicemail-prompt"]) < AUDIBLE_DBFS, ""
        )
        ear.press("#")
        caller.phone.tell()
        assert caller.ends() == []
    finally:
        ear.close()
    assert caller.rating() is None


def test_two_callers_answer_at_once(rig: DiallingRig) -> None:
    """Each for themselves."""
    rig.ready("1001", "1002")
    operator(rig, ("ring 0.2", "answer", "tone 1000 60", "wait 6", "hang up"))
    operator(rig, ("ring 0.2", "answer", "tone 1500 60", "wait 6", "hang up"), "1002")
    with calling(rig) as one:
        one.talks()
        with calling(rig, port=93) as other:
            other.talks()
            one.hears(ASK)
            other.hears(ASK)
            one.ear.press("5")
            other.ear.press("1")
            assert (one.ends(), other.ends()) == ([ASK, THANKS], [ASK, THANKS])
    found = {(rating.answer, rating.extension) for rating in (one.rating(), other.rating()) if rating}
    assert {answer for answer, _extension in found} == {5, 1}
    assert {extension for _answer, extension in found} == {"1001", "1002"}


def test_what_is_pressed_while_the_listener_is_dead_is_not_lost(rig: DiallingRig) -> None:
    operator(rig)
    with calling(rig) as caller:
        caller.hears(ASK)
        rig.kill("listener")
        caller.ear.press("2")
        assert caller.ends() == [ASK, THANKS]
    rig.restart("listener")
    require(caller, 2)


def test_a_customer_whom_we_called_is_handed_over_by_the_operator_alone(rig: DiallingRig) -> None:
    operator(rig, KEEPS)
    rig.customer(("ring 0.2", "answer", "tone 440 60", "wait 4", "press 5", "expect hangup"))
    begun = rig.dial()
    wait_until(lambda: rig.state("1001") is ShownState.TALKING, "the operator to talk")
    hotline = rig.hotline
    with hotline.storage.reading() as tx:
        call_id = CallStore(tx).id_of(hotline.settings.site.node, begun.linkedid)
    assert call_id is not None
    hand_over(hotline.storage, hotline.settings, rig.pbx, call_id, ZHAO, "1001", system_clock())
    _over, call = rig.ended(begun)
    assert call is not None and call.direction is Direction.DIALLED
    assert call.asked is not None and call.asked.answer == 5
    with hotline.storage.reading() as tx:
        rating = RatingStore(tx).of_call(call.node, call.linkedid)
    assert rating is not None and (rating.answer, rating.extension, rating.handed_by) == (5, "1001", "handed_over")
