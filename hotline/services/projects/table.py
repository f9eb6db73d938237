"""Projects as a table: brought in, and given out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from hotline.domain import numbers, wall_time
from hotline.domain.batches import batches
from hotline.domain.customers.customer import Customer, CustomerNumber
from hotline.domain.customers.search import CustomerQuery
from hotline.domain.numbers import Number
from hotline.domain.people import Actor
from hotline.domain.projects.project import WRITTEN, Project, checked
from hotline.domain.reasons import Unfit
from hotline.domain.rights.acts import Act, may
from hotline.domain.text import one_line
from hotline.domain.wall_time import UnclearTime
from hotline.services.access import require_right
from hotline.services.customers.customers import known
from hotline.services.looks import note_look
from hotline.services.projects.projects import add_in, change_in
from hotline.services.shown import number_shown
from hotline.services.tables import shape
from hotline.services.tables.faults import BadCell, Fault, Faults, TableProblem, gathered
from hotline.services.tables.shape import Field, Kind, Shape
from hotline.services.tables.table import OpenedTable, Row, read_rows
from hotline.settings import Settings
from hotline.storage.accounts.users import UserStore
from hotline.storage.audit import AuditLog
from hotline.storage.customers.store import CustomerStore
from hotline.storage.projects.store import ProjectStore
from hotline.storage.transaction import Storage, Transaction

#: More at once would keep a page waiting; a site has some hundreds.
SHAPE = Shape(
    {
        "project": Field(("project", "project name", "项目", "项目名称", "工程名称", "工程", "項目", "項目名稱")),
        "customer": Field(
            ("customer", "customer name", "company", "客户", "客户名称", "公司", "公司名称", "单位", "单位名称", "客戶")
        ),
        "numbers": Field(shape.PHONE, Kind.PHONE),
        "delivered_on": Field(
            ("delivered on", "delivery date", "交付日期", "交付时间", "交付使用日期", "验收日期", "交付日", "交付"),
            Kind.TIME,
        ),
        "contact": Field(("contact", "contact person", "联系人", "联系人姓名", "项目联系人", "聯絡人")),
        "ends_on": Field(
            ("ends on", "end date", "结束日期", "服务到期", "到期日期", "维保到期", "终止日期"), Kind.TIME
        ),
        "manager": Field(("manager", "project manager", "项目经理", "负责人", "項目經理")),
        "inspected_every": Field(("inspected every", "巡检周期", "巡检间隔", "巡检周期（月）", "巡檢週期")),
        "surveyed_every": Field(("surveyed every", "调研周期", "服务调研周期", "调研周期（月）", "調研週期")),
        "note": Field(shape.NOTE),
    },
    needs=(("project",), ("customer", "numbers"), ("delivered_on",)),
    most=20_000,
)
_HEADER = ("项目名称", "客户", "联系电话", "交付日期", "联系人", "结束日期", "项目经理", "巡检周期", "调研周期", "备注")

#: Rows a transaction: SQLite has one writer.
_AT_ONCE = 200


class ProjectProblem(StrEnum):
    """Why a row of projects is not taken."""

    NO_CUSTOMER = "no_such_customer"
    SEVERAL_CUSTOMERS = "several_customers"
    NO_MANAGER = "no_such_manager"
    MONTHS = "months_wanted"
    TWICE = "project_twice"
    NAME = "name_wanted"
    ENDS_BEFORE = "ends_before_delivery"

    @property
    def code(self) -> str:
        return f"projects.{self}"


_RULES: Mapping[str, ProjectProblem] = {
    "projects.name": ProjectProblem.NAME,
    "projects.ends_before": ProjectProblem.ENDS_BEFORE,
    "projects.months": ProjectProblem.MONTHS,
}


@dataclass(frozen=True, slots=True)
class ProjectRow:
    """A project whose customer is known by number or name only. `line`: of the table."""

    project: Project
    customer: str
    line: int


@dataclass(frozen=True, slots=True)
class ImportedProjects:
    """`customers`: how many of them were not known before."""

    added: int = 0
    changed: int = 0
    known: int = 0
    customers: int = 0


def projects_of(opened: OpenedTable, outside_prefixes: Sequence[str] = ()) -> list[ProjectRow]:
    """The rows of the table. Raises Faults naming every line and column that cannot be taken."""
    lines: dict[tuple[str, Number, str], int] = {}

    def once(row: Row) -> ProjectRow:
        made = _row(row, outside_prefixes)
        key = (made.project.name, made.project.number, made.customer)
        if (before := lines.setdefault(key, row.line)) != row.line:
            raise BadCell("project", ProjectProblem.TWICE, str(before))
        return made

    return read_rows(opened, SHAPE, once)


def import_projects(
    storage: Storage, settings: Settings, rows: Sequence[ProjectRow], actor: Actor, now: datetime, dry_run: bool = False
) -> ImportedProjects:
    """A customer's project of the same name is written anew; all others are added. Customers are found by number, else
    by name; who has a number and is not known is written down. All rows are looked at before the first is written.
    Raises Forbidden, Faults."""
    require_right(Act.EDIT_PROJECTS, actor)
    with storage.reading() as tx:
        foreseen = [_found(tx, row) for row in rows]
        managers = _managers(tx)
        faults = [each for each in foreseen if isinstance(each, Fault)]
        faults += [
            Fault(row.line, "", ProjectProblem.NO_MANAGER, row.project.manager)
            for row in rows
            if row.project.manager and row.project.manager not in managers
        ]
        if faults:
            raise Faults(sorted(faults, key=lambda each: each.line))
        ready = [replace(row, project=_managed(row.project, managers)) for row in rows]
        if dry_run:
            return _counted(_outcome(tx, row) for row in ready)
    outcomes: list[str] = []
    for some in batches(ready, _AT_ONCE):
        with storage.writing() as tx:
            outcomes += [_take_in(tx, settings, row, actor, now) for row in some]
    done = _counted(outcomes)
    with storage.writing() as tx:
        told = f"{done.added} added, {done.changed} changed, {done.known} known"
        AuditLog(tx).add(now, actor.name, "projects.import", "projects", told)
    return done


def export_projects(storage: Storage, actor: Actor, now: datetime) -> tuple[Sequence[str], list[Sequence[str]]]:
    """Header and lines, numbers whole for who sees them so; it stands in the audit log. Raises Forbidden."""
    require_right(Act.EXPORT_PROJECTS, actor)
    whole = may(Act.SEE_NUMBERS, actor.roles)
    with storage.reading() as tx:
        kept = list(ProjectStore(tx).all())
        customers = {each.id: each for each in CustomerStore(tx).by_ids({each.customer_id for each in kept})}
        names = {user.username: user.display_name for user in UserStore(tx).all()}
    note_look(storage, actor, now, "projects.export", "projects")
    return _HEADER, [_line(each, customers.get(each.customer_id), names, whole) for each in kept]


def _row(row: Row, outside_prefixes: Sequence[str]) -> ProjectRow:
    number, delivered_on, ends_on, inspected, surveyed = gathered(
        lambda: _number(row, outside_prefixes),
        lambda: _day(row, "delivered_on"),
        lambda: _day(row, "ends_on"),
        lambda: _months(row, "inspected_every"),
        lambda: _months(row, "surveyed_every"),
    )
    if delivered_on is None:
        raise BadCell("delivered_on", wall_time.TimeProblem.NO_DAY)
    customer = one_line(row.text("customer"))
    if not customer and not number:
        raise BadCell("customer", ProjectProblem.NO_CUSTOMER)
    project = Project(
        row.text("project"),
        0,
        delivered_on,
        row.text("contact"),
        number,
        ends_on,
        one_line(row.text("manager")),
        inspected,
        surveyed,
        row.text("note"),
    )
    try:
        return ProjectRow(checked(project), customer, row.line)
    except Unfit as error:
        field = "project" if error.field == "name" else error.field
        raise BadCell(field, _RULES.get(error.code, TableProblem.TOO_LONG), str(error.values.get("most", ""))) from None


def _number(row: Row, outside_prefixes: Sequence[str]) -> Number:
    written = row.text("numbers")
    found = numbers.normalise(written, outside_prefixes)
    if written and not found:
        raise BadCell("numbers", TableProblem.PHONE, written[:40])
    return found


def _day(row: Row, field: str) -> date | None:
    text = row.text(field).strip()
    if not text:
        return None
    try:
        return (wall_time.from_serial(text) or wall_time.read_moment(text)).date()
    except UnclearTime as error:
        raise BadCell(field, error.problem, text[:60]) from None


def _months(row: Row, field: str) -> int:
    text = row.text(field).strip().removesuffix(".0").removesuffix("个月").removesuffix("月").strip()
    if not text:
        return 0
    if not (text.isascii() and text.isdigit() and len(text) < 4):
        raise BadCell(field, ProjectProblem.MONTHS, text[:20])
    return int(text)


def _found(tx: Transaction, row: ProjectRow) -> Customer | Fault | None:
    """Whose it is; None for somebody new, a fault where nobody can be told."""
    of_number = CustomerStore(tx).of_number(row.project.number) if row.project.number else []
    named = [each for each in of_number if not row.customer or row.customer in (each.name, each.company)]
    if named:
        return named[0]
    if row.project.number:
        return of_number[0] if len(of_number) == 1 and not row.customer else None
    page = CustomerStore(tx).search(CustomerQuery(words=(row.customer.casefold(),)), 50)
    same = [each for each in page.customers if row.customer in (each.name, each.company)]
    if len(same) == 1:
        return same[0]
    problem = ProjectProblem.SEVERAL_CUSTOMERS if same else ProjectProblem.NO_CUSTOMER
    return Fault(row.line, "", problem, row.customer)


def _managers(tx: Transaction) -> dict[str, str]:
    """User names, by user name and by the name that others see, where one alone has it."""
    users = UserStore(tx).all()
    shown = [user.display_name for user in users]
    by_name = {user.display_name: user.username for user in users if shown.count(user.display_name) == 1}
    return by_name | {user.username: user.username for user in users}


def _managed(project: Project, managers: Mapping[str, str]) -> Project:
    return replace(project, manager=managers.get(project.manager, ""))


def _outcome(tx: Transaction, row: ProjectRow) -> str:
    customer = _found(tx, row)
    if not isinstance(customer, Customer):
        return "customer"
    there = ProjectStore(tx).same_as(customer.id or 0, row.project.name)
    if there is None:
        return "added"
    return "known" if _same(there, replace(row.project, customer_id=customer.id or 0)) else "changed"


def _take_in(tx: Transaction, settings: Settings, row: ProjectRow, actor: Actor, now: datetime) -> str:
    outcome = _outcome(tx, row)
    customer = _found(tx, row)
    if not isinstance(customer, Customer):
        customer = _new_customer(tx, row, actor, now)
    project = replace(row.project, customer_id=customer.id or 0)
    there = ProjectStore(tx).same_as(project.customer_id, project.name)
    if there is None:
        add_in(tx, project, actor, now)
    elif outcome == "changed":
        changes = {name: getattr(project, name) for name in WRITTEN}
        change_in(tx, settings, there, there.version, changes, actor, now)
    return outcome


def _new_customer(tx: Transaction, row: ProjectRow, actor: Actor, now: datetime) -> Customer:
    made = Customer(
        row.project.contact,
        row.customer,
        numbers=(CustomerNumber(row.project.number),),
        created_at=now,
        updated_at=now,
        updated_by=actor.name,
    )
    added = CustomerStore(tx).add(made)
    AuditLog(tx).add(now, actor.name, "customer.create", f"customer:{added.id}")
    return known(tx, added.id or 0)


def _same(there: Project, project: Project) -> bool:
    return all(getattr(there, name) == getattr(project, name) for name in WRITTEN)


def _counted(outcomes: Iterator[str] | Sequence[str]) -> ImportedProjects:
    every = list(outcomes)
    new = every.count("customer")
    return ImportedProjects(every.count("added") + new, every.count("changed"), every.count("known"), new)


def _line(project: Project, customer: Customer | None, names: Mapping[str, str], whole: bool) -> Sequence[str]:
    return (
        project.name,
        (customer.company or customer.name) if customer is not None else "",
        number_shown(project.number, whole) if project.number else "",
        project.delivered_on.isoformat(),
        project.contact,
        project.ends_on.isoformat() if project.ends_on else "",
        names.get(project.manager, project.manager),
        str(project.inspected_every or ""),
        str(project.surveyed_every or ""),
        project.note,
    )
