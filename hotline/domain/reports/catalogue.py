"""The 47 figures of the hotline, by name. A number with variants has several names."""

from __future__ import annotations

from itertools import chain

from hotline.domain.errors import NotFound
from hotline.domain.reports import (
    catalogue_calls,
    catalogue_cases,
    catalogue_listening,
    catalogue_menus,
    catalogue_people,
    catalogue_service,
    catalogue_talks,
    catalogue_waits,
)
from hotline.domain.reports.figure import Figure

_PARTS = (
    catalogue_calls,
    catalogue_menus,
    catalogue_waits,
    catalogue_talks,
    catalogue_people,
    catalogue_listening,
    catalogue_service,
    catalogue_cases,
)

#: In the order of their numbers.
FIGURES: dict[str, Figure] = {
    each.name: each
    for each in sorted(chain.from_iterable(part.figures() for part in _PARTS), key=lambda each: each.number)
}


def figure(name: str) -> Figure:
    """Raises NotFound."""
    found = FIGURES.get(name)
    if found is None:
        raise NotFound("reports.no_figure", name=name)
    return found
