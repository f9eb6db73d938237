"""The corrective actions that somebody has still to do (E6)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from hotline.domain.examination.records import OPEN_STATES
from hotline.services.open_matter import Holder, OpenMatter, OpenMatters
from hotline.storage.examination.corrective_actions import CorrectiveActionStore
from hotline.storage.staff.spans import TenureStore
from hotline.storage.transaction import Transaction

#: More than anybody has.
_MOST = 10_000


def _find(tx: Transaction, holder: Holder) -> Iterator[OpenMatter]:
    now_theirs = [each for each in TenureStore(tx).search(extension=holder.extension) if each.until is None]
    for order in CorrectiveActionStore(tx).search(now_theirs, True, _MOST):
        if order.state in OPEN_STATES:
            yield OpenMatter("corrective_action", order.id or 0, order.text, order.due_at)


def _hand_over(tx: Transaction, matter: OpenMatter, to: Holder, now: datetime, by: str) -> None:
    order = CorrectiveActionStore(tx).by_id(matter.id)
    assert order is not None
    CorrectiveActionStore(tx).update(replace(order, extension=to.extension), order.state.value)


MATTERS = OpenMatters(_find, _hand_over)
