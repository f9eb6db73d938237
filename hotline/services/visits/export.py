"""Visits as a table, for a spreadsheet."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from itertools import count

from hotline.domain.people import Actor
from hotline.domain.rights.acts import Act, Tie, may
from hotline.domain.visits.listing import VisitFilter
from hotline.services import xlsx_table
from hotline.services.access import require_right
from hotline.services.looks import note_look
from hotline.services.visits.listing import within_rights
from hotline.services.visits.view import VisitView, visit_view
from hotline.storage.transaction import Storage
from hotline.storage.visits.listing import VisitListStore

#: Rows.
MOST = 100_000


def export_visits(
    storage: Storage,
    wanted: VisitFilter,
    columns: Mapping[str, str],
    words: Callable[[VisitView, str], str],
    name: str,
    actor: Actor,
    now: datetime,
) -> bytes:
    """A workbook (xlsx): `columns` by their names, cells in `words`; numbers as whoever exports may see them. The
    export stands in the audit log (F8). Raises Forbidden."""
    require_right(Act.EXPORT_VISITS, actor)
    whole = may(Act.SEE_NUMBERS, actor.roles)
    theirs = within_rights(wanted, actor, now)
    led = actor.led.usernames if may(Act.EXPORT_VISITS, actor.roles, {Tie.LED}) else frozenset()
    everybodys, written = may(Act.EXPORT_VISITS, actor.roles), count()
    with storage.reading() as tx:
        found = (each for each in VisitListStore(tx).each(theirs, MOST) if everybodys or each.visitor in led)
        shown = (visit_view(each, whole) for each, _number in zip(found, written, strict=False))
        lines = ([words(each, key) for key in columns] for each in shown)
        book = xlsx_table.write((name, list(columns.values()), lines))
    note_look(storage, actor, now, "visits.export", "visits", f"{next(written)} visits")
    return book
