"""Whose calls somebody asks for: an operator by extension, which is whoever has it now, or a person."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime

from hotline.domain.ids import parse_id
from hotline.domain.people import NOBODY_KNOWN, Actor
from hotline.domain.rights.acts import Act, Tie, may
from hotline.domain.staff.records import Tenure
from hotline.domain.staff.spans import at_moment, joined, shared
from hotline.services.staff.names import Holders
from hotline.storage.staff.spans import TenureStore
from hotline.storage.staff.store import StaffStore
from hotline.storage.transaction import Transaction

_PERSON = re.compile(r"person-(.*)", re.DOTALL)


def person_key(person_id: int) -> str:
    """How a person is asked for."""
    return f"person-{person_id}"


def person_of_key(key: str) -> int | None:
    """The id of the person who is asked for; None where it is an extension."""
    found = _PERSON.fullmatch(key)
    return parse_id(found[1]) if found else None


def whose(tx: Transaction, key: str, now: datetime) -> tuple[Tenure, ...] | None:
    """Which extensions whoever is asked for had when: a person, or who has this extension now (before that they may
    have had another). Where nobody has it now, all that was ever done at it. None for "": anybody."""
    if not key:
        return None
    store = TenureStore(tx)
    if _PERSON.fullmatch(key):
        person_id = person_of_key(key)
        return tuple(store.search(person_id=person_id)) if person_id is not None else ()
    holding = at_moment(store.search(extension=key), now)
    return tuple(store.search(person_id=holding[0].person_id)) if holding else (Tenure(NOBODY_KNOWN, key),)


def within(act: Act, actor: Actor, theirs: tuple[Tenure, ...] | None) -> tuple[Tenure, ...] | None:
    """Of these extensions and times (None: anybody's) those that this actor may do it to: all, their own, or those of
    whom they lead. None: anybody's."""
    if may(act, actor.roles):
        return theirs
    own = actor.had if may(act, actor.roles, {Tie.OWNS}) else ()
    led = actor.led.spans if may(act, actor.roles, {Tie.LED}) else ()
    allowed = joined([*own, *led])
    return allowed if theirs is None else joined(shared(theirs, allowed))


def extension_now(tx: Transaction, extension: str, at: datetime, now: datetime) -> str:
    """Where whoever had the extension then is now; "": nowhere. Of whom nothing is known, they are still there."""
    staff = StaffStore(tx)
    person = staff.holder(extension, at)
    return extension if person is None or person.id is None else staff.extension_of(person.id, now) or ""


def key_of(known: Holders, extension: str, at: datetime, now: datetime) -> str:
    """By what whoever had the extension then is asked for: the extension that is theirs now, else the person."""
    person_id = known.holder(extension, at)
    return extension if person_id is None else _having(known, now).get(person_id) or person_key(person_id)


def _having(known: Holders, now: datetime) -> dict[int, str]:
    """The extension of each person who has one now; of several the first."""
    return {each.person_id: each.extension for each in reversed(at_moment(known.tenures, now))}


def operator_choices(known: Holders, extensions: Mapping[str, object], now: datetime) -> dict[str, str]:
    """Whom one may ask for: who has an extension now, by it; then those who had one, by name."""
    present = {each: f"{known.name(each, now)} {each}".strip() for each in extensions}
    having = _having(known, now)
    had = {known.holder(each.extension, each.since or each.until or now) for each in known.tenures}
    former = {
        person_key(person_id): name
        for person_id, name in known.names.items()
        if person_id in had and person_id not in having
    }
    return {**present, **dict(sorted(former.items(), key=lambda pair: pair[1]))}
