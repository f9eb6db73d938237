"""The register as it is looked at: by person and training, and what somebody lacks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from hotline.domain.people import Actor
from hotline.domain.rights.acts import Act, Tie, may
from hotline.domain.staff.records import Person
from hotline.domain.trainings.training import COUNTS, Holding, Training, TrainingResult, holding
from hotline.services.access import require_right
from hotline.services.looks import note_look
from hotline.services.staff.people import own_person
from hotline.services.trainings.needed import queues_of
from hotline.services.trainings.trainings import training_of
from hotline.settings import Settings
from hotline.storage.accounts.users import UserStore
from hotline.storage.staff.spans import TenureStore
from hotline.storage.staff.store import StaffStore
from hotline.storage.trainings.store import TrainingResultStore, TrainingStore
from hotline.storage.transaction import Storage, Transaction


@dataclass(frozen=True, slots=True)
class Held:
    """How a person stands to a training. `needed`: their queues need it. `latest`: the result that says so."""

    holding: Holding
    needed: bool
    latest: TrainingResult | None

    @property
    def lacks(self) -> bool:
        return self.needed and self.holding not in COUNTS


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """`held` by the training's id."""

    person_id: int
    name: str
    extension: str
    held: Mapping[int, Held]

    @property
    def lacks(self) -> int:
        return sum(each.lacks for each in self.held.values())


@dataclass(frozen=True, slots=True)
class Register:
    """`rows` by name: everybody whom whoever looks may see. `blocks`: who lacks one cannot be ready. `queues` by id."""

    trainings: Sequence[Training]
    rows: Sequence[RegisterRow]
    queues: Mapping[str, str]
    blocks: bool


@dataclass(frozen=True, slots=True)
class SeenTraining:
    """`results`: with the person's name, the latest first. `people`: of whom results can be entered."""

    training: Training
    results: Sequence[tuple[TrainingResult, str]]
    people: Sequence[tuple[int, str]]
    queues: Mapping[str, str]


def see_register(
    storage: Storage, settings: Settings, actor: Actor, now: datetime, inactive_too: bool = False
) -> Register:
    """Everybody sees their own, leaders their people's. Raises Forbidden."""
    require_right(Act.SEE_TRAININGS, actor)
    with storage.reading() as tx:
        trainings = TrainingStore(tx).all(active_only=not inactive_too)
        of_person: dict[int, list[TrainingResult]] = defaultdict(list)
        for result in TrainingResultStore(tx).all():
            of_person[result.person_id].append(result)
        having = {each.person_id: each.extension for each in TenureStore(tx).search() if each.until is None}
        people = _visible(tx, actor)
    soon = now + timedelta(days=settings.trainings.runs_out_days)
    rows = [
        _row(each, having.get(each.id or 0, ""), trainings, of_person[each.id or 0], settings, now, soon)
        for each in people
    ]
    note_look(storage, actor, now, "trainings.view", "trainings")
    names = {key: queue.name for key, queue in settings.queues.items()}
    return Register(trainings, rows, names, settings.trainings.needed_to_be_ready)


def see_training(storage: Storage, settings: Settings, training_id: int, actor: Actor, now: datetime) -> SeenTraining:
    """For who keeps the register. Raises Forbidden, NotFound."""
    require_right(Act.KEEP_TRAININGS, actor)
    with storage.reading() as tx:
        training = training_of(tx, training_id)
        everybody = StaffStore(tx).all(active_only=False)
        names = {each.id: each.name for each in everybody}
        results = [each for each in TrainingResultStore(tx).all() if each.training_id == training_id]
    note_look(storage, actor, now, "training.view", f"training:{training_id}")
    shown = [(each, names.get(each.person_id, "")) for each in reversed(results)]
    people = [(each.id or 0, each.name) for each in everybody if each.active]
    return SeenTraining(training, shown, people, {key: queue.name for key, queue in settings.queues.items()})


def _visible(tx: Transaction, actor: Actor) -> list[Person]:
    """By name."""
    people = StaffStore(tx).all()
    if may(Act.SEE_TRAININGS, actor.roles):
        return people
    own = own_person(tx, actor)
    led = actor.led.usernames if may(Act.SEE_TRAININGS, actor.roles, {Tie.LED}) else frozenset()
    accounts = {user.id for user in UserStore(tx).all() if user.username in led}
    return [each for each in people if (own is not None and each.id == own.id) or each.user_id in accounts]


def _row(
    person: Person,
    extension: str,
    trainings: Sequence[Training],
    results: Sequence[TrainingResult],
    settings: Settings,
    now: datetime,
    soon: datetime,
) -> RegisterRow:
    queues = queues_of(settings, extension)
    held = {}
    for training in trainings:
        own = [each for each in results if each.training_id == training.id]
        held[training.id or 0] = Held(
            holding(own, now, soon), training.needed_by(queues), max(own, key=lambda each: each.taken_at, default=None)
        )
    return RegisterRow(person.id or 0, person.name, extension, held)
