"""A time is judged anew, beside what was judged before: a new generation, which counts once it is whole."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from hotline.domain.errors import Refused
from hotline.domain.rules.registry import RULES
from hotline.domain.time import midnight
from hotline.domain.verdicts.generations import Generation, GenerationState, in_force
from hotline.domain.verdicts.tally import Window
from hotline.domain.verdicts.verdict import Judgement, StoredVerdict, Subject, WhyJudged
from hotline.domain.wall_time import DAY
from hotline.services.verdicts.judging import judge_into, judge_new_into
from hotline.services.verdicts.maker import FiguresAt, Ground, Maker, ground, makers
from hotline.storage.audit import AuditLog
from hotline.storage.transaction import Storage, Transaction
from hotline.storage.verdicts.frozen import FrozenStore
from hotline.storage.verdicts.generations import GenerationStore, Mark
from hotline.storage.verdicts.store import NewVerdict, VerdictStore, counts

#: Subjects in one transaction.
_AT_ONCE = 500
_FIRST_MOMENT = datetime(2000, 1, 1, tzinfo=UTC)
_LAST_MOMENT = datetime(2200, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Evaluating:
    """How far it is: what `maker` judges now, how many subjects were judged in all, and how many of them at once."""

    generation: int
    maker: str
    judged: int
    at_once: int


Say = Callable[[Evaluating], None]


def evaluate(
    storage: Storage,
    figures: FiguresAt,
    since: date | None,
    until: date | None,
    rules: Sequence[str],
    by: str,
    now: datetime,
    say: Say = lambda _progress: None,
) -> Generation:
    """Judge the subjects of the days from `since` on to before `until`; None: of all there are. One that was begun and
    stopped half-way goes on where it stood; while it is not whole, all shows what counted before. Raises Refused."""
    if since is not None and until is not None and since >= until:
        raise Refused("verdicts.no_days", field="until")
    if unknown := [each for each in rules if each not in RULES]:
        raise Refused("verdicts.no_rule", field="rule", rule=unknown[0])
    with storage.writing() as tx:
        generation = _begun(tx, since, until, rules, by, now)
        on = ground(tx, figures, now)
    for maker in _concerned(generation):
        _judge_all(storage, maker, generation, on, say)
    with storage.writing() as tx:
        _keep_contests(tx, generation, now)
    _carry_over(storage, generation, on)
    _catch_up(storage, generation, on)
    return _put_in_force(storage, generation, on, by)


def generations(storage: Storage) -> list[Generation]:
    """The newest first, but for the first one, which always is."""
    with storage.reading() as tx:
        return list(reversed(GenerationStore(tx).all()))


def _begun(
    tx: Transaction, since: date | None, until: date | None, rules: Sequence[str], by: str, now: datetime
) -> Generation:
    store, same = GenerationStore(tx), None
    for each in store.all():
        if each.state is GenerationState.BUILDING:
            if each.asks_the_same(since, until, sorted(rules)):
                same = each
            else:
                store.set_state(each.id, GenerationState.ABANDONED)
    if same is not None:
        return same
    new = Generation(0, GenerationState.BUILDING, since, until, tuple(sorted(rules)), now, by)
    begun = store.begin(new, VerdictStore(tx).last_id())
    AuditLog(tx).add(now, by, "verdicts.evaluate", f"verdict_generation:{begun.id}")
    return begun


def _concerned(generation: Generation) -> list[Maker]:
    return [each for each in makers() if not generation.rules or set(each.rules) & set(generation.rules)]


def _span(generation: Generation) -> tuple[datetime, datetime]:
    return (
        midnight(generation.since) if generation.since else _FIRST_MOMENT,
        midnight(generation.until) if generation.until else _LAST_MOMENT,
    )


def _judge_all(storage: Storage, maker: Maker, generation: Generation, on: Ground, say: Say) -> None:
    start, end = _span(generation)
    end = min(end, on.now + DAY)
    with storage.reading() as tx:
        mark = GenerationStore(tx).mark(generation.id, maker.name) or Mark(start)
        judged = next(each.judged for each in GenerationStore(tx).all() if each.id == generation.id)
    while True:
        with storage.writing() as tx:
            marked = maker.between(tx, start, end, mark, _AT_ONCE)
            if not marked:
                return
            ids = [each.subject_id for each in marked]
            judge_new_into(tx, maker, ids, on, generation)
            mark = marked[-1].mark
            GenerationStore(tx).keep_mark(generation.id, maker.name, mark)
            GenerationStore(tx).add_judged(generation.id, len(ids))
        judged += len(ids)
        say(Evaluating(generation.id, maker.name, judged, len(ids)))


def _catch_up(storage: Storage, generation: Generation, on: Ground) -> None:
    """What became otherwise meanwhile, page by page, until less than a page is left."""
    while True:
        with storage.writing() as tx:
            if _caught_up(tx, generation, on) < _AT_ONCE:
                return


def _caught_up(tx: Transaction, generation: Generation, on: Ground) -> int:
    store = GenerationStore(tx)
    rows = VerdictStore(tx).judged_since(store.upto(generation.id), generation.id, _AT_ONCE)
    by_maker = _makers_of()
    wanted: dict[Maker, set[str]] = defaultdict(set)
    for _id, rule, subject, subject_id in rows:
        if not generation.rules or rule in generation.rules:
            wanted[by_maker[Subject(subject), rule]].add(subject_id)
    for maker, ids in wanted.items():
        judge_into(tx, maker, sorted(ids), on, generation)
    if rows:
        store.keep_upto(generation.id, rows[-1][0])
    return len(rows)


def _makers_of() -> dict[tuple[Subject, str], Maker]:
    return {(maker.subject, rule): maker for maker in makers() for rule in maker.rules}


def _keep_contests(tx: Transaction, generation: Generation, now: datetime) -> None:
    """Where somebody was right to object, that stays."""
    store = VerdictStore(tx)
    for rule, part, subject, subject_id in sorted(store.contested()):
        found = store.of(Subject(subject), [subject_id], [rule], counts((), generation.id)).get(subject_id, [])
        store.add(
            [
                NewVerdict(
                    generation.id,
                    each.verdict._replace(judgement=Judgement.NOT_APPLICABLE, why=WhyJudged.CONTESTED.value),
                    each,
                )
                for each in found
                if each.verdict.part == part and each.verdict.why != WhyJudged.CONTESTED
            ],
            now,
        )


def _carry_over(storage: Storage, generation: Generation, on: Ground) -> None:
    """What cannot be judged anew, since it is gone or was deleted for a person (G3), stays as it was judged."""
    start, end = _span(generation)
    rules, after = sorted(generation.rules or RULES), 0
    while True:
        with storage.writing() as tx:
            newest = in_force(GenerationStore(tx).all())
            left = VerdictStore(tx).to_carry(Window(start, end), rules, generation.id, counts(newest), after, _AT_ONCE)
            if not left:
                return
            after = left[-1].id
            VerdictStore(tx).add([NewVerdict(generation.id, each.verdict) for each in _gone(tx, left, on)], on.now)


def _gone(tx: Transaction, left: Sequence[StoredVerdict], on: Ground) -> Iterator[StoredVerdict]:
    """Those of these whose subjects nobody judges any more."""
    by_maker = _makers_of()
    subjects: dict[Maker, set[str]] = defaultdict(set)
    for each in left:
        subjects[by_maker[each.verdict.subject, each.verdict.rule]].add(each.verdict.subject_id)
    there = {
        (maker, key)
        for maker, ids in subjects.items()
        for key in maker.judge(tx, FrozenStore(tx).living(maker.subject, sorted(ids)), on)
    }
    for each in left:
        if (by_maker[each.verdict.subject, each.verdict.rule], each.verdict.subject_id) not in there:
            yield each


def _put_in_force(storage: Storage, generation: Generation, on: Ground, by: str) -> Generation:
    """With the last that became otherwise, so that nothing is missing from the moment on at which it counts."""
    with storage.writing() as tx:
        while _caught_up(tx, generation, on):
            pass
        GenerationStore(tx).set_state(generation.id, GenerationState.IN_FORCE, on.now)
        AuditLog(tx).add(on.now, by, "verdicts.put_in_force", f"verdict_generation:{generation.id}")
        return next(each for each in GenerationStore(tx).all() if each.id == generation.id)
