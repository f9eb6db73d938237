"""Who may change which setting: administrators all of them, supervisors those of the day's work."""

from __future__ import annotations

from collections.abc import Iterable

from hotline.domain.errors import Forbidden
from hotline.domain.people import Actor
from hotline.domain.rights.acts import Act, may_ever
from hotline.services.access import require_right

#: What `change_daily_settings` of the table of rights means: these keys, and all that lies below them.
DAILY = ("duty", "categories", "console.pause_reasons", "console.pause_minutes")


def may_change(actor: Actor, key: str) -> bool:
    """Whether it is theirs to change, of what may be decided at all."""
    if may_ever(Act.CHANGE_SETTINGS, actor.roles):
        return True
    return may_ever(Act.CHANGE_DAILY_SETTINGS, actor.roles) and any(
        f"{key}.".startswith(f"{place}.") for place in DAILY
    )


def require_may_change(actor: Actor, keys: Iterable[str]) -> None:
    """Raises Forbidden, which names what is not theirs."""
    require_right(Act.CHANGE_DAILY_SETTINGS, actor)
    others = tuple(key for key in keys if not may_change(actor, key))
    if others:
        raise Forbidden("settings.not_yours", keys=others[:5])
