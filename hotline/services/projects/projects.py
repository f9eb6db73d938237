"""Projects: entered, changed, looked at (E8). Each look and each change stands in the audit log (F8)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from hotline.domain import numbers
from hotline.domain.calendar import local_day
from hotline.domain.customers.customer import Customer
from hotline.domain.errors import Conflict, NotFound, Outdated, Refused
from hotline.domain.ids import is_id
from hotline.domain.numbers import Number
from hotline.domain.people import Actor
from hotline.domain.projects.project import WRITTEN, Project, ProjectFilter, Round, RoundState, checked
from hotline.domain.reasons import Unfit
from hotline.domain.rights.acts import Act, Tie, may
from hotline.domain.rights.seeing import Sight
from hotline.services.access import require_right
from hotline.services.customers.customers import known
from hotline.services.looks import note_look
from hotline.services.projects.dropping import drop_visit
from hotline.services.sight import sight_of
from hotline.settings import Settings
from hotline.storage.accounts.users import UserStore
from hotline.storage.audit import AuditLog
from hotline.storage.one_at_a_time import one_at_a_time
from hotline.storage.projects.store import ListedProject, ProjectStore, RoundStore
from hotline.storage.transaction import Storage, Transaction


@dataclass(frozen=True, slots=True)
class FoundProjects:
    """The latest delivered first; `total` counts all."""

    projects: Sequence[ListedProject]
    total: int


@dataclass(frozen=True, slots=True)
class SeenProject:
    """With what is due for it again and again, the latest first. `sight`: which numbers may be shown whole; `names`: of
    our people, by user name; `recordable`: the rounds whose record whoever looks may write."""

    project: Project
    customer: Customer
    rounds: Sequence[Round]
    sight: Sight
    names: Mapping[str, str]
    recordable: frozenset[int]


def find_projects(
    storage: Storage, wanted: ProjectFilter, actor: Actor, now: datetime, limit: int, offset: int = 0
) -> FoundProjects:
    """A page of them. Raises Forbidden."""
    require_right(Act.READ_PROJECTS, actor)
    today = local_day(now)
    with storage.reading() as tx:
        found = ProjectStore(tx).search(wanted, today, limit, offset)
        total = ProjectStore(tx).count(wanted, today)
    note_look(storage, actor, now, "projects.search", "projects", " ".join(wanted.words))
    return FoundProjects(found, total)


def see_project(storage: Storage, project_id: int, actor: Actor, now: datetime) -> SeenProject:
    """Raises Forbidden, NotFound."""
    require_right(Act.READ_PROJECTS, actor)
    with storage.reading() as tx:
        project = known_project(tx, project_id)
        customer = known(tx, project.customer_id)
        rounds = RoundStore(tx).of(project_id)
        sight = sight_of(tx, actor)
        names = {user.username: user.display_name for user in UserStore(tx).all()}
    note_look(storage, actor, now, "project.view", f"project:{project_id}")
    recordable = frozenset(each.id or 0 for each in rounds if may_record(each, actor))
    return SeenProject(project, customer, rounds, sight, names, recordable)


def may_record(round: Round, actor: Actor) -> bool:
    """Whether they write the record of this inspection or survey."""
    ties = {Tie.OWNS} if round.owner == actor.name else set()
    return round.state is RoundState.OPEN and round.visit_id is None and may(Act.RECORD_INSPECTION, actor.roles, ties)


def read_project(storage: Storage, project_id: int, actor: Actor) -> Project:
    """For who is about to write. Raises Forbidden, NotFound."""
    require_right(Act.EDIT_PROJECTS, actor)
    with storage.reading() as tx:
        return known_project(tx, project_id)


def known_project(tx: Transaction, project_id: int) -> Project:
    """Raises NotFound."""
    found = ProjectStore(tx).by_id(project_id) if is_id(project_id) else None
    if found is None:
        raise NotFound("projects.no_project", id=project_id)
    return found


def add_project(storage: Storage, settings: Settings, new: Project, actor: Actor, now: datetime) -> Project:
    """Raises Forbidden, NotFound for its customer, Refused, Conflict where the customer has one of that name."""
    require_right(Act.EDIT_PROJECTS, actor)
    with storage.writing() as tx:
        return add_in(tx, new, actor, now)


def add_in(tx: Transaction, new: Project, actor: Actor, now: datetime) -> Project:
    """As `add_project`, in the caller's transaction."""
    made = replace(
        _checked(tx, new), entered_on=local_day(now), version=1, updated_at=now, updated_by=actor.name, id=None
    )
    one_at_a_time(tx, "project")
    if ProjectStore(tx).same_as(made.customer_id, made.name) is not None:
        raise Conflict("projects.there", field="name")
    added = ProjectStore(tx).add(made)
    AuditLog(tx).add(now, actor.name, "project.create", f"project:{added.id}")
    return added


