"""What features tell of what files may be attached to: `ATTACHED` in hotline/services/<feature>/attached.py."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from hotline.discovery import gathered
from hotline.domain.people import Actor
from hotline.domain.retention.privacy import KeptCall
from hotline.storage.transaction import Transaction

#: Raises Forbidden, and NotFound where there is no such object.
Require = Callable[[Transaction, int, Actor, datetime], None]


@dataclass(frozen=True, slots=True)
class AttachedTo:
    """Objects of one kind, known by their ids. `require_see`: who may see their attachments; `require_add`: who may
    attach and remove. `of_call`: those that were written because of a call of a person, with which their attachments
    are copied and deleted (G3)."""

    kind: str
    require_see: Require
    require_add: Require
    of_call: Callable[[KeptCall], Iterable[int]]


def attached_to() -> dict[str, AttachedTo]:
    """Of all features, by kind."""
    return {each.kind: each for each in gathered("hotline.services", "attached", "ATTACHED", AttachedTo)}
