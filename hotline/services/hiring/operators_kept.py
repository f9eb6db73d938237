"""The operators of the settings in force as hiring sees them: where each stands, and what is decided of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from hashlib import sha256

from hotline.domain.errors import NotFound, Outdated, Refused
from hotline.domain.people import Actor
from hotline.services.exchange import Exchange
from hotline.services.settings.in_force import apply
from hotline.services.settings.settings import WrongSettings, decide
from hotline.settings import Settings
from hotline.settings.calls import Operator
from hotline.settings.layers import DEFAULTS
from hotline.storage.settings.store import SettingChangeStore
from hotline.storage.transaction import Transaction


def key_of(extension: str) -> str:
    """Of the settings."""
    return f"operators.{extension}"


def settings_of(tx: Transaction, exchange: Exchange, now: datetime) -> Settings:
    """What is in force in this transaction, in which others who decide wait: nothing is seconds old."""
    store = SettingChangeStore(tx)
    store.lock()
    return apply(exchange.in_force.layers, store.all(), now).settings


def require_operator(settings: Settings, extension: str) -> Operator:
    """Raises NotFound."""
    if extension not in settings.operators:
        raise NotFound("hiring.no_operator", extension=extension[:20])
    return settings.operators[extension]


def file_of(exchange: Exchange, extension: str) -> str:
    """The settings file in which this operator stands; "" for one who was hired in the browser."""
    layers = exchange.in_force.layers
    if extension not in layers.below.get("operators", {}):
        return ""
    return layers.sources.get(("operators", extension), str(DEFAULTS))


def require_hired(exchange: Exchange, extension: str) -> None:
    """Raises Refused for one who stands in the file, which the browser does not write."""
    if file := file_of(exchange, extension):
        raise Refused("hiring.in_file", extension=extension, file=file)


def as_decided(operator: Operator) -> dict[str, object]:
    return {
        "name": operator.name,
        "phone": operator.phone,
        "contact": operator.contact,
        "queues": list(operator.queues),
        "levels": dict(operator.levels),
    }


def mark(operator: Operator) -> str:
    """Two operators that are told alike have the same: who changes one says what they saw."""
    return sha256(repr(sorted(as_decided(operator).items())).encode()).hexdigest()[:16]


def require_unchanged(operator: Operator, seen: str, extension: str) -> None:
    """Raises Outdated when somebody else has changed them since."""
    if mark(operator) != seen:
        raise Outdated("hiring.changed_meanwhile", extension=extension)


def decide_operator(
    tx: Transaction,
    exchange: Exchange,
    actor: Actor,
    extension: str,
    operator: Mapping[str, object] | None,
    now: datetime,
) -> None:
    """None: as the files say, that is none of ours any more. Raises Forbidden, and Refused for what the settings do not
    take, at the field that it is about."""
    wanted = dict(operator) if operator is not None else None
    try:
        decide(tx, exchange.in_force.layers, actor, {key_of(extension): wanted}, now)
    except WrongSettings as error:
        place, expected = next(iter(error.problems.items()))
        field = place.removeprefix(f"{key_of(extension)}.").split(".")[0]
        raise Refused("hiring.not_taken", field=field, expected=expected) from None


def known_levels(queues: Sequence[str], levels: Mapping[str, int]) -> dict[str, int]:
    """Of these queues, those in which somebody is not of the first level: what is usual is not written down."""
    return {queue: level for queue, level in levels.items() if queue in queues and level != 1}


def known_queues(settings: Settings, chosen: Sequence[str]) -> tuple[str, ...]:
    """Of these, in the settings' order. All of them is written as none: a queue that is added later is theirs too.
    Raises Refused, for none too."""
    if not chosen:
        raise Refused("hiring.queues", field="queues")
    unknown = [queue for queue in chosen if queue not in settings.queues]
    if unknown:
        raise Refused("hiring.no_queue", field="queues", queue=unknown[0][:40])
    found = tuple(queue for queue in settings.queues if queue in chosen)
    return () if len(found) == len(settings.queues) else found
