"""The typed shape of config/hotline.toml. Meaning, unit and rule of each key stand in that file, beside the default.

Unknown keys, wrong types and references to what does not exist (a menu, a queue, an operator) are refused.
Whether a prompt exists is checked where the prompts are known (`greetings`).
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import (
    AfterValidator,
    Field,
    IPvAnyAddress,
    IPvAnyNetwork,
    field_validator,
    model_validator,
)

from hotline.domain.time import SHANGHAI
from hotline.settings.base import Extension, Identifier, Port, Seconds, Section
from hotline.settings.console import Category, Console, Floor, Forms, Notices
from hotline.settings.quality import Examination, Speech
from hotline.settings.rules import RulesSection
from hotline.settings.store import Privacy, Reconciliation, Recording, Retention, Store

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

PromptId = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9/_-]{0,63}$")]


def _dialable(number: str) -> str:
    plain = re.sub(r"[\s().-]", "", number)
    if not re.fullmatch(r"\+?[0-9]{3,20}", plain):
        raise ValueError(f"a telephone number of 3 to 20 digits was expected, got {number!r}")
    return plain


Dialable = Annotated[str, AfterValidator(_dialable)]


def _shanghai(moment: datetime) -> datetime:
    """A time without a zone in the settings means Asia/Shanghai."""
    return (moment if moment.tzinfo else moment.replace(tzinfo=SHANGHAI)).astimezone(UTC)


Moment = Annotated[datetime, AfterValidator(_shanghai)]


class Site(Section):
    company: Annotated[str, Field(min_length=1, max_length=60)]
    node: Identifier
    language: Literal["zh", "en"]


class Listen(Section):
    host: IPvAnyAddress
    http_port: Port
    sip_port: Port
    ami_port: Port
    agi_port: Port
    asterisk_http_port: Port
    rtp_start: Port
    rtp_end: Port
    external_address: str
    local_networks: tuple[IPvAnyNetwork, ...]
    stun: Annotated[str, Field(pattern=r"^([A-Za-z0-9.-]+(:[0-9]{1,5})?)?$")]

    @model_validator(mode="after")
    def _check(self) -> Listen:
        if self.rtp_end - self.rtp_start < 20:
            raise ValueError("rtp_end must be at least 20 above rtp_start (each call takes up to 4 ports)")
        ports = [self.http_port, self.sip_port, self.ami_port, self.agi_port, self.asterisk_http_port]
        if len(set(ports)) != len(ports):
            raise ValueError(f"each service needs a port of its own, got {sorted(ports)}")
        if self.rtp_start <= self.sip_port <= self.rtp_end:
            raise ValueError(f"sip_port must stand outside the calls' ports {self.rtp_start}-{self.rtp_end}")
        return self


class Database(Section):
    url: str

    @field_validator("url")
    @classmethod
    def _known_kind(cls, url: str) -> str:
        if url and not re.match(r"(sqlite(\+pysqlite)?|postgres(ql)?(\+psycopg)?)://", url):
            # Not repeated in the message: it may hold a password.
            raise ValueError('"" or postgresql+psycopg://user:password@host/name or sqlite:////path was expected')
        return url


class AsteriskSettings(Section):
    binary: str
    private: bool
    ami_host: str
    ami_user: Identifier
    ami_tls: bool
    cel_database: str
    ring_cycle_seconds: Seconds


class Trunk(Section):
    kind: Literal["ip", "registration"]
    host: str
    port: Port
    match: tuple[str, ...]
    username: str
    password: str
    codecs: Annotated[tuple[Literal["alaw", "ulaw", "g722", "opus"], ...], Field(min_length=1)]
    dtmf: Literal["auto", "rfc4733", "info", "inband"]
    caller_id: Literal["line", "caller"]
    test_call: bool
    qualify_seconds: Annotated[int, Field(ge=0, le=3600)]

    @model_validator(mode="after")
    def _check(self) -> Trunk:
        if self.kind == "registration" and not (self.username and self.password):
            raise ValueError("a trunk by registration needs username and password")
        return self


class Line(Section):
    number: Dialable
    aliases: tuple[Dialable, ...] = ()
    company: str = ""
    greeting: PromptId = "greeting"
    menu: Identifier


class Period(Section):
    """[`start`, `end`) on one day; "24:00" is kept as an `end` of 00:00, the day's end."""

    start: time
    end: time

    @model_validator(mode="before")
    @classmethod
    def _from_text(cls, value: object) -> object:
        if isinstance(value, str):
            found = re.fullmatch(r"\s*(\d{1,2}:\d{2}(?::\d{2})?)\s*-\s*(\d{1,2}:\d{2}(?::\d{2})?)\s*", value)
            if not found:
                raise ValueError(f'a period like "09:00-12:00" was expected, got {value!r}')
            start, end = (text.rjust(5, "0") if text.count(":") == 1 else text.rjust(8, "0") for text in found.groups())
            return {"start": start, "end": "00:00" if end in ("24:00", "24:00:00") else end}
        return value

    @model_validator(mode="after")
    def _check(self) -> Period:
        if self.start >= self.end != time.min:
            raise ValueError(f"a period must end after it starts, got {self.start}-{self.end}")
        return self