def change_project(
    storage: Storage,
    settings: Settings,
    project_id: int,
    version: int,
    changes: Mapping[str, object],
    actor: Actor,
    now: datetime,
) -> Project:
    """Write `changes` (fields of WRITTEN). One that ended: what is open for it is called off. Raises Forbidden,
    NotFound, Refused, Conflict, and Outdated if somebody was faster."""
    require_right(Act.EDIT_PROJECTS, actor)
    with storage.writing() as tx:
        return change_in(tx, settings, known_project(tx, project_id), version, changes, actor, now)


def change_in(
    tx: Transaction,
    settings: Settings,
    old: Project,
    version: int,
    changes: Mapping[str, object],
    actor: Actor,
    now: datetime,
) -> Project:
    """As `change_project`, in the caller's transaction."""
    written: dict[str, Any] = {name: changes[name] for name in WRITTEN if name in changes}
    new = _checked(tx, replace(old, **written))
    changed = [name for name in WRITTEN if getattr(new, name) != getattr(old, name)]
    if old.version != version:
        raise Outdated("projects.changed_meanwhile")
    if not changed:
        return old
    one_at_a_time(tx, "project")
    same = ProjectStore(tx).same_as(new.customer_id, new.name)
    if same is not None and same.id != old.id:
        raise Conflict("projects.there", field="name")
    kept = replace(new, version=version + 1, updated_at=now, updated_by=actor.name)
    if not ProjectStore(tx).update(kept, version):
        raise Outdated("projects.changed_meanwhile")
    AuditLog(tx).add(now, actor.name, "project.change", f"project:{kept.id}", ", ".join(changed))
    _call_off_beyond(tx, settings, kept, actor, now)
    return kept


def _call_off_beyond(tx: Transaction, settings: Settings, project: Project, actor: Actor, now: datetime) -> None:
    """What is open and due after its end."""
    for each in RoundStore(tx).open_of(project.id or 0):
        if project.ends_on is not None and each.due_on > project.ends_on:
            RoundStore(tx).end(each.id or 0, RoundState.CALLED_OFF, now, actor.name)
            if each.visit_id is not None:
                drop_visit(tx, settings, each.visit_id, actor.name, now)


def parse_number(written: str, outside_prefixes: Sequence[str] = ()) -> Number:
    """The contact's, empty for none. Raises Refused."""
    found = numbers.normalise(written, outside_prefixes)
    if written.strip() and not found:
        raise Refused("customers.number", field="number")
    return found


def _checked(tx: Transaction, project: Project) -> Project:
    customer = known(tx, project.customer_id)
    try:
        plain = checked(replace(project, customer_id=customer.id or 0))
    except Unfit as error:
        raise Refused.of(error.reason, error.field) from None
    if plain.manager and UserStore(tx).by_username(plain.manager) is None:
        raise Refused("projects.no_manager", field="manager", got=plain.manager)
    return plain
