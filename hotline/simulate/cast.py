"""Who plays: callers, and customers who are called; what each does, and what the ledger must hold of it. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from hotline.domain.calls.call import Outcome
from hotline.domain.reasons import Reason, because

#: What is said, spoken by espeak-ng.
SPEECH: Mapping[str, str] = {
    "operator-hello": "您好，客户服务，请问有什么可以帮您？",
    "operator-answer": "好的，我帮您登记了，维修人员今天下午给您打电话。",
    "operator-bye": "感谢您的来电，再见。",
    "caller-question": "你好，我上个月买的机器不工作了，请问怎么办？",
    "caller-thanks": "好的，谢谢你，再见。",
    "caller-message": "我姓王，请明天上午给我回电话，谢谢。",
    "customer-hello": "喂，你好，是哪位？",
    "duty-hello": "您好，我是值班人员，请讲。",
}


class Kind(StrEnum):
    """CALLS: the line. DIALLED: the operator calls them. CALLS_BACK: the number that they were called from."""

    CALLS = "calls"
    DIALLED = "dialled"
    CALLS_BACK = "calls_back"


@dataclass(frozen=True, slots=True)
class Scenario:
    """One caller. `after_hours`: the line is declared closed for this call. `recording`: talk or voicemail; "" for a
    call that must have none.

    `starts_at`: seconds after the first caller; the second in the queue must find the operator busy.
    """

    name: str
    title: Reason
    number: str
    outcome: Outcome
    recording: str
    starts_at: float = 0.0
    after_hours: bool = False
    kind: Kind = Kind.CALLS


#: Whose callback is taken and not dialled yet.
TAKEN = "13900000007"

_ANSWERED = because("simulation.answered")
_VOICEMAIL = because("simulation.voicemail")
_ABANDONED = because("simulation.abandoned")
_AFTER_HOURS = because("simulation.after_hours")
_REACHED = because("simulation.reached")
_BUSY = because("simulation.busy")
_CALLS_BACK = because("simulation.calls_back")

SCENARIOS = (
    Scenario("answered", _ANSWERED, "13900000001", Outcome.ANSWERED, "talk"),
    Scenario("voicemail", _VOICEMAIL, "13900000004", Outcome.VOICEMAIL, "voicemail"),
    Scenario("abandoned", _ABANDONED, "13900000002", Outcome.ABANDONED_QUEUE, "talk", starts_at=4.0),
    Scenario("after-hours", _AFTER_HOURS, "13900000003", Outcome.FORWARDED_ANSWERED, "talk", after_hours=True),
    Scenario("reached", _REACHED, "13900000008", Outcome.ANSWERED, "talk", kind=Kind.DIALLED),
    Scenario("busy", _BUSY, "13900000005", Outcome.NO_ANSWER, "", kind=Kind.DIALLED),
    Scenario("missed", _BUSY, "13900000006", Outcome.NO_ANSWER, "", kind=Kind.DIALLED),
    Scenario("calls-back", _CALLS_BACK, "13900000006", Outcome.ANSWERED, "talk", kind=Kind.CALLS_BACK),
)

CALLERS = tuple(one for one in SCENARIOS if one.kind is not Kind.DIALLED)
#: Who talks with somebody else when they are called.
BUSY = tuple(one.number for one in SCENARIOS if one.kind is Kind.DIALLED and one.outcome is Outcome.NO_ANSWER)


@dataclass(frozen=True, slots=True)
class Lengths:
    """Seconds of the hotline's prompts and of our speech: each party waits for the other to finish."""

    greeting_closed: float
    voicemail_prompt: float
    dialled_notice: float
    speech: Mapping[str, float] = field(hash=False)


@dataclass(frozen=True, slots=True)
class DialplanStep:
    """One dialplan application with its arguments."""

    application: str
    arguments: str = ""

    def __str__(self) -> str:
        return f"{self.application}({self.arguments})"


def wait(seconds: float) -> DialplanStep:
    return DialplanStep("Wait", f"{seconds:.1f}")


#: When the callers press their key: they have called before, and do not listen to the end.
INTO_GREETING = 4.0

#: Our side hangs up so long after its goodbye, unless the caller is faster.
LEFT_TO_THE_CALLER = 4.0

#: Who stays on the line is asked how it was, and presses a key (E9).
_RATES = (wait(LEFT_TO_THE_CALLER + 4), DialplanStep("SendDTMF", "5"), wait(6))

#: How long a simulated phone rings before it is picked up.
RINGING = 3.0


def caller_steps(name: str, lengths: Lengths, sounds: Path) -> list[DialplanStep]:
    """What the caller of this scenario does once the hotline has answered; then hangs up."""
    say = _sayer(sounds)
    into_menu = wait(INTO_GREETING)
    if name in ("answered", "calls-back"):
        until_greeted = RINGING + 2 + lengths.speech["operator-hello"]
        talk = [
            into_menu,
            DialplanStep("SendDTMF", "2"),
            wait(until_greeted),
            say("caller-question"),
            wait(1 + lengths.speech["operator-answer"]),
            say("caller-thanks"),
            wait(1 + lengths.speech["operator-bye"]),
        ]
        return [*talk, *_RATES] if name == "answered" else talk
    if name == "abandoned":
        return [into_menu, DialplanStep("SendDTMF", "1"), wait(10)]
    if name == "voicemail":
        return [
            into_menu,
            DialplanStep("SendDTMF", "8"),
            wait(lengths.voicemail_prompt + 3),
            say("caller-message"),
            wait(1),
            DialplanStep("SendDTMF", "#"),
            wait(5),
        ]
    until_taken = lengths.greeting_closed + RINGING + 8 + lengths.speech["duty-hello"]
    return [wait(until_taken), say("caller-question"), wait(2), say("caller-thanks"), wait(1)]


def operator_steps(lengths: Lengths, sounds: Path) -> list[DialplanStep]:
    """What the operator does once called: rings, answers, talks, and waits a while for the caller to hang up (C3)."""
    say = _sayer(sounds)
    return [
        DialplanStep("Ringing"),
        wait(RINGING),
        DialplanStep("Answer"),
        wait(0.5),
        say("operator-hello"),
        wait(1.5 + lengths.speech["caller-question"]),
        say("operator-answer"),
        wait(1 + lengths.speech["caller-thanks"]),
        say("operator-bye"),
        wait(LEFT_TO_THE_CALLER),
    ]


def customer_steps(lengths: Lengths, sounds: Path) -> list[DialplanStep]:
    """What a customer does whom somebody at the hotline calls back: hears the notice (G1), and talks."""
    say = _sayer(sounds)
    return [
        DialplanStep("Ringing"),
        wait(RINGING),
        DialplanStep("Answer"),
        wait(lengths.dialled_notice + 1),
        say("customer-hello"),
        wait(5),
        say("caller-thanks"),
        wait(1),
    ]


def mobile_steps(sounds: Path) -> list[DialplanStep]:
    """What the duty mobile does: rings, is answered, presses the key that says a person took the call."""
    return [
        DialplanStep("Ringing"),
        wait(RINGING),
        DialplanStep("Answer"),
        wait(3),
        DialplanStep("SendDTMF", "1"),
        wait(3),
        _sayer(sounds)("duty-hello"),
        wait(60),
    ]


def _sayer(sounds: Path) -> Callable[[str], DialplanStep]:
    return lambda name: DialplanStep("Playback", str(sounds / name))
