"""Judges what became complete, and writes down what is otherwise than before."""

from __future__ import annotations

import logging
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta

from hotline.domain.calendar import local_day
from hotline.domain.verdicts.generations import FIRST, Generation, counting, in_force
from hotline.domain.verdicts.verdict import NO_EVIDENCE, Judgement, StoredVerdict, Verdict, WhyJudged
from hotline.services.verdicts.maker import FiguresAt, Ground, Maker, ground, makers
from hotline.storage.transaction import Storage, Transaction
from hotline.storage.verdicts.frozen import FrozenStore
from hotline.storage.verdicts.generations import GenerationStore, Mark
from hotline.storage.verdicts.store import NewVerdict, VerdictStore, counts

log = logging.getLogger(__name__)

#: Subjects judged in one transaction: others wait for it with SQLite.
AT_ONCE = 200
#: What was written by a transaction that lasted is committed later than its own moment says.
_OVERLAP = timedelta(minutes=2)
_BEGINNING = datetime(2000, 1, 1, tzinfo=UTC)


def judge_new(storage: Storage, figures: FiguresAt, now: datetime, most: int = 5_000) -> int:
    """All that became complete, or changed, since it was done last; of each maker at most so many subjects. How many
    verdicts are new. What one maker cannot judge keeps no other one from it; its error is raised at the end."""
    written, failed = 0, None
    for maker in makers():
        try:
            written += _judge_of(storage, maker, figures, now, most)
        except Exception as error:
            log.exception("the verdicts of %s were not made", maker.name)
            failed = failed or error
    if failed is not None:
        raise failed
    return written


def _judge_of(storage: Storage, maker: Maker, figures: FiguresAt, now: datetime, most: int) -> int:
    with storage.reading() as tx:
        kept = GenerationStore(tx).mark(FIRST, maker.name)
    mark = Mark(kept.at - _OVERLAP) if kept else Mark(_BEGINNING)
    written = seen = 0
    while seen < most:
        with storage.reading() as tx:  # nobody waits while there is nothing to judge
            marked = maker.complete_since(tx, mark, now, AT_ONCE)
        if not marked:
            break
        with storage.writing() as tx:
            ids = list(dict.fromkeys(each.subject_id for each in marked))
            written += judge_these(tx, maker, ids, ground(tx, figures, now))
            mark = marked[-1].mark
            if kept is None or mark > kept:
                GenerationStore(tx).keep_mark(FIRST, maker.name, mark)
        seen += len(marked)
    return written


def judge_these(tx: Transaction, maker: Maker, ids: Collection[str], on: Ground) -> int:
    """These subjects anew, in the generations that count for them. How many verdicts are otherwise than before."""
    newest = in_force(GenerationStore(tx).all())
    return _write(tx, maker, ids, on, newest, None)


def judge_into(tx: Transaction, maker: Maker, ids: Collection[str], on: Ground, generation: Generation) -> int:
    """As `judge_these`, of the generation's days and rules, into it."""
    return _write(tx, maker, ids, on, (), generation)


def judge_new_into(tx: Transaction, maker: Maker, ids: Collection[str], on: Ground, generation: Generation) -> None:
    """Subjects of which the generation has nothing yet."""
    live = FrozenStore(tx).living(maker.subject, ids)
    made = maker.judge(tx, live, on)
    days: dict[datetime, date] = {}
    new = [
        NewVerdict(generation.id, verdict)
        for verdicts in made.values()
        for verdict in verdicts
        if generation.holds(verdict.rule, days.get(verdict.at) or days.setdefault(verdict.at, local_day(verdict.at)))
    ]
    VerdictStore(tx).add(new, on.now)


def _write(
    tx: Transaction,
    maker: Maker,
    ids: Collection[str],
    on: Ground,
    newest: Sequence[Generation],
    into: Generation | None,
) -> int:
    store = VerdictStore(tx)
    live = FrozenStore(tx).living(maker.subject, ids)
    made = maker.judge(tx, live, on)
    which = counts(newest, into.id if into else None)
    before = store.of(maker.subject, list(made), maker.rules, which)
    new = [
        each
        for subject_id, verdicts in made.items()
        for each in different(before.get(subject_id, ()), verdicts, newest, into)
    ]
    return store.add(new, on.now)


def different(
    before: Iterable[StoredVerdict],
    verdicts: Iterable[Verdict],
    newest: Sequence[Generation] = (),
    into: Generation | None = None,
) -> Iterator[NewVerdict]:
    """Of one subject: what is not as it was, and what is no more. Where somebody was right to object that stays."""
    old = {each.verdict.key: each for each in before}
    for verdict in verdicts:
        day = local_day(verdict.at)
        if into is not None and not into.holds(verdict.rule, day):
            continue
        stood = old.pop(verdict.key, None)
        if stood is None:
            yield NewVerdict(into.id if into else counting(newest, verdict.rule, day), verdict)
        elif stood.verdict.why != WhyJudged.CONTESTED and stood.verdict != verdict:
            yield NewVerdict(stood.generation, verdict, stood)
    for stood in old.values():
        if stood.verdict.why not in (WhyJudged.CONTESTED, WhyJudged.WITHDRAWN):
            yield NewVerdict(stood.generation, withdrawn(stood.verdict), stood)


def withdrawn(verdict: Verdict) -> Verdict:
    return verdict._replace(
        judgement=Judgement.NOT_APPLICABLE, value=None, limit=None, why=WhyJudged.WITHDRAWN.value, evidence=NO_EVIDENCE
    )