def _no_overlap(periods: tuple[Period, ...]) -> tuple[Period, ...]:
    ordered = tuple(sorted(periods, key=lambda p: p.start))
    for before, after in zip(ordered, ordered[1:], strict=False):
        if after.start < before.end or before.end == time.min:
            raise ValueError(f"periods overlap: {before.start}-{before.end} and {after.start}-{after.end}")
    return ordered


DayPeriods = Annotated[tuple[Period, ...], AfterValidator(_no_overlap)]


class Hours(Section):
    mon: DayPeriods
    tue: DayPeriods
    wed: DayPeriods
    thu: DayPeriods
    fri: DayPeriods
    sat: DayPeriods
    sun: DayPeriods
    makeup_day: DayPeriods

    def week(self) -> tuple[tuple[Period, ...], ...]:
        """Monday first."""
        return tuple(getattr(self, day) for day in WEEKDAYS)


class Calendar(Section):
    closed: tuple[date, ...]
    open: tuple[date, ...]
    covered_years: tuple[int, ...]
    warn_days: Annotated[int, Field(ge=0, le=366)]

    @model_validator(mode="after")
    def _check(self) -> Calendar:
        both = set(self.closed) & set(self.open)
        if both:
            raise ValueError(f"days both closed and open: {', '.join(map(str, sorted(both)))}")
        return self


class DutyNumberSetting(Section):
    person: Annotated[str, Field(min_length=1, max_length=40)]
    number: Dialable


class RosterEntry(Section):
    person: Annotated[str, Field(min_length=1, max_length=40)]
    numbers: Annotated[tuple[Dialable, ...], Field(min_length=1)]
    starts_at: Moment
    ends_at: Moment
    backups: tuple[DutyNumberSetting, ...] = ()

    @model_validator(mode="after")
    def _check(self) -> RosterEntry:
        if self.ends_at <= self.starts_at:
            raise ValueError(f"a shift must end after it starts: {self.person}, {self.starts_at:%Y-%m-%d %H:%M}Z")
        return self


class Duty(Section):
    ring_seconds: Seconds
    confirm_key: Annotated[str, Field(pattern=r"^[0-9*#]$")]
    confirm_seconds: Annotated[int, Field(ge=3, le=60)]
    always: tuple[DutyNumberSetting, ...]
    gap_warn_days: Annotated[int, Field(ge=0, le=366)]


class RingStrategy(StrEnum):
    """Asterisk's names; leastrecent is the longest idle."""

    RINGALL = "ringall"
    LEASTRECENT = "leastrecent"
    FEWESTCALLS = "fewestcalls"
    RRMEMORY = "rrmemory"
    RANDOM = "random"


class Queue(Section):
    name: Annotated[str, Field(min_length=1, max_length=40)]
    strategy: RingStrategy = RingStrategy.RINGALL
    members: tuple[Extension, ...] = ()
    ring_seconds: Seconds = 20
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


_TARGET = re.compile(
    r"^(queue:[a-z][a-z0-9_-]*|menu:[a-z][a-z0-9_-]*|announcement:[a-z0-9/_-]+|voicemail|repeat|operator)$"
)


class MenuKey(Section):
    """`to`: queue:<id>, menu:<id>, announcement:<prompt>, voicemail, repeat, operator (the line's first queue)."""

    to: str
    subject: str = ""

    @model_validator(mode="before")
    @classmethod
    def _from_text(cls, value: object) -> object:
        return {"to": value} if isinstance(value, str) else value

    @field_validator("to")
    @classmethod
    def _known_kind(cls, value: str) -> str:
        if not _TARGET.match(value):
            raise ValueError(
                "one of queue:<id>, menu:<id>, announcement:<prompt>, voicemail, repeat, operator was expected, "
                f"got {value!r}"
            )
        return value


class Menu(Section):
    prompt: PromptId
    operator_queue: Identifier
    keys: dict[Annotated[str, Field(pattern=r"^[0-9*#]$")], MenuKey]
    key_seconds: Annotated[int, Field(ge=1, le=60)] = 5
    tries: Annotated[int, Field(ge=1, le=10)] = 3


class Hold(Section):
    reminder_seconds: Annotated[int, Field(ge=2, le=600)]


class Voicemail(Section):
    max_seconds: Annotated[int, Field(ge=10, le=1800)]
    silence_seconds: Annotated[int, Field(ge=2, le=60)]


class ReturningCaller(Section):
    enabled: bool
    days: Annotated[int, Field(ge=1, le=365)]
    ring_seconds: Seconds


