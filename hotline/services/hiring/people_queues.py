"""In which queues somebody of a table of people is, and of which level in each."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from hotline.services.hiring.operators_kept import known_levels
from hotline.services.hiring.people_table import Choices, RowProblem
from hotline.services.tables.faults import BadCell
from hotline.settings import Settings
from hotline.settings.calls import Operator


def usual_queues(operator: Operator, choices: Choices) -> tuple[str, ...]:
    """All of them by name are as good as all of them."""
    return () if set(operator.queues) >= set(choices.all_queues) else operator.queues


def levels_in(
    queues: Collection[str], levels: int | Mapping[str, int], choices: Choices
) -> tuple[tuple[str, int], ...]:
    """In the order of the queues; of those in which they are, no queues being all of them, and not of the first.
    `levels`: one for all, or by queue."""
    theirs = [queue for queue in choices.all_queues if queue in queues or not queues]
    said = dict.fromkeys(theirs, levels) if isinstance(levels, int) else levels
    return tuple(known_levels(theirs, {queue: said.get(queue, 1) for queue in theirs}).items())


def require_levels_of_theirs(
    settings: Settings, levels: int | Mapping[str, int] | None, queues: Collection[str]
) -> None:
    """A level is of a queue in which they are. Raises BadCell."""
    named = () if levels is None or isinstance(levels, int) else tuple(levels)
    others = [queue for queue in named if queues and queue not in queues]
    if others:
        raise BadCell("levels", RowProblem.LEVEL_QUEUE, settings.queues[others[0]].name)
