"""Verdicts of what the ledger tells of each call."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from hotline.domain.calls.ledger import StoredCall
from hotline.domain.floor.call_verdicts import RULES, CallLimits, FirstWords, of_call
from hotline.domain.verdicts.verdict import Subject, Verdict
from hotline.services.verdicts.maker import Ground, TableMaker
from hotline.settings import Settings
from hotline.storage.calls.store import CallStore
from hotline.storage.transaction import Transaction
from hotline.storage.verdicts.first_words import first_words
from hotline.storage.verdicts.sources import SOURCES
from hotline.storage.verdicts.transfers import passed_on


class LedgerCalls(TableMaker):
    name, subject, rules = "calls", Subject.CALL, RULES
    source = SOURCES["calls"]

    def judge(self, tx: Transaction, ids: Collection[str], ground: Ground) -> Mapping[str, Iterable[Verdict]]:
        calls = CallStore(tx).by_ids(list(map(int, ids)))
        passed = passed_on(tx, [stored.id for stored in calls if stored.call.transfers])
        late = _late_words(tx, calls, ground)
        found: dict[str, list[Verdict]] = {}
        for stored in calls:
            call, at = stored.call, stored.call.started_at
            if call.ended_at is None:
                continue
            judged = of_call(
                call, passed.get(stored.id, ()), limits_of(ground.at(at)), late.get((call.node, call.linkedid))
            )
            found[str(stored.id)] = [
                ground.verdict(
                    each.rule,
                    each.judged,
                    Subject.CALL,
                    str(stored.id),
                    at,
                    call.line,
                    ground.person(each.by, at) if each.by else None,
                    each.part,
                )
                for each in judged
            ]
        return found


def _late_words(tx: Transaction, calls: Sequence[StoredCall], ground: Ground) -> Mapping[tuple[str, str], FirstWords]:
    """A8: those of our first words that came too late, by the figure of then."""
    if not calls:
        return {}
    moments = {(each.call.node, each.call.linkedid): each.call.started_at for each in calls}
    span = min(moments.values()), max(moments.values())
    # What was measured goes by the figure of then already, unless a draft has another one.
    found = first_words(tx, *span, late_alone=ground.instead_of is None)
    limits = {key: limits_of(ground.at(moments[key])).answered.first_words_seconds for key in found if key in moments}
    return {key: found[key] for key, most in limits.items() if found[key].seconds > most}


_LIMITS: dict[int, tuple[Settings, CallLimits]] = {}


def limits_of(settings: Settings) -> CallLimits:
    """Worked out once for each settings."""
    known = _LIMITS.get(id(settings))
    if known is None or known[0] is not settings:
        if len(_LIMITS) > 100:
            _LIMITS.clear()
        announced = {name: queue.announce_seconds for name, queue in settings.queues.items()}
        limits = CallLimits(settings.rules.rules().answered, announced, settings.recording.enabled)
        known = _LIMITS[id(settings)] = (settings, limits)
    return known[1]


VERDICTS = (LedgerCalls(),)
