"""The figures of a time: as values, along an axis, and the rows of each. All that shows a figure asks here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from hotline.domain.errors import Refused
from hotline.domain.reports.catalogue import figure
from hotline.domain.reports.figure import OF_CALLERS, OF_SUMS, Figure, How, a_head, highest, nearest_rank, of_sums
from hotline.domain.reports.scope import Axis, Scope, Slice, Value
from hotline.services.floor.floor import marks
from hotline.settings import Settings
from hotline.storage.reports.figure_sql import Terms
from hotline.storage.reports.figure_store import Callers, Counts, FigureStore, Sums
from hotline.storage.reports.sources import SOURCE_OF, SOURCES
from hotline.storage.transaction import Transaction

#: Rows of a figure that are given out at once at most.
MOST_ROWS = 1000

_NOTHING = Value(None, 0)


@dataclass(frozen=True, slots=True)
class FigureRows:
    """`kind`: what they are: call, callback, case, rating, visit, form, examination, day…; by the newest first."""

    kind: str
    ids: Sequence[int | str]


def terms(settings: Settings) -> Terms:
    """What the settings in force say of figures."""
    return Terms(marks(settings), settings.satisfaction.satisfied_from)


def values(
    tx: Transaction, scope: Scope, names: Iterable[str], in_force: Settings, now: datetime | None = None
) -> dict[str, Value]:
    """Each figure of all of the scope. `now`: what is due by then is due; None: the scope's end. Raises NotFound for a
    name that is none, Refused for a scope that a figure does not know."""
    found = _by_key(tx, scope, names, None, in_force, now)
    return {name: found[name].get("", _NOTHING) for name in found}


def split(
    tx: Transaction, scope: Scope, names: Iterable[str], axis: Axis, in_force: Settings, now: datetime | None = None
) -> list[Slice]:
    """The same along an axis, in the order of its keys; keys of which nothing is there are left out."""
    found = _by_key(tx, scope, names, axis, in_force, now)
    keys = sorted({key for by_key in found.values() for key in by_key})
    return [Slice(key, {name: by_key.get(key, _NOTHING) for name, by_key in found.items()}) for key in keys]


def rows(
    tx: Transaction,
    scope: Scope,
    name: str,
    in_force: Settings,
    limit: int = 100,
    offset: int = 0,
    now: datetime | None = None,
) -> FigureRows:
    """What a figure's upper part is made of. Raises NotFound, Refused."""
    wanted = figure(name)
    _require_axes(wanted, scope.filters)
    source = SOURCE_OF[wanted.rows]
    store = FigureStore(tx, terms(in_force), now or scope.end)
    read = store.rows_in_stock if wanted.taken.how is How.STOCK else store.rows
    return FigureRows(source.kind, read(source, wanted.rows, scope, min(limit, MOST_ROWS), offset))


def along(
    tx: Transaction, scope: Scope, names: Iterable[str], axis: Axis, in_force: Settings, now: datetime | None = None
) -> tuple[dict[str, Value], list[Slice]]:
    """`values` and `split` at once: what adds up is read once."""
    wanted = _wanted(scope, names, axis)
    store = FigureStore(tx, terms(in_force), now or scope.end)
    read = _read(store, wanted, scope, axis)
    by_key = _made(store, wanted, scope, axis, read)
    keys = sorted({key for found in by_key.values() for key in found})
    slices = [Slice(key, {name: found.get(key, _NOTHING) for name, found in by_key.items()}) for key in keys]
    whole = _made(store, wanted, scope, None, _read(store, wanted, scope, None) if read.is_empty else read.added_up())
    return {name: found.get("", _NOTHING) for name, found in whole.items()}, slices


@dataclass(frozen=True, slots=True)
class _Read:
    """What was read along an axis: sums, of each span how many took so many seconds, and who called. `whole`: sums of
    what does not know the axis, which are the same for each key."""

    sums: Sums
    counts: Mapping[str, Counts]
    callers: Callers
    whole: Mapping[str, float]

    @property
    def is_empty(self) -> bool:
        """No key has anything: of all it is 0, or nothing to take a rate of."""
        return not (self.sums or self.callers or any(self.counts.values()))

    def of_key(self, key: str) -> dict[str, float]:
        return {**self.sums.get(key, {}), **self.whole}

    def added_up(self) -> _Read:
        """Of all keys."""
        whole: Counter[str] = Counter()
        for by_name in self.sums.values():
            whole.update(by_name)
        counts = {span: {"": sum(by_key.values(), Counter())} for span, by_key in self.counts.items()}
        callers = {"": set().union(*self.callers.values())}
        return _Read({"": dict(whole)} if self.sums else {}, counts, callers, self.whole)


