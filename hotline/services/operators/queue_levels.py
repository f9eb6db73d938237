"""The level of each operator in a queue: whoever is signed in while it changes is of the new one within seconds."""

from __future__ import annotations

from hotline.services.pbx import Pbx, penalty_of
from hotline.settings import Settings


def bring_levels(settings: Settings, pbx: Pbx) -> list[str]:
    """Whoever is signed in gets the level that the settings give them; "queue extension" of each that had another.
    Raises PbxError."""
    changed = []
    for member in pbx.queue_members():
        queue, extension = member.get("Queue", ""), member.get("Location", "").removeprefix("PJSIP/")
        operator = settings.operators.get(extension)
        if operator is None or queue not in settings.queues:
            continue
        level = operator.level_in(queue)
        if member.get("Penalty", "") != penalty_of(level):
            pbx.queue_level(queue, extension, level)
            changed.append(f"{queue} {extension}")
    return changed
