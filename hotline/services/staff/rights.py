"""Who may see and change our own people's data: supervisors read, administrators write, everybody their own."""

from __future__ import annotations

from hotline.domain.people import Actor
from hotline.domain.rights.acts import Act
from hotline.services.access import require_right


def require_to_read(actor: Actor) -> None:
    """Raises Forbidden."""
    require_right(Act.SEE_STAFF, actor)


def require_to_change(actor: Actor) -> None:
    """Raises Forbidden."""
    require_right(Act.EDIT_STAFF, actor)
