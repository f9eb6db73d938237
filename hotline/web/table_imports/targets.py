"""What a table may become on the page that brings tables in: each kind with its columns and with what takes it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from flask_babel import LazyString, gettext
from flask_babel import lazy_gettext as _

from hotline.discovery import gathered, together
from hotline.domain.rights.acts import Act
from hotline.services.customers import table as customers_csv
from hotline.services.directory import table as directory_csv
from hotline.services.line import roster
from hotline.services.line import roster_table as roster_csv
from hotline.services.line.names import line_names
from hotline.services.projects import table as projects_csv
from hotline.services.shifts import shift_table
from hotline.services.tables.shape import Shape
from hotline.services.tables.table import OpenedTable
from hotline.services.trainings import table as trainings_table
from hotline.web.kit.actor import actor
from hotline.web.kit.context import web


@dataclass(frozen=True, slots=True)
class RowChange:
    """What becomes of a line: of whom, and what in words, a part a field."""

    line: int
    who: str
    what: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Taken:
    """What would happen, or has: in words, and line by line where that is told. `mark`: sent along by whoever takes
    what they have seen. `page`: shown at the end instead of the page that has what was brought in."""

    words: str
    changes: Sequence[RowChange] = ()
    mark: str = ""
    page: str = ""


#: Reads the rows and takes them, or with True only says what would happen; the text is the mark of what was seen.
#: Raises Faults, and Outdated where that is not so any more.
Take = Callable[[OpenedTable, bool, str], Taken]


def _nothing() -> Mapping[str, Sequence[str]]:
    return {}


@dataclass(frozen=True)
class TableTarget:
    """`back`: the page that shows what was brought in. `hint`: what a row of it is. `act`: what whoever brings it in
    must be allowed to. `values`: by field, what its cells choose from."""

    shape: Shape
    title: LazyString
    hint: LazyString
    back: str
    take: Take
    act: Act = Act.IMPORT_TABLES
    values: Callable[[], Mapping[str, Sequence[str]]] = _nothing


@cache
def targets() -> Mapping[str, TableTarget]:
    """By kind: those below, and what features of the web tell of in `table_targets.py`."""
    return together((_TARGETS, *gathered("hotline.web", "table_targets", "TABLE_TARGETS", dict)))


def people_words(added: int, changed: int, known: int) -> str:
    return gettext(
        "%(added)s added, %(changed)s changed, %(known)s known already.", added=added, changed=changed, known=known
    )


def _customers(opened: OpenedTable, dry_run: bool, _seen: str) -> Taken:
    found = customers_csv.customers_of(opened, web().settings.numbers.outside_prefixes)
    done = customers_csv.import_customers(web().storage, found, actor(), web().now(), dry_run)
    return Taken(people_words(done.added, done.changed, done.known))


def _directory(opened: OpenedTable, dry_run: bool, _seen: str) -> Taken:
    found = directory_csv.people_of(opened, web().settings.numbers.outside_prefixes)
    done = directory_csv.import_people(web().storage, web().pbx, found, actor(), web().now(), dry_run)
    return Taken(people_words(done.added, done.changed, done.known))


def _roster(opened: OpenedTable, dry_run: bool, _seen: str) -> Taken:
    lines = line_names(web().settings)
    found = roster_csv.shifts_of(opened, web().now(), lines)
    done = roster.import_shifts(web().storage, found, actor().name, web().now(), dry_run, lines)
    added, known = len(done.added), done.known
    return Taken(gettext("%(added)s shifts added, %(known)s were there already.", added=added, known=known))


def _projects(opened: OpenedTable, dry_run: bool, _seen: str) -> Taken:
    context = web()
    found = projects_csv.projects_of(opened, context.settings.numbers.outside_prefixes)
    done = projects_csv.import_projects(context.storage, context.settings, found, actor(), context.now(), dry_run)
    words = people_words(done.added, done.changed, done.known)
    return Taken(words + (" " + gettext("%(n)s customers are new.", n=done.customers) if done.customers else ""))


def _trainings(opened: OpenedTable, dry_run: bool, _seen: str) -> Taken:
    done = trainings_table.import_results(web().storage, opened, actor(), web().now(), dry_run)
    return Taken(people_words(done.added, done.changed, done.known))


def _shifts(opened: OpenedTable, dry_run: bool, _seen: str) -> Taken:
    done = shift_table.import_plan(web().storage, web().settings, opened, dry_run, actor(), web().now())
    return Taken(
        gettext(
            "%(added)s shifts as drafts; %(left)s left out, since something stands there.",
            added=done.added,
            left=done.left_out,
        )
    )


_TARGETS = {
    "customers": TableTarget(
        customers_csv.SHAPE,
        _("Customers"),
        _(
            "Whoever has one of a row's numbers and the same name is completed; "
            "all others are added. The same table again changes nothing."
        ),
        "customers.index",
        _customers,
    ),
    "directory": TableTarget(
        directory_csv.SHAPE,
        _("Directory"),
        _("Who has the number already is written anew; all others are added."),
        "directory.index",
        _directory,
    ),
    "roster": TableTarget(
        roster_csv.SHAPE,
        _("Duty roster"),
        _("Each row is a shift. Start and end stand in a column each, or in one (9:00-17:30) beside a column of days."),
        "roster.index",
        _roster,
    ),
    "projects": TableTarget(
        projects_csv.SHAPE,
        _("Projects"),
        _(
            "A customer's project of the same name is written anew; all others are added. Customers are found by "
            "number, else by name; who has a number and is not known is written down."
        ),
        "projects.index",
        _projects,
    ),
    "trainings": TableTarget(
        trainings_table.SHAPE,
        _("Results of trainings"),
        _("Each row is one person's result of one training on one day. The same table again changes nothing."),
        "trainings.index",
        _trainings,
    ),
    "shifts": TableTarget(
        shift_table.SHAPE,
        _("Shift plan"),
        _("Each row is a shift: whose, on which day, of which kind; with times of its own where it has some."),
        "shifts.index",
        _shifts,
    ),
}
