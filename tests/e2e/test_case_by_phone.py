"""The state of a case by telephone, with real Asterisk: what a caller enters by keys, and which prompts they hear."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest

from hotline.domain.accounts.audit import AuditFilter
from hotline.domain.calls.call import Call, Direction
from hotline.domain.calls.ledger import CallFilter
from hotline.domain.cases.case import ServiceCase
from hotline.domain.numbers import normalise
from hotline.services.cases.acting import do_act
from hotline.services.cases.opening import NewCase, open_case
from hotline.storage.audit import AuditLog
from hotline.storage.calls.store import CallStore
from tests.support.case_site import BOSS, OWNER
from tests.support.ears import AUDIBLE_DBFS, Ear, in_order, strength
from tests.support.rig import CARRIER, PROMPT_PITCH, Rig, wait_until
from tests.support.sipp import Phone
from tests.support.tones import RATE, tone, write_wav

pytestmark = pytest.mark.e2e

MENU = """
[lines.main]
number = "4001234567"
menu = "enquiry"
[menus.enquiry]
prompt = "menu-main"
operator_queue = "service"
key_seconds = 2
[menus.enquiry.keys]
5 = { to = "case", subject = "工单进度" }
0 = "operator"
"""
#: In place of whole sentences, each a pitch of its own.
PITCH = {
    "case-enter-number": 600,
    "case-enter-last-four": 660,
    "case-not-found": 720,
    "case-received": 780,
    "case-looked-into": 840,
    "case-proposed": 900,
    "case-waiting": 960,
    "case-carried-out": 1020,
    "case-closed": 1080,
    "case-next-word": 1140,
    "case-month": 1200,
    "case-day": 1260,
}
DIGITS = {10: 1320, 20: 1375, 30: 1430, **{digit: 1450 + 50 * digit for digit in range(1, 10)}}
HEARD = {
    **{hertz: name for name, hertz in PITCH.items()},
    **{hertz: str(number) for number, hertz in DIGITS.items()},
    **{PROMPT_PITCH[name]: name for name in ("greeting-main", "menu-main", "to-operator", "goodbye")},
}
BEGINNING = ["greeting-main", "menu-main", "case-enter-number"]
#: Two working days after it was opened, the 25th of November.
UNTIL = ["case-next-word", "10", "1", "case-month", "20", "5", "case-day"]
#: Nobody presses anything more.
END = ["menu-main", "goodbye"]
MONDAY = datetime.fromisoformat("2026-11-23T10:00:00+08:00")
CALLER, ANOTHER = "13911112222", "13933334444"


@pytest.fixture(scope="module")
def rig(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Rig]:
    running = Rig(tmp_path_factory.mktemp("cases"), MENU)
    prompts = running.home.site_greetings / "zh"
    (prompts / "asterisk" / "digits").mkdir(parents=True)
    for name, hertz in PITCH.items():
        write_wav(prompts / f"{name}.wav", tone(hertz, 0.5))
    for number, hertz in DIGITS.items():
        write_wav(prompts / "asterisk" / "digits" / f"{number}.wav", tone(hertz, 0.4))
    running.prepare()
    try:
        running.start("pbx", "ivr", "listener")
        yield running
    finally:
        running.stop()


@dataclass
class OnTheLine:
    """A caller who listens before they press."""

    rig: Rig
    ear: Ear
    phone: Phone

    def hears(self, name: str) -> None:
        """Until this prompt is what is heard now."""
        hertz = next(hertz for hertz, known in HEARD.items() if known == name)
        wait_until(lambda: strength(self.ear.everything()[-RATE // 10 :], hertz) >= AUDIBLE_DBFS, f"to hear {name}", 15)

    def press(self, after: str, keys: str) -> None:
        self.hears(after)
        self.ear.press(keys)

    def heard(self) -> list[str]:
        """All prompts of the call, once it is over."""
        assert self.phone.wait(30) == 0, self.phone.errors
        return [HEARD[int(hertz)] for hertz in in_order(self.ear.everything(), *HEARD)]


@contextmanager
def calling(rig: Rig, test: str, number: str, *steps: str) -> Iterator[OnTheLine]:
    rig.test = test
    rig.set_clock(MONDAY)
    ear = Ear(CARRIER, 440.0)
    try:
        yield OnTheLine(rig, ear, rig.caller(["call", *(steps or ["expect hangup"])], number, ear=ear))
    finally:
        rig.clear()
        ear.close()


def opened(rig: Rig) -> ServiceCase:
    """A case of CALLER's, of whom nobody has spoken with them since."""
    new = NewCase("complaint", "按键失灵", number=normalise(CALLER))
    return open_case(rig.hotline.storage, rig.hotline.settings, new, OWNER, MONDAY)


def digits(case: ServiceCase) -> str:
    return case.number.replace("-", "") + "#"


def asked(rig: Rig, case: ServiceCase) -> int:
    """How often its state was told."""
    with rig.hotline.storage.reading() as tx:
        entries = AuditLog(tx).search(AuditFilter(), 1000)
    return sum(1 for each in entries if (each.action, each.object) == ("case.asked", f"case:{case.number}"))