class LineTest(Section):
    enabled: bool
    idle_minutes: Annotated[int, Field(ge=1, le=1440)]
    timeout_seconds: Annotated[int, Field(ge=5, le=120)]


class Callbacks(Section):
    due_minutes: Annotated[int, Field(ge=1, le=10_080)]


class Web(Section):
    public_url: Annotated[str, Field(pattern=r"^(https?://[^\s/]+)?$")]
    session_hours: Annotated[int, Field(ge=1, le=72)]
    threads: Annotated[int, Field(ge=2, le=512)]
    secure_cookie: bool
    proxies: Annotated[int, Field(ge=0, le=5)]


class Log(Section):
    level: Literal["DEBUG", "INFO", "WARNING", "ERROR"]


class Settings(Section):
    site: Site
    listen: Listen
    database: Database
    asterisk: AsteriskSettings
    trunk: Trunk
    lines: Annotated[dict[Identifier, Line], Field(min_length=1)]
    hours: Hours
    calendar: Calendar
    roster: tuple[RosterEntry, ...]
    duty: Duty
    queues: Annotated[dict[Identifier, Queue], Field(min_length=1)]
    operators: dict[Extension, Operator]
    menus: Annotated[dict[Identifier, Menu], Field(min_length=1)]
    hold: Hold
    voicemail: Voicemail
    recording: Recording
    store: Store
    reconciliation: Reconciliation
    retention: Retention
    privacy: Privacy
    returning_caller: ReturningCaller
    line_test: LineTest
    callbacks: Callbacks
    web: Web
    console: Console
    form: Forms
    categories: Annotated[dict[Identifier, Category], Field(min_length=1)]
    floor: Floor
    notices: Notices
    rules: RulesSection
    speech: Speech
    examination: Examination
    log: Log

    def line_of(self, dialled: str) -> str | None:
        """The id of the line with this number or alias."""
        for line_id, line in self.lines.items():
            if dialled == line.number or dialled in line.aliases:
                return line_id
        return None

    def company_of(self, line_id: str) -> str:
        """The company's name as that line says it."""
        return self.lines[line_id].company or self.site.company

    @property
    def ring_cycle(self) -> timedelta:
        return timedelta(seconds=self.asterisk.ring_cycle_seconds)

    def _is_its_own_ancestor(self, category_id: str) -> bool:
        seen: set[str] = set()
        current = category_id
        while (category := self.categories.get(current)) is not None and category.parent:
            seen.add(current)
            current = category.parent
            if current in seen:
                return True
        return False

    def wrong_references(self) -> list[tuple[str, str]]:
        """(dotted key, what was expected) of everything that points to what does not exist."""
        found: list[tuple[str, str]] = []
        numbers: dict[str, str] = {}
        for line_id, line in self.lines.items():
            if line.menu not in self.menus:
                found.append((f"lines.{line_id}.menu", _one_of("menu", line.menu, self.menus)))
            for number in (line.number, *line.aliases):
                if number in numbers:
                    found.append((f"lines.{line_id}.number", f"{number} is line {numbers[number]} already"))
                numbers[number] = line_id
        for menu_id, menu in self.menus.items():
            if menu.operator_queue not in self.queues:
                key = f"menus.{menu_id}.operator_queue"
                found.append((key, _one_of("queue", menu.operator_queue, self.queues)))
            for digit, target in menu.keys.items():
                kind, _, name = target.to.partition(":")
                known = {"queue": self.queues, "menu": self.menus}.get(kind)
                if known is not None and name not in known:
                    found.append((f"menus.{menu_id}.keys.{digit}", _one_of(kind, name, known)))
        if "voicemail" in self.queues:
            found.append(("queues.voicemail", "another name was expected: voicemail is where messages are left"))
        for queue_id, queue in self.queues.items():
            for member in queue.members:
                if member not in self.operators:
                    found.append((f"queues.{queue_id}.members", _one_of("operator", member, self.operators)))
        for extension, operator in self.operators.items():
            for queue_id in operator.queues:
                if queue_id not in self.queues:
                    found.append((f"operators.{extension}.queues", _one_of("queue", queue_id, self.queues)))
        for category_id, category in self.categories.items():
            if category.parent and category.parent not in self.categories:
                found.append((f"categories.{category_id}.parent",
                              _one_of("category", category.parent, self.categories)))
            elif self._is_its_own_ancestor(category_id):
                found.append((f"categories.{category_id}.parent", "a category must not stand below itself"))
        for category_id in self.retention.categories:
            if category_id not in self.categories:
                found.append((f"retention.categories.{category_id}",
                              _one_of("category", category_id, self.categories)))
        return found


def _one_of(kind: str, name: str, known: dict[str, object] | dict) -> str:
    return f"an existing {kind} was expected ({', '.join(sorted(known)) or 'none is set'}), got {name!r}"
