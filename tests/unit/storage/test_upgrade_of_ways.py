"""Whoever was not told by mail before is not after it, and whoever was is."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from hotline.domain.notifications.kind import NotificationKind, chosen
from hotline.storage import migrate
from hotline.storage.engine import make_engine
from hotline.storage.notifications.choices import ChoiceStore
from hotline.storage.staff.store import StaffStore
from hotline.storage.transaction import Storage
from tests.support.databases import at_revision, filled

#: By name: the ways that they had, and what they chose of all kinds and of `examined`, if anything.
PEOPLE: dict[str, tuple[str, dict[str, bool | None]]] = {
    "nothing": ("[]", {}),
    "mail": ('["mail"]', {}),
    "both": ('["mail", "sms"]', {}),
    "sms": ('["sms"]', {}),
    "sms, all chosen": ('["sms"]', {"": True}),
    "sms, quiet hours alone": ('["sms"]', {"": None}),
    "sms, one chosen": ('["sms"]', {"examined": True}),
}
KINDS = (NotificationKind("examined"), NotificationKind("alert"), NotificationKind("escalation", demanded=True))


@pytest.fixture(params=["sqlite", "postgres"])
def before(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of a database at the revision before."""
    yield from filled(request, tmp_path, _fill)


def _fill(url: str) -> None:
    at_revision(url, "0025")
    engine = make_engine(url)
    with engine.begin() as connection:
        for number, (name, (ways, choices)) in enumerate(PEOPLE.items(), start=1):
            values = {"id": number, "name": name, "ways": ways, "yes": True}
            connection.execute(text(_PERSON), values)
            for kind, mail in choices.items():
                connection.execute(text(_CHOICE), {"id": number, "kind": kind, "mail": mail})
    engine.dispose()


_PERSON = "INSERT INTO person (id, name, ways, active, version) VALUES (:id, :name, :ways, :yes, 1)"
_CHOICE = (
    "INSERT INTO notification_choice (person_id, kind, mail, chat, quiet_from, quiet_until) "
    "VALUES (:id, :kind, :mail, NULL, '22:00', '07:00')"
)


def _was_told_by_mail(ways: str, choices: dict[str, bool | None], kind: NotificationKind) -> bool:
    """As it was decided then."""
    if kind.demanded:
        return True
    said = [choices.get(name) for name in (kind.name, "") if choices.get(name) is not None]
    return bool(said[0]) if said else ways == "[]" or "mail" in ways


def test_everybody_is_told_by_mail_of_what_they_were_told_of_before(before: str) -> None:
    migrate.upgrade(before)
    migrate.require_current(before)
    storage = Storage(make_engine(before))
    with storage.reading() as tx:
        people = StaffStore(tx).all()
        found = {each.name: ChoiceStore(tx).of(each.id or 0) for each in people}
    assert found.keys() == PEOPLE.keys()
    for name, (ways, choices) in PEOPLE.items():
        told = [chosen(kind, found[name]).mail for kind in KINDS]
        assert told == [_was_told_by_mail(ways, choices, kind) for kind in KINDS], name
        quiet = {each.kind: f"{each.quiet.starts:%H:%M}" for each in found[name] if each.quiet}
        assert quiet == dict.fromkeys(choices, "22:00"), name
    storage.close()