def in_ledger(rig: Rig, since: datetime) -> Call:
    wanted = CallFilter(since=since - timedelta(seconds=1), directions=(Direction.INBOUND,))

    def ended() -> Call | None:
        with rig.hotline.storage.reading() as tx:
            calls = [stored.call for stored in CallStore(tx).search(wanted, limit=10).calls]
        return calls[0] if calls and calls[0].ended_at else None

    found = wait_until(ended, "the call to stand in the ledger")
    assert found is not None
    return found


def test_from_a_number_of_the_case_its_state_is_said(rig: Rig) -> None:
    case, begun = opened(rig), datetime.now(UTC)
    with calling(rig, "case_known", CALLER) as caller:
        caller.press("menu-main", "5")
        caller.press("case-enter-number", digits(case))
        assert caller.heard() == [*BEGINNING, "case-received", *UNTIL, *END]
    call = in_ledger(rig, begun)
    assert [(step.menu, step.key, step.target) for step in call.menu][:2] == [
        ("enquiry", "5", "case"),
        ("case", "#", "case:told"),
    ]
    assert asked(rig, case) == 1


def test_from_another_number_the_last_four_digits_of_one_of_the_case_are_enough(rig: Rig) -> None:
    case = opened(rig)
    with calling(rig, "case_other", ANOTHER) as caller:
        caller.press("menu-main", "5")
        caller.press("case-enter-number", digits(case))
        caller.press("case-enter-last-four", CALLER[-4:])
        assert caller.heard() == [*BEGINNING, "case-enter-last-four", "case-received", *UNTIL, *END]
    assert asked(rig, case) == 1


def test_who_withholds_the_number_is_told_with_the_last_four_digits_alone(rig: Rig) -> None:
    case = opened(rig)
    with calling(rig, "case_withheld", "anonymous") as caller:
        caller.press("menu-main", "5")
        caller.press("case-enter-number", digits(case))
        caller.press("case-enter-last-four", ANOTHER[-4:])
        caller.hears("case-not-found")
        caller.press("case-enter-number", digits(case))
        caller.press("case-enter-last-four", CALLER[-4:])
        four = "case-enter-last-four"
        again = ["case-not-found", "case-enter-number", four]
        assert caller.heard() == [*BEGINNING, four, *again, "case-received", *UNTIL, *END]
    assert asked(rig, case) == 1


def test_a_merged_case_answers_for_the_one_in_which_it_goes_on(rig: Rig) -> None:
    going, into = opened(rig), opened(rig)
    storage, settings = rig.hotline.storage, rig.hotline.settings
    words = {"case": str(into.id), "reason": "同一件事"}
    do_act(storage, settings, going.id or 0, "merge", words, BOSS, MONDAY)
    do_act(storage, settings, into.id or 0, "judge", dict.fromkeys(("demand", "loss", "spread"), "1"), BOSS, MONDAY)
    with calling(rig, "case_merged", CALLER) as caller:
        caller.press("menu-main", "5")
        caller.press("case-enter-number", digits(going))
        assert caller.heard() == [*BEGINNING, "case-looked-into", *UNTIL, *END]
    assert (asked(rig, going), asked(rig, into)) == (0, 1)


def test_three_wrong_tries_lead_to_an_operator(rig: Rig) -> None:
    case, begun = opened(rig), datetime.now(UTC)
    rig.sign_in(["1001"])
    rig.test = "case_wrong"
    rig.phone("1001", {"": ["ring 0.5", "answer", "wait 2", "hang up"]}, rig.base + 81)
    with calling(rig, "case_wrong", ANOTHER) as caller:
        caller.press("menu-main", "5")
        caller.press("case-enter-number", "12#")
        caller.hears("case-not-found")
        caller.press("case-enter-number", digits(case))
        caller.press("case-enter-last-four", "0000")
        caller.hears("case-not-found")
        caller.press("case-enter-number", "20200101001#")
        caller.press("case-enter-last-four", CALLER[-4:])
        four = "case-enter-last-four"
        again = ["case-not-found", "case-enter-number", four]
        assert caller.heard() == [*BEGINNING, *again, *again, "to-operator"]
    call = in_ledger(rig, begun)
    assert call.answered_by is not None and call.answered_by.id == "1001"
    assert [step.target for step in call.menu] == ["case", *["case:wrong"] * 3]
    assert call.menu[0].subject == "工单进度"
    assert asked(rig, case) == 0


def test_who_hangs_up_in_mid_number_is_told_nothing_and_leaves_nothing_behind(rig: Rig) -> None:
    case, begun = opened(rig), datetime.now(UTC)
    before = rig.resources()
    with calling(rig, "case_hangs_up", CALLER, "until told", "hang up") as caller:
        caller.press("menu-main", "5")
        caller.press("case-enter-number", digits(case)[:6])
        caller.phone.tell()
        assert caller.heard() == BEGINNING
    call = in_ledger(rig, begun)
    assert str(call.outcome) == "abandoned_ivr"
    assert asked(rig, case) == 0
    ivr = rig.pid("ivr")
    wait_until(lambda: rig.resources()[ivr][0] <= before[ivr][0] + 1, "the IVR's thread to be gone")