def _by_key(
    tx: Transaction, scope: Scope, names: Iterable[str], axis: Axis | None, in_force: Settings, now: datetime | None
) -> dict[str, dict[str, Value]]:
    wanted = _wanted(scope, names, axis)
    store = FigureStore(tx, terms(in_force), now or scope.end)
    return _made(store, wanted, scope, axis, _read(store, wanted, scope, axis))


def _wanted(scope: Scope, names: Iterable[str], axis: Axis | None) -> list[Figure]:
    wanted = [figure(name) for name in dict.fromkeys(names)]
    for each in wanted:
        _require_axes(each, scope.filters | ({axis} if axis else set()))
    return wanted


def _read(store: FigureStore, wanted: Sequence[Figure], scope: Scope, axis: Axis | None) -> _Read:
    spans = {name for each in wanted if each.taken.how in (How.PERCENTILE, How.LONGEST) for name in each.taken.top}
    counts = {span: store.counts(SOURCE_OF[span], span, scope, axis) for span in sorted(spans)}
    is_asked = any(each.taken.how in OF_CALLERS for each in wanted)
    callers = store.callers(scope, axis) if is_asked else {}
    sums, whole = _sums(store, wanted, scope, axis)
    return _Read(sums, counts, callers, whole)


def _made(
    store: FigureStore, wanted: Sequence[Figure], scope: Scope, axis: Axis | None, read: _Read
) -> dict[str, dict[str, Value]]:
    found = {}
    for each in wanted:
        if each.taken.how is How.DISTINCT:
            found[each.name] = {key: Value(float(len(who)), len(who)) for key, who in read.callers.items()}
        elif each.taken.how is How.EACH:
            top = each.taken.top[0]
            found[each.name] = {
                key: a_head(read.of_key(key).get(top, 0.0), len(who)) for key, who in read.callers.items()
            }
        elif each.taken.how in OF_SUMS:
            found[each.name] = {key: of_sums(each.taken, read.of_key(key)) for key in read.sums}
        elif each.taken.how is How.PEAK:
            found[each.name] = _peaks(store, each, scope, axis)
        elif each.taken.how is How.STOCK:
            found[each.name] = _stocks(store, each, scope, axis)
        else:
            found[each.name] = _of_counts(each, read.counts[each.taken.top[0]])
    return found


def _sums(
    store: FigureStore, wanted: Sequence[Figure], scope: Scope, axis: Axis | None
) -> tuple[Sums, dict[str, float]]:
    """Of all sources, by key: what one of them has nothing of is 0. And of those that do not know the axis, of all."""
    summed = [each for each in wanted if each.taken.how in OF_SUMS or each.taken.how is How.EACH]
    names = sorted({name for each in summed for name in each.taken.measures})
    by_source: dict[str, list[str]] = {}
    for name in names:
        by_source.setdefault(SOURCE_OF[name].name, []).append(name)
    found: Sums = {}
    whole: dict[str, float] = {}
    for source, theirs in by_source.items():
        known = SOURCES[source].axes
        narrowed = scope.known_to(known)
        if axis is not None and axis not in known:
            whole |= store.sums(SOURCES[source], theirs, narrowed, None).get("", dict.fromkeys(theirs, 0.0))
            continue
        for key, by_name in store.sums(SOURCES[source], theirs, narrowed, axis).items():
            found.setdefault(key, dict.fromkeys(names, 0.0)).update(by_name)
    return found, whole


def _peaks(store: FigureStore, wanted: Figure, scope: Scope, axis: Axis | None) -> dict[str, Value]:
    name = wanted.taken.top[0]
    found = store.peaks(SOURCE_OF[name], [name], scope, axis)
    return {key: Value(by_name[name], round(by_name[name])) for key, by_name in found.items()}


def _stocks(store: FigureStore, wanted: Figure, scope: Scope, axis: Axis | None) -> dict[str, Value]:
    name = wanted.taken.top[0]
    found = store.stocks(SOURCE_OF[name], name, scope, axis)
    return {key: Value(amount, round(amount)) for key, amount in found.items()}


def _of_counts(wanted: Figure, counts: Counts) -> dict[str, Value]:
    if wanted.taken.how is How.LONGEST:
        return {key: highest(each) for key, each in counts.items()}
    return {key: nearest_rank(each, wanted.taken.share) for key, each in counts.items()}


def _require_axes(wanted: Figure, asked: Iterable[Axis]) -> None:
    """Raises Refused: nothing says whose this is, or of which line, so a filter would be passed over in silence."""
    for axis in asked:
        if axis not in wanted.axes:
            raise Refused("reports.no_axis", field="by", figure=wanted.name, axis=axis.value)
