"""Facts of calls, and what is summed of them: kept up with the ledger by the outbox, day by day, and made anew."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta

from hotline.domain.calendar import local_day
from hotline.domain.operators.presence import StateChange
from hotline.domain.reports.fact import WRAP_UP_AT_MOST, CallFact, fact_of
from hotline.domain.reports.menu_fact import menu_facts
from hotline.domain.reports.scope import local_days
from hotline.domain.time import midnight
from hotline.services.outbox_topics import CALL, FORM
from hotline.services.reports.amounts import DayAmounts, Past
from hotline.services.reports.figures import terms
from hotline.services.reports.holders import Holders
from hotline.services.reports.menu_versions import MenuVersions
from hotline.settings import Settings
from hotline.storage.operators.store import PresenceStore
from hotline.storage.outbox import Outbox
from hotline.storage.reports.facts import RawCall, ReportFactStore
from hotline.storage.reports.menu_facts import MenuFactStore
from hotline.storage.transaction import Storage, Transaction

#: Entries of the outbox read at a time.
_ENTRIES_AT_ONCE = 1000
#: So often one after the other, a transaction each, before others have their turn.
_MOST_AT_ONCE = 10
#: What changed longer ago than the outbox tells is looked for in so many days, and so many are made anew each night:
#: recordings, examinations and records come late.
LATE_DAYS = 8
#: A call says whether those of the following week are repeats.
_REPEATS = timedelta(days=7)

_Fact = tuple[CallFact, RawCall, int | None]


def _facts(tx: Transaction, raws: Iterable[RawCall], changes: Sequence[StateChange], now: datetime) -> Iterator[_Fact]:
    """`changes`: of all that happened from the ends of the calls on, the oldest first."""
    holders = Holders(tx)
    by_extension: dict[str, list[StateChange]] = defaultdict(list)
    for change in changes:
        by_extension[change.extension].append(change)
    for raw in raws:
        by = raw.call.answered_by
        theirs = _after(by_extension.get(by.id, []), raw.call.ended_at) if by else ()
        fact = fact_of(raw.id, raw.call, theirs, now)
        if fact is not None:
            yield fact, raw, holders.at(fact.extension, fact.arrived_at)


def follow(storage: Storage, settings: Settings, now: datetime) -> None:
    """Make the facts of calls that something happened to since the last time. Their days are summed up later."""
    if _is_up_to_date(storage, now):
        return
    for _ in range(_MOST_AT_ONCE):
        with storage.writing() as tx:
            store, outbox = ReportFactStore(tx), Outbox(tx)
            seen = store.progress()
            missed = _has_missed(outbox, seen)
            if missed:
                store.keep_progress(outbox.last_id(), now)
            elif _follow(tx, seen or 0, now) < _ENTRIES_AT_ONCE:
                return
        if missed:
            # The last days are made anew, all others by `rebuild`.
            make_late_days(storage, settings, now)
            return


def _is_up_to_date(storage: Storage, now: datetime) -> bool:
    """Looked at before the writer's turn is taken, for which calls wait."""
    with storage.reading() as tx:
        store, outbox = ReportFactStore(tx), Outbox(tx)
        seen = store.progress()
        if _has_missed(outbox, seen) or outbox.last_id() > (seen or 0):
            return False
        return not store.unsettled(now - WRAP_UP_AT_MOST)


def _has_missed(outbox: Outbox, seen: int | None) -> bool:
    """Whether entries went that no fact was made of: whose they were is not known any more."""
    return seen is None or outbox.first_id() > seen + 1


def _follow(tx: Transaction, seen: int, now: datetime) -> int:
    """How many entries of the outbox were read."""
    store = ReportFactStore(tx)
    entries = Outbox(tx).after(seen, _ENTRIES_AT_ONCE)
    calls = {int(str(each.payload["id"])) for each in entries if each.topic == CALL}
    forms = [int(str(each.payload["form_id"])) for each in entries if each.topic == FORM]
    calls |= {*store.calls_of_forms(forms), *store.unsettled(now - WRAP_UP_AT_MOST)}
    _make_calls(tx, sorted(calls), now)
    if entries:
        store.keep_progress(max(each.id or 0 for each in entries), now)
    return len(entries)


