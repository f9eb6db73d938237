"""What may change of an operator while they work: name, phone and queues, and the phone's password."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from hotline.domain.errors import PbxError
from hotline.domain.hiring.leaving import Leaving
from hotline.domain.people import Actor
from hotline.domain.reasons import Reason
from hotline.domain.rights.acts import Act
from hotline.domain.text import one_line
from hotline.services.access import require_right
from hotline.services.exchange import Exchange
from hotline.services.hiring.operators_kept import (
    as_decided,
    decide_operator,
    file_of,
    known_levels,
    known_queues,
    mark,
    require_operator,
    require_unchanged,
    settings_of,
)
from hotline.services.operators.operators import PhoneAccount, phone_account
from hotline.services.pbx_files import Applied
from hotline.settings.calls import Operator
from hotline.settings.secrets import give_phone_password
from hotline.storage.accounts.users import UserStore
from hotline.storage.audit import AuditLog
from hotline.storage.hiring.store import LeavingStore


@dataclass(frozen=True, slots=True)
class Phone:
    """What Asterisk says of it. `known`: it knows the extension; `registered`: a phone has; `answers`: it can be rung.
    `trouble`: why nothing can be said; None when it can."""

    known: bool
    registered: bool
    answers: bool
    trouble: Reason | None


@dataclass(frozen=True, slots=True)
class SeenOperator:
    """`username`: the account that has the extension, "" none. `file`: the settings file that they stand in, "" for who
    was hired in the browser. `mark`: says what was seen, for a change. `let_in`: False where that account lets them in
    no more, so that no phone of theirs is rung (`for_asterisk`)."""

    extension: str
    operator: Operator
    queues: tuple[tuple[str, str], ...]
    username: str
    file: str
    mark: str
    leaving: Leaving | None
    let_in: bool


@dataclass(frozen=True, slots=True)
class NewPhonePassword:
    """The password is known here and now alone."""

    account: PhoneAccount
    applied: Applied


def see_operator(exchange: Exchange, actor: Actor, extension: str, now: datetime) -> SeenOperator:
    """Raises Forbidden, NotFound."""
    require_right(Act.HIRE_OPERATORS, actor)
    settings = exchange.in_force()
    operator = require_operator(settings, extension)
    with exchange.storage.reading() as tx:
        user = UserStore(tx).of_extension(extension)
        leaving = LeavingStore(tx).open_of(extension)
    queues = tuple((key, queue.name) for key, queue in settings.queues.items())
    return SeenOperator(
        extension,
        operator,
        queues,
        user.username if user else "",
        file_of(exchange, extension),
        mark(operator),
        leaving,
        user is None or user.may_enter(now),
    )


def test_phone(exchange: Exchange, actor: Actor, extension: str) -> Phone:
    """Whether it is there now. Raises Forbidden, NotFound."""
    require_right(Act.HIRE_OPERATORS, actor)
    require_operator(exchange.in_force(), extension)
    try:
        phones = {phone.get("ObjectName"): phone for phone in exchange.pbx.phones()}
    except PbxError as error:
        return Phone(False, False, False, error.reason)
    found = phones.get(extension)
    if found is None:
        return Phone(False, False, False, None)
    answers = found.get("DeviceState", "") not in ("Unavailable", "Invalid", "Unknown", "")
    return Phone(True, answers or bool(found.get("Contacts")), answers, None)


def change_operator(
    exchange: Exchange,
    actor: Actor,
    extension: str,
    name: str,
    phone: Literal["sip", "webrtc"],
    queues: tuple[str, ...],
    levels: Mapping[str, int],
    seen: str,
    now: datetime,
) -> Applied:
    """`levels`: by queue, where it is not the first. `seen`: the mark of what was changed; of two at once the second is
    told. Raises Forbidden, NotFound, Outdated, Refused."""
    with exchange.storage.writing() as tx:
        settings = settings_of(tx, exchange, now)
        before = require_operator(settings, extension)
        require_unchanged(before, seen, extension)
        wanted = {
            **as_decided(before),
            "name": one_line(name),
            "phone": phone,
            "queues": list(known_queues(settings, queues)),
            "levels": known_levels(queues, levels),
        }
        decide_operator(tx, exchange, actor, extension, wanted, now)
        AuditLog(tx).add(now, actor.name, "operator.change", f"operator:{extension}", _difference(before, wanted))
    return exchange.apply()


def renew_phone_password(exchange: Exchange, actor: Actor, extension: str, now: datetime) -> NewPhonePassword:
    """The phone that has the old one is let in no more, and rung no more until it knows the new one. Raises Forbidden,
    NotFound."""
    require_right(Act.HIRE_OPERATORS, actor)
    settings = exchange.in_force()
    require_operator(settings, extension)
    with exchange.storage.writing() as tx:
        AuditLog(tx).add(now, actor.name, "operator.phone_password", f"operator:{extension}")
        give_phone_password(exchange.secrets, extension)
    applied = exchange.apply()
    if applied.waits is None and not applied.by_hand:
        forget_registration(exchange, extension)
    return NewPhonePassword(phone_account(settings, exchange.secrets, extension), applied)


def forget_registration(exchange: Exchange, extension: str) -> None:
    """As far as Asterisk answers: without its password the phone cannot come back anyway."""
    try:
        exchange.pbx.forget_registration(extension)
    except PbxError:
        return


def _difference(before: Operator, after: dict[str, object]) -> str:
    """For the audit log."""
    then = as_decided(before)
    return "; ".join(f"{key}: {then[key]} → {after[key]}" for key in after if then[key] != after[key])
