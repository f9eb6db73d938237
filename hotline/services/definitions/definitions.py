"""A new version of a definition. What was made under an earlier one keeps that."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from hotline.domain.definitions.definition import Definition
from hotline.domain.errors import Refused
from hotline.domain.people import Actor
from hotline.domain.rights.acts import Act
from hotline.services.access import require_right
from hotline.storage.audit import AuditLog
from hotline.storage.definitions.store import DefinitionStore
from hotline.storage.transaction import Transaction


def define(
    tx: Transaction, actor: Actor, kind: str, code: str, content: Any, now: datetime, from_at: datetime | None = None
) -> Definition:
    """The next version, in the transaction of the feature, which has looked that the content is one of its own. Raises
    Forbidden, Conflict, Refused for a moment that is past, or before the version before."""
    require_right(Act.CHANGE_SETTINGS, actor)
    moment, known = from_at or now, DefinitionStore(tx).versions(kind, code)
    if moment < now:
        raise Refused("settings.from_the_past", field="from_at")
    if known and moment < known[-1].from_at:
        raise Refused("definitions.before_the_last", field="from_at", at=known[-1].from_at)
    made = Definition(kind, code, len(known) + 1, content, moment, actor.name, now)
    DefinitionStore(tx).add(made)
    AuditLog(tx).add(now, actor.name, "definition.add", f"{kind}:{code}", f"version {made.version}")
    return made
