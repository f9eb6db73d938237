"""A9: when a callback must be made, by what its calls and the tries at it say."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from hotline.domain.callbacks.callback import usual_term
from hotline.domain.callbacks.owed import CALLBACK_CLOCK, Callback, CallbackCall
from hotline.domain.deadlines.term import Agreed
from hotline.services.calendar import work_calendar
from hotline.services.callbacks.announcing import announce
from hotline.services.deadlines.keeping import Wanted, keep
from hotline.services.levels import levels_of
from hotline.settings import Settings
from hotline.storage.callbacks.opening import OwedCallStore
from hotline.storage.callbacks.store import CallbackStore
from hotline.storage.deadlines.store import DeadlineStore
from hotline.storage.transaction import Transaction


def keep_clocks(tx: Transaction, settings: Settings, callback_ids: Collection[int], now: datetime) -> None:
    """Bring the clocks of these open callbacks to what they say now. Those that have none yet are new, and told of."""
    if not callback_ids:
        return
    found = CallbackStore(tx).by_ids(callback_ids)
    if _favour(tx, settings, found):
        found = CallbackStore(tx).by_ids(callback_ids)
    calls = OwedCallStore(tx).of(callback_ids)
    open_ones = [each for each in found if each.closed_at is None]
    wanted = {each.id or 0: wanted_clock(each, calls.get(each.id or 0, ()), settings) for each in open_ones}
    announce(tx, "opened", set(wanted) - set(DeadlineStore(tx).of(CALLBACK_CLOCK, wanted)), now)
    kept = keep(tx, settings, CALLBACK_CLOCK, wanted, now)
    due = {each.id or 0: kept[each.id or 0].due_at for each in open_ones}
    CallbackStore(tx).move({each.id or 0: at for each in open_ones if (at := due[each.id or 0]) and at != each.due_at})


def _favour(tx: Transaction, settings: Settings, callbacks: Sequence[Callback]) -> bool:
    """Those of customers with a level come first; and whose talk broke off is not waited for (A9). Whether there are
    any."""
    numbers = {each.number for each in callbacks if each.number}
    important = levels_of(tx, settings, numbers)
    favoured = [each.id or 0 for each in callbacks if each.number in important]
    for callback_id in favoured:
        OwedCallStore(tx).favour(callback_id)
    return bool(favoured)


def wanted_clock(callback: Callback, calls: Sequence[CallbackCall], settings: Settings) -> Wanted:
    """Due so many minutes of working time from the first call on, or when it was promised; after a try, when the next
    one is to be made, or for a call that came since: whichever is earliest."""
    tried = callback.last_tried_at
    fresh = [each for each in calls if tried is None or each.owed_from > tried]
    agreed = [each.agreed_at for each in fresh if each.agreed_at]
    if callback.next_try_at is not None:
        agreed.append(callback.next_try_at)
    began = [each.owed_from for each in fresh if each.agreed_at is None]
    started_at = min((each.owed_from for each in calls), default=callback.waited_from)
    if not agreed:
        return Wanted(min(began, default=started_at), callback.line)
    if began:
        usual = usual_term(settings.callbacks.due_minutes)
        if usual.due(min(began), work_calendar(settings, callback.line)) < min(agreed):
            return Wanted(min(began), callback.line)
    return Wanted(started_at, callback.line, Agreed(min(agreed)))