def sum_up_stale(storage: Storage, settings: Settings, now: datetime, most: int = 20) -> int:
    """Make the days anew that are over and whose sums are not good, the latest first; today's amounts too. How many
    days."""
    today = local_day(now)
    with storage.reading() as tx:
        first = ReportFactStore(tx).first_arrival()
        if first is None:
            return 0
        days = [each.isoformat() for each in local_days(first, midnight(today))] if first < midnight(today) else []
        stale = ReportFactStore(tx).stale_days(days, terms(settings))
    chosen = [date.fromisoformat(day) for day in stale[-most:]]
    past: Past = {}
    for day in chosen:
        with storage.writing() as tx:
            _make_day(tx, settings, day, now, past)
    with storage.writing() as tx:
        DayAmounts(tx, settings, now).keep(today)
    return len(chosen)


def make_late_days(storage: Storage, settings: Settings, now: datetime) -> None:
    """The last days once more: what came late to them is in them now."""
    today = local_day(now)
    past: Past = {}
    for ago in range(LATE_DAYS, -1, -1):
        with storage.writing() as tx:
            _make_day(tx, settings, today - timedelta(days=ago), now, past)


def rebuild(
    storage: Storage, settings: Settings, now: datetime, say: Callable[[date], object] = lambda day: None
) -> int:
    """Make the facts and sums of all days anew from what they are made of, and say how many days. Each day is whole at
    once; a rebuild that was broken off is simply begun again."""
    with storage.reading() as tx:
        first = ReportFactStore(tx).first_arrival()
        last_entry = Outbox(tx).last_id()
    days = list(local_days(first, now)) if first is not None and first < now else []
    past: Past = {}
    for day in days:
        with storage.writing() as tx:
            _make_day(tx, settings, day, now, past)
        say(day)
    with storage.writing() as tx:
        ReportFactStore(tx).keep_progress(last_entry, now)
    return len(days)


def _make_calls(tx: Transaction, call_ids: Sequence[int], now: datetime) -> None:
    if not call_ids:
        return
    store = ReportFactStore(tx)
    raws = list(store.raw_of(call_ids))
    ends = [raw.call.ended_at for raw in raws if raw.call.ended_at is not None]
    changes = PresenceStore(tx).changes(min(ends) - timedelta(minutes=1), now + timedelta(seconds=1)) if ends else []
    _keep(tx, list(_facts(tx, raws, changes, now)))
    days = store.days_of(call_ids)
    for day in days:
        store.mark_repeats(day, (date.fromisoformat(day) + _REPEATS).isoformat())
    store.forget_days([day for each in days for day in _with_following(each)])


def _keep(tx: Transaction, facts: Sequence[_Fact]) -> None:
    ReportFactStore(tx).save(facts)
    versions = MenuVersions(tx)
    MenuFactStore(tx).save(
        [(fact, versions.at(fact.arrived_at), menu_facts(raw.call, fact.counts_as)) for fact, raw, _person in facts]
    )


def _with_following(day: str) -> Iterator[str]:
    for after in range(_REPEATS.days + 1):
        yield (date.fromisoformat(day) + timedelta(days=after)).isoformat()


def _make_day(tx: Transaction, settings: Settings, day: date, now: datetime, past: Past) -> None:
    """One writing transaction a day: others write in between."""
    store = ReportFactStore(tx)
    start, end, key = midnight(day), midnight(day + timedelta(days=1)), day.isoformat()
    changes = PresenceStore(tx).changes(start, end + WRAP_UP_AT_MOST)
    raws = list(store.raw(start, end))
    _keep(tx, list(_facts(tx, raws, changes, now)))
    store.mark_repeats(key, key)
    store.sum_up(key, key, terms(settings), now, [key] if end <= now else [])
    DayAmounts(tx, settings, now, past).keep(day, raws)


def _after(changes: Sequence[StateChange], moment: datetime | None) -> Sequence[StateChange]:
    """From a minute before the end on: the talk may have ended before the call."""
    if moment is None:
        return ()
    low, high = 0, len(changes)
    since = moment - timedelta(hours=2)
    while low < high:
        middle = (low + high) // 2
        if changes[middle].at < since:
            low = middle + 1
        else:
            high = middle
    return changes[low : low + 400]
