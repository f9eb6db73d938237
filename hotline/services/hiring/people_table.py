"""A table of people who sign in and take calls: its columns, and what each cell may say."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Literal, TypeVar

from hotline.domain.errors import Refused
from hotline.domain.hiring.extension import is_extension
from hotline.domain.numbers import NO_NUMBER, Number
from hotline.domain.people import Role
from hotline.domain.time import end_of_day
from hotline.domain.wall_time import UnclearTime, from_serial, read_moment, within_years
from hotline.services.accounts.account_rules import require_fit_username
from hotline.services.csv_table import FORMULA
from hotline.services.staff import fields
from hotline.services.tables import shape
from hotline.services.tables.cells import apart
from hotline.services.tables.faults import BadCell, TableProblem
from hotline.services.tables.shape import Field, Kind, Shape
from hotline.services.tables.table import Row
from hotline.settings.calls import QUEUE_LEVELS

T = TypeVar("T")
Phone = Literal["sip", "webrtc"]

SHAPE = Shape(
    {
        "username": Field(("username", "user name", "user", "login", "account", "用户名", "账号", "帐号", "登录名")),
        "name": Field(shape.EMPLOYEE),
        "roles": Field(("roles", "role", "角色", "权限")),
        "extension": Field(shape.EXTENSION),
        "phone_kind": Field(("phone kind", "kind of phone", "phone type", "话机", "话机类型", "电话类型")),
        "queues": Field(("queues", "queue", "ring groups", "队列", "技能组", "所在队列")),
        "levels": Field(
            ("levels", "level", "queue levels", "queue level", "级别", "队列级别", "层级", "队列层级", "振铃级别")
        ),
        "teams": Field(("teams", "team", "组", "班组", "小组", "团队")),
        "department": Field(shape.DEPARTMENT),
        "mail": Field(shape.MAIL),
        "mobile": Field(("mobile", "手机", *shape.PHONE), Kind.PHONE),
        "last_day": Field(("last day", "expires", "until", "有效期", "有效期至", "最后一天", "账号有效期"), Kind.TIME),
    },
    needs=(("username",),),
    most=5000,
)

#: As a table writes it -> what it means; the first word of each is what a template offers.
_ROLE_WORDS = {
    "客服": "operator",
    "坐席": "operator",
    "话务员": "operator",
    "负责人": "leader",
    "组长": "leader",
    "班长": "leader",
    "部门人员": "department",
    "质检": "examiner",
    "质检员": "examiner",
    "审计": "auditor",
    "主管": "supervisor",
    "管理员": "administrator",
}
ROLES: Mapping[str, Role] = {word: Role(code) for word, code in (*_ROLE_WORDS.items(), *((r.value, r) for r in Role))}
PHONES: Mapping[str, Phone] = {
    "浏览器": "webrtc",
    "网页": "webrtc",
    "耳机": "webrtc",
    "browser": "webrtc",
    "webrtc": "webrtc",
    "话机": "sip",
    "座机": "sip",
    "软电话": "sip",
    "desk": "sip",
    "sip": "sip",
}
#: In a cell: expressly none, where an empty cell says nothing.
NONE = ("-", "无", "none")
EVERY = ("全部", "所有", "all", "*")
#: One for all their queues; else each behind its queue: 客户服务:2、销售:3.
_LEVEL = re.compile(r"第?\s*+([1-9][0-9]?)\s*+级?")
_QUEUE_LEVEL = re.compile(rf"(.*\S)\s*+[:：=]\s*+{_LEVEL.pattern}")


class RowProblem(StrEnum):
    """Why a row is not taken, besides what any table may have."""

    USERNAME = "username"
    USERNAME_TWICE = "username_twice"
    NAME = "name"
    MARK = "mark"
    ROLE = "role"
    NO_ROLE = "no_role"
    EXAMINES = "examines"
    AUDITS = "audits"
    PHONE_ROLES = "phone_roles"
    EXTENSION = "extension"
    EXTENSION_TAKEN = "extension_taken"
    EXTENSION_KEPT = "extension_kept"
    EXTENSION_CHANGE = "extension_change"
    EXTENSION_TWICE = "extension_twice"
    PHONE_KIND = "phone_kind"
    NO_EXTENSION = "no_extension"
    QUEUE = "queue"
    LEVEL = "level"
    LEVEL_QUEUE = "level_queue"
    TEAM = "team"
    DEPARTMENT = "department"
    MOBILE = "mobile"
    AUDITOR_ENDS = "auditor_ends"
    ENDS_AHEAD = "ends_ahead"
    INACTIVE = "inactive"
    LAST_ADMINISTRATOR = "last_administrator"
    NOT_TAKEN = "not_taken"

    @property
    def code(self) -> str:
        return f"hiring.row_{self}"


@dataclass(frozen=True, slots=True)
class Choices:
    """What cells choose from. `queues`: names and ids -> id, `all_queues` all of them in their order; `teams` and
    `departments`: names -> id."""

    queues: Mapping[str, str]
    all_queues: tuple[str, ...]
    teams: Mapping[str, int]
    departments: Mapping[str, int]


def username_of(row: Row) -> str:
    """Raises BadCell."""
    text = _visible(row, "username")
    try:
        require_fit_username(text)
    except Refused:
        raise BadCell("username", RowProblem.USERNAME, text[:40]) from None
    return text


def name_of(row: Row) -> str | None:
    """None where the row says nothing of it, here and below. Raises BadCell, as all of them do."""
    if not (text := _visible(row, "name")):
        return None
    try:
        return fields.plain_name(text)
    except Refused:
        raise BadCell("name", RowProblem.NAME, str(fields.MAX_NAME)) from None


def roles_of(row: Row) -> tuple[Role, ...] | None:
    found = _each(row, "roles", ROLES.get, RowProblem.ROLE)
    return tuple(role for role in Role if role in found) if found else None


def extension_of(row: Row) -> str | None:
    text = _visible(row, "extension").removesuffix(".0")
    if text and not is_extension(text):
        raise BadCell("extension", RowProblem.EXTENSION, text[:20])
    return text or None


def phone_of(row: Row) -> Phone | None:
    text = _visible(row, "phone_kind")
    if not text:
        return None
    found = PHONES.get(text.casefold())
    if found is None:
        raise BadCell("phone_kind", RowProblem.PHONE_KIND, text[:40])
    return found


def queues_of(row: Row, choices: Choices) -> tuple[str, ...] | None:
    """In their order; () for all, so that a queue that is added later is theirs too."""
    if _visible(row, "queues", several=True).strip().casefold() in EVERY:
        return ()
    chosen = _each(row, "queues", lambda word: choices.queues.get(word.casefold()), RowProblem.QUEUE)
    if not chosen:
        return None
    found = tuple(queue for queue in choices.all_queues if queue in chosen)
    return () if len(found) == len(choices.all_queues) else found


def levels_of(row: Row, choices: Choices) -> int | Mapping[str, int] | None:
    """In all their queues, or by queue: where it is not said, the first."""
    text = _visible(row, "levels", several=True).removesuffix(".0")
    if text in NONE:
        return 1
    if one := _LEVEL.fullmatch(text):
        return _level(one[1], text)
    found: dict[str, int] = {}
    for word in apart(text):
        said = _QUEUE_LEVEL.fullmatch(word)
        queue = choices.queues.get(said[1].casefold()) if said else None
        if said is None or queue in found:
            raise BadCell("levels", RowProblem.LEVEL, word[:40])
        if queue is None:
            raise BadCell("levels", RowProblem.QUEUE, said[1][:40])
        found[queue] = _level(said[2], word)
    return found or None


def _level(digits: str, word: str) -> int:
    if int(digits) not in QUEUE_LEVELS:
        raise BadCell("levels", RowProblem.LEVEL, word[:40])
    return int(digits)


def teams_of(row: Row, choices: Choices) -> frozenset[int] | None:
    return _units(row, "teams", choices.teams, RowProblem.TEAM)


def department_of(row: Row, choices: Choices) -> frozenset[int] | None:
    """One at most."""
    found = _units(row, "department", choices.departments, RowProblem.DEPARTMENT)
    if found and len(found) > 1:
        raise BadCell("department", RowProblem.DEPARTMENT, row.text("department")[:40])
    return found


def mail_of(row: Row) -> str | None:
    text = _visible(row, "mail")
    if not text:
        return None
    try:
        return "" if text in NONE else fields.plain_email(text)
    except Refused:
        raise BadCell("mail", TableProblem.MAIL, text[:60]) from None


def mobile_of(row: Row) -> Number | None:
    text = _visible(row, "mobile", plain="+-(（")
    if not text:
        return None
    try:
        return NO_NUMBER if text in NONE else fields.mobile_of(text)
    except Refused:
        raise BadCell("mobile", RowProblem.MOBILE, text[:40]) from None


def end_of(row: Row) -> datetime | None:
    """The end of the last day on which the account is let in."""
    if not (text := row.text("last_day").strip()):
        return None
    try:
        day = (from_serial(text) or read_moment(text)).date()
    except UnclearTime as error:
        raise BadCell("last_day", error.problem, text[:60]) from None
    if not within_years(day):
        raise BadCell("last_day", RowProblem.ENDS_AHEAD, text[:60])
    return end_of_day(day)


def _units(row: Row, field: str, known: Mapping[str, int], problem: RowProblem) -> frozenset[int] | None:
    if _visible(row, field, several=True).strip() in NONE:
        return frozenset()
    found = _each(row, field, known.get, problem)
    return frozenset(found) if found else None


def _each(row: Row, field: str, meaning: Callable[[str], T | None], problem: RowProblem) -> list[T]:
    """What each word of the cell means."""
    found = []
    for word in apart(_visible(row, field, several=True)):
        meant = meaning(word) if meaning(word) is not None else meaning(word.casefold())
        if meant is None:
            raise BadCell(field, problem, word[:40])
        found.append(meant)
    return found


def _visible(row: Row, field: str, several: bool = False, plain: str = "-") -> str:
    """The cell, without blanks around it. What a spreadsheet would take for a formula is nobody's name, and characters
    that nobody sees are refused rather than cut out: two names that look the same are two people. `plain`: beginnings
    that are none here."""
    text = row.text(field).strip()
    hidden = any(not c.isprintable() and not (several and c in "\r\n") for c in text)
    begins = text.startswith(FORMULA) and text[0] not in plain
    if hidden or begins:
        raise BadCell(field, RowProblem.MARK, "".join(c if c.isprintable() else "?" for c in text)[:40])
    return text
