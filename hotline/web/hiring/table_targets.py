"""Our own people as a table that is brought in: what would be done line by line, and the passwords at the end."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from flask import render_template
from flask_babel import gettext
from flask_babel import lazy_gettext as _

from hotline.domain.people import Role
from hotline.domain.rights.acts import Act
from hotline.domain.time import last_day
from hotline.services import xlsx_table
from hotline.services.hiring import people_import
from hotline.services.hiring.people_import import FirstPasswords, ImportedPeople, Rehearsal
from hotline.services.hiring.people_plan import PlannedPerson, differences
from hotline.services.hiring.people_table import EVERY, PHONES, ROLES, SHAPE
from hotline.services.tables.table import OpenedTable
from hotline.settings.calls import QUEUE_LEVELS
from hotline.web.accounts.labels import ROLES as ROLE_LABELS
from hotline.web.hiring.applied import applied_words
from hotline.web.kit.actor import actor
from hotline.web.kit.context import web
from hotline.web.table_imports.targets import RowChange, TableTarget, Taken, people_words
from hotline.web.table_imports.uploads import Upload, uploads
from hotline.web.table_imports.words import FIELDS

#: Of what is kept until it is fetched, beside the uploaded files.
PASSWORDS = "first-passwords"
_NAMES = {"phone": "phone_kind", "expires_at": "last_day"}
_PHONES = {"webrtc": _("Browser"), "sip": _("Desk phone")}


def _people(opened: OpenedTable, dry_run: bool, seen: str) -> Taken:
    context = web()
    if not dry_run:
        done = people_import.import_people(context.exchange, opened, seen, actor(), context.now())
        return Taken(_counted(done.added, done.changed, done.known), page=_done_page(done))
    rehearsal = people_import.rehearse(context.exchange, opened, actor(), context.now())
    plan = rehearsal.plan
    counted = _counted(len(plan.new), len(plan.changed), len(plan.people) - len(plan.new) - len(plan.changed))
    touched = [each for each in plan.people if each.before is None or each.is_changed]
    changes = [RowChange(each.line, _who(each), tuple(_what(each, rehearsal))) for each in touched]
    return Taken(counted, changes, plan.mark)


def _counted(added: int, changed: int, known: int) -> str:
    return people_words(added, changed, known)


def _who(person: PlannedPerson) -> str:
    return f"{person.after.name} ({person.username})"


def _what(person: PlannedPerson, rehearsal: Rehearsal) -> Iterable[str]:
    if person.before is None:
        yield gettext("new")
    for field, before, after in differences(person):
        what = str(FIELDS[_NAMES.get(field, field)])
        then, now = (_shown(field, value, rehearsal) for value in (before, after))
        if person.before is None:
            yield gettext("%(what)s: %(now)s", what=what, now=now)
        else:
            yield gettext("%(what)s: %(then)s → %(now)s", what=what, then=then, now=now)


def _shown(field: str, value: object, rehearsal: Rehearsal) -> str:
    """In words; – for nothing."""
    if field == "queues" and value == ():
        return gettext("all")
    if not value:
        return "–"
    if isinstance(value, datetime):
        return last_day(value).isoformat()
    if isinstance(value, (tuple, frozenset)):
        return "、".join(sorted(_word(field, each, rehearsal) for each in value))
    return str(_PHONES[value]) if field == "phone" and isinstance(value, str) else str(value)


def _word(field: str, value: object, rehearsal: Rehearsal) -> str:
    if isinstance(value, Role):
        return str(ROLE_LABELS[value].text)
    if isinstance(value, tuple):
        queue, level = value
        return gettext("%(queue)s: level %(n)s", queue=rehearsal.queues.get(queue, queue), n=level)
    if isinstance(value, int):
        return rehearsal.units.get(value, str(value))
    return rehearsal.queues.get(str(value), str(value)) if field == "queues" else str(value)


def _values() -> Mapping[str, Sequence[str]]:
    context = web()
    choices = people_import.people_choices(context.exchange, actor())
    settings = context.settings
    return {
        "roles": _first_words(ROLES),
        "phone_kind": _first_words(PHONES),
        "queues": (EVERY[0], *(settings.queues[key].name for key in choices.all_queues)),
        "levels": (*map(str, QUEUE_LEVELS), *(f"{settings.queues[key].name}:2" for key in choices.all_queues[:1])),
        "teams": tuple(choices.teams),
        "department": tuple(choices.departments),
    }


def _first_words(words: Mapping[str, object]) -> tuple[str, ...]:
    """Of each meaning the word that stands first."""
    first: dict[object, str] = {}
    for word, meaning in words.items():
        first.setdefault(meaning, word)
    return tuple(first.values())


def _done_page(done: ImportedPeople) -> str:
    """With the passwords, which are known here alone; as a sheet they are fetched once."""
    token = ""
    if done.passwords:
        kept = Upload(actor().name, PASSWORDS, "first-passwords.xlsx", _sheet(done.passwords), web().now())
        token = uploads().keep(kept)
    told = applied_words(done.applied) if done.applied else ""
    words = _counted(done.added, done.changed, done.known)
    return render_template("hiring/imported.html", done=done, words=words, told=told, token=token)


def _sheet(passwords: Sequence[FirstPasswords]) -> bytes:
    header = (
        *(gettext("Name"), gettext("User name"), gettext("First password")),
        *(gettext("Extension"), gettext("Password of the phone")),
    )
    rows = [(each.name, each.username, each.password, each.extension, each.phone_password) for each in passwords]
    return xlsx_table.write((gettext("First password"), header, rows))


TABLE_TARGETS = {
    "people": TableTarget(
        SHAPE,
        _("People"),
        _(
            "Each row is somebody who signs in, known by the user name. Who is not there yet is added, with a first "
            "password; of whoever is, only what a cell says is changed: an empty one changes nothing, “-” takes away."
        ),
        "people.index",
        _people,
        Act.HIRE_OPERATORS,
        _values,
    )
}
