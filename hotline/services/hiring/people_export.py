"""Our people as the table that can be brought in again: whoever changes many at once does it in a spreadsheet."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import datetime

from hotline.domain import numbers
from hotline.domain.accounts.user import User
from hotline.domain.people import Actor
from hotline.domain.time import last_day
from hotline.services import csv_table
from hotline.services.exchange import Exchange
from hotline.services.hiring.people_import import require_may_bring_in
from hotline.services.hiring.people_plan import Known, Told, read_known
from hotline.services.hiring.people_table import EVERY, NONE, PHONES, ROLES, SHAPE
from hotline.services.looks import note_look
from hotline.services.staff.fields import MAX_NAME
from hotline.services.tables.cells import apart


def export_people(exchange: Exchange, actor: Actor, chinese: bool, now: datetime) -> Iterator[str]:
    """Whoever is not deactivated, by user name. It stands in the audit log (F8). Raises Forbidden."""
    require_may_bring_in(actor)
    settings = exchange.in_force()
    with exchange.storage.reading() as tx:
        known = read_known(tx, settings, now)
    note_look(exchange.storage, actor, now, "people.export", "people")
    users = [user for _, user in sorted(known.users.items()) if user.active]
    return csv_table.write(SHAPE.headings(chinese), [_cells(known, user, chinese) for user in users])


def _cells(known: Known, user: User, chinese: bool) -> list[str]:
    """In the order of the shape's fields."""
    told = known.before(user)
    said = {
        "username": user.username,
        "name": told.name if len(told.name) <= MAX_NAME else "",
        "roles": "、".join(_word(ROLES, role, chinese) for role in told.roles),
        "extension": told.extension,
        "teams": _units(known.choices.teams, told.teams),
        "department": _units(known.choices.departments, told.department),
        "mail": told.mail,
        "mobile": numbers.as_dialled(told.mobile) if told.mobile else "",
        "last_day": last_day(told.expires_at).isoformat() if told.expires_at else "",
    }
    if told.extension in known.settings.operators:
        said |= _phone(known, told, chinese)
    return [said.get(field, "") for field in SHAPE.fields]


def _phone(known: Known, told: Told, chinese: bool) -> Mapping[str, str]:
    names = {key: _queue(known, key) for key in known.choices.all_queues}
    levels = [f"{names[queue]}:{level}" for queue, level in told.levels]
    return {
        "phone_kind": _word(PHONES, told.phone, chinese),
        "queues": "、".join(names[queue] for queue in told.queues) or EVERY[0 if chinese else 2],
        "levels": "、".join(levels) or NONE[0],
    }


def _word(words: Mapping[str, object], meaning: object, chinese: bool) -> str:
    """Of those that a table may say: the first Chinese one, else the first in letters."""
    return next(word for word, meant in words.items() if meant == meaning and word.isascii() is not chinese)


def _queue(known: Known, key: str) -> str:
    """By name, where a cell could say it so."""
    name = known.settings.queues[key].name
    return name if _is_one_word(name) and known.choices.queues.get(name.casefold()) == key else key


def _units(choices: Mapping[str, int], ids: Collection[int]) -> str:
    """Nothing, which changes nothing, where a name is more than one word to a table."""
    found = [name for name, key in choices.items() if key in ids]
    return "、".join(found) if all(map(_is_one_word, found)) else ""


def _is_one_word(name: str) -> bool:
    return apart(name) == [name] and not set(":：=") & set(name)
