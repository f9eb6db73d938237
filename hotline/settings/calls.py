"""[lost], [lines], [queues], [operators], [menus] and what a call meets in them."""

from __future__ import annotations

import itertools
from datetime import datetime
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, field_validator, model_validator

from hotline.domain.menu_target import target_of
from hotline.domain.menus.timed import target_at, timed_target
from hotline.domain.reasons import Unfit
from hotline.settings.base import Dialable, Extension, Identifier, Seconds, Section
from hotline.settings.hours import LineCalendar, LineDuty, LineHours
from hotline.settings.satisfaction import LineSatisfaction

PromptId = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9/_-]{0,63}$")]


#: RFC 4028 knows no shorter session; 0 is none.
SessionSeconds = Annotated[Literal[0] | Annotated[int, Field(ge=90, le=86_400)], Field(union_mode="left_to_right")]


class LostPhoneSettings(Section):
    """How a phone that is gone without a goodbye is found (docs/decisions/0016)."""

    trunk_session_seconds: SessionSeconds
    phone_session_seconds: SessionSeconds
    silence_seconds: Annotated[int, Field(ge=60, le=86_400)]
    hold_seconds: Annotated[int, Field(ge=60, le=86_400)]
    browser_seconds: Annotated[int, Field(ge=5, le=600)]
    browser_hold_seconds: Annotated[int, Field(ge=60, le=86_400)]


class LineSettings(Section):
    number: Dialable
    aliases: tuple[Dialable, ...] = ()
    company: str = ""
    greeting: PromptId = "greeting"
    menu: Identifier
    hours: LineHours = LineHours()
    calendar: LineCalendar = LineCalendar()
    duty: LineDuty = LineDuty()
    satisfaction: LineSatisfaction = LineSatisfaction()


class RingStrategy(StrEnum):
    """Asterisk's names; leastrecent is the longest idle."""

    RINGALL = "ringall"
    LEASTRECENT = "leastrecent"
    FEWESTCALLS = "fewestcalls"
    RRMEMORY = "rrmemory"
    RANDOM = "random"


#: Of an operator in a queue: the first is rung at once, each further one `level_seconds` after the one before.
QUEUE_LEVELS = range(1, 6)
QueueLevel = Annotated[int, Field(ge=QUEUE_LEVELS[0], le=QUEUE_LEVELS[-1])]


class Queue(Section):
    name: Annotated[str, Field(min_length=1, max_length=40)]
    strategy: RingStrategy = RingStrategy.RINGALL
    members: tuple[Extension, ...] = ()
    ring_seconds: Seconds = 20
    level_seconds: Annotated[int, Field(ge=2, le=600)] = 20
    wait_seconds: Seconds = 300
    max_waiting: Annotated[int, Field(ge=1, le=1000)] = 20
    announce_seconds: Annotated[int, Field(ge=5, le=600)] = 30
    callback_offer_seconds: Annotated[int, Field(ge=5, le=3600)] = 60
    no_operator: Literal["duty", "voicemail"] = "duty"


class Operator(Section):
    name: Annotated[str, Field(min_length=1, max_length=40)]
    phone: Literal["sip", "webrtc"] = "sip"
    contact: Annotated[str, Field(pattern=r"^(sip:[A-Za-z0-9.@:_-]+)?$")] = ""
    queues: tuple[Identifier, ...] = ()
    levels: dict[Identifier, QueueLevel] = Field(default_factory=dict)

    def level_in(self, queue: str) -> int:
        """Where nothing else is said, the first."""
        return self.levels.get(queue, 1)


def _at_times(value: str) -> str:
    try:
        timed_target(value)
    except LookupError:
        raise Unfit("settings.key_time", got=value) from None
    return " ".join(value.split())


class MenuKey(Section):
    """`to`: a target (`hotline.domain.menu_target`), such as queue:<id> or operator (the menu's `operator_queue`).
    `times`: where it leads at other times of the week (`hotline.domain.menus.timed`)."""

    to: str
    subject: str = ""
    times: tuple[Annotated[str, AfterValidator(_at_times)], ...] = ()

    @model_validator(mode="before")
    @classmethod
    def _from_text(cls, value: object) -> object:
        return {"to": value} if isinstance(value, str) else value

    @field_validator("to")
    @classmethod
    def _known_kind(cls, value: str) -> str:
        try:
            target_of(value)
        except LookupError:
            raise Unfit("settings.key_target", got=value) from None
        return value

    @field_validator("times")
    @classmethod
    def _one_at_a_time(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for one, other in itertools.combinations(value, 2):
            if timed_target(one).overlaps(timed_target(other)):
                raise Unfit("settings.key_times_overlap", first=one, second=other)
        return value

    @property
    def targets(self) -> tuple[str, ...]:
        """Where it leads at any time."""
        return (self.to, *(timed_target(each).to for each in self.times))

    def target(self, moment: datetime) -> str:
        """Where it leads then."""
        return target_at(self.to, self.times, moment)


class Menu(Section):
    prompt: PromptId
    operator_queue: Identifier
    keys: dict[Annotated[str, Field(pattern=r"^[0-9*#]$")], MenuKey]
    key_seconds: Annotated[int, Field(ge=1, le=60)] = 5
    tries: Annotated[int, Field(ge=1, le=10)] = 3


class Voicemail(Section):
    max_seconds: Annotated[int, Field(ge=10, le=1800)]
    silence_seconds: Annotated[int, Field(ge=2, le=60)]


class ReturningCaller(Section):
    enabled: bool
    days: Annotated[int, Field(ge=1, le=365)]
    ring_seconds: Seconds


class LineTestSettings(Section):
    enabled: bool
    idle_minutes: Annotated[int, Field(ge=1, le=1440)]
    timeout_seconds: Annotated[int, Field(ge=5, le=120)]


class BlocklistSettings(Section):
    many_calls: Annotated[int, Field(ge=2, le=1000)]
    within_minutes: Annotated[int, Field(ge=1, le=1440)]
    silent_calls: Annotated[int, Field(ge=1, le=1000)]


class Numbers(Section):
    outside_prefixes: tuple[Annotated[str, Field(pattern=r"^[0-9]{1,4}$")], ...]


class CallbackSettings(Section):
    due_minutes: Annotated[int, Field(ge=1, le=10_080)]
    idle_minutes: Annotated[int, Field(ge=0, le=10_080)]
    broke_off_seconds: Annotated[float, Field(ge=0, le=30)]
    goodbyes: Annotated[str, Field(min_length=1, max_length=200)]
