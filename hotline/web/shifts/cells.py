"""The cells of the plan. A month of 200 people has 6,200: put together here, in a quarter of the time of a template."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from flask_babel import gettext
from markupsafe import Markup, escape

from hotline.domain.shifts.shift import PlannedShift
from hotline.services.shifts.kinds import ShiftKind
from hotline.services.shifts.plan_view import PlanPage, PlanRow
from hotline.web.kit.formats import clock_time, end_time

#: The classes of the kinds of shift, in the order of the settings, over and over.
CHIPS = ("sp-a", "sp-b", "sp-c", "sp-d", "sp-e", "sp-f")


def chips_of(kinds: Sequence[ShiftKind]) -> Mapping[str, str]:
    return {kind.id: CHIPS[place % len(CHIPS)] for place, kind in enumerate(kinds)}


def cells_of(plan: PlanPage, kinds: Sequence[ShiftKind], wide: bool) -> Callable[[PlanRow], Markup]:
    """Makes a row's cells; with `wide` each shift says its hours."""
    chips, names = chips_of(kinds), {kind.id: str(escape(kind.name if wide else kind.name[:2])) for kind in kinds}
    duty, other = (str(escape(word)) for word in (gettext("duty"), gettext("other")))

    def chip(one: PlannedShift) -> str:
        draft = "" if one.published_at else " sp-draft"
        wrong = " sp-bad" if one.id in plan.wrong else ""
        known = f' data-i="{one.id}.{one.version}"' if one.id else ""
        name = names.get(one.kind) or (duty if one.duty else other)
        hours = f" <span>{clock_time(one.starts_at)[:5]}–{end_time(one.ends_at)}</span>" if wide else ""
        return f'<i class="{chips.get(one.kind, "sp-g")}{draft}{wrong}"{known}>{name}{hours}</i>'

    def cells(row: PlanRow) -> Iterator[str]:
        for place, own in enumerate(row.cells):
            state = ' class="sp-away"' if place in row.away else ' class="sp-asked"' if place in row.asked else ""
            yield f"<td{state}>{''.join(map(chip, own))}</td>"

    return lambda row: Markup("".join(cells(row)))
