"""Who may see and change our own people's data: supervisors read, administrators write, everybody their own."""

from __future__ import annotations

from hotline.domain.errors import Forbidden
from hotline.domain.people import MANAGERS, Actor, Role

#: Who sees all of it.
READERS = MANAGERS
#: Who adds and changes people, teams and departments.
KEEPERS = (Role.ADMINISTRATOR,)


def require_to_read(actor: Actor) -> None:
    """Raises Forbidden."""
    _require(actor, READERS)


def require_to_change(actor: Actor) -> None:
    """Raises Forbidden."""
    _require(actor, KEEPERS)


def _require(actor: Actor, roles: tuple[Role, ...]) -> None:
    if not actor.has_role(*roles):
        raise Forbidden("accounts.needs_role", roles=roles)
