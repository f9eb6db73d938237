"""What verdicts add up to, and the breaches behind it, for all features that show it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from hotline.domain.verdicts.generations import in_force
from hotline.domain.verdicts.tally import Counted, Tally, TallyAxis, Window, stretches, tallied
from hotline.domain.verdicts.verdict import Judgement, StoredVerdict
from hotline.services.verdicts.maker import makers
from hotline.storage.transaction import Transaction
from hotline.storage.verdicts.generations import GenerationStore
from hotline.storage.verdicts.store import VerdictStore, counts
from hotline.storage.verdicts.tallies import TallyStore

__all__ = ["Reasons", "Tally", "TallyAxis", "Window", "breaches", "kinds_of_verdicts", "listed", "reasons", "tallies"]

#: How many, by judgement and the word of WhyJudged.
Reasons = Mapping[tuple[Judgement, str], int]


def tallies(
    tx: Transaction, window: Window, by: TallyAxis | None = None, generation: int | None = None, rule: str = ""
) -> Sequence[Tally]:
    """By rule, then by key. What counts is in force, unless another `generation` is asked for. `rule`: this one
    alone."""
    return tallied(_counted(tx, window, by, generation, rule), by)


def _counted(tx: Transaction, window: Window, by: TallyAxis | None, generation: int | None, rule: str) -> list[Counted]:
    """Whole days are added up by the database; what is left of a day is counted from the verdicts themselves."""
    newest = in_force(GenerationStore(tx).all())
    days = stretches(window.start, window.end)
    found: list[Counted] = []
    if days.first < days.last:
        found += TallyStore(tx).counted(days.first, days.last, window, by, newest, generation, rule)
    for start, end in days.rests:
        rest = VerdictStore(tx).counted(replace(window, start=start, end=end), counts(newest, generation))
        found += [each for each in rest if rule in ("", each.rule)]
    return found


def breaches(
    tx: Transaction, window: Window, rule: str, limit: int, offset: int = 0, generation: int | None = None
) -> tuple[list[StoredVerdict], int]:
    """A page of what broke the rule, newest first, and how many there are."""
    return listed(tx, window, rule, (Judgement.BROKEN,), limit, offset, generation)


def listed(
    tx: Transaction,
    window: Window,
    rule: str,
    judgements: Collection[Judgement],
    limit: int,
    offset: int = 0,
    generation: int | None = None,
) -> tuple[list[StoredVerdict], int]:
    """As `breaches`, of any judgements but kept."""
    which = counts(in_force(GenerationStore(tx).all()), generation)
    found = VerdictStore(tx).listed(window, rule, judgements, which, limit, offset)
    sums = _counted(tx, window, None, generation, rule)
    return found, sum(each.number for each in sums if each.judgement in judgements)


def reasons(tx: Transaction, window: Window, rule: str = "") -> Mapping[str, Reasons]:
    """By rule, how many could not be judged, and how many are an exception, by the word of WhyJudged. `rule`: this one
    alone."""
    newest = in_force(GenerationStore(tx).all())
    days = stretches(window.start, window.end)
    found: dict[str, Counter[tuple[Judgement, str]]] = defaultdict(Counter)
    parts = [VerdictStore(tx).reasons(replace(window, start=a, end=b), counts(newest), rule) for a, b in days.rests]
    if days.first < days.last:
        parts.append(TallyStore(tx).reasons(days.first, days.last, window, newest, rule))
    for part in parts:
        for (of, judgement, why), number in part.items():
            found[of][judgement, why] += number
    return found


def kinds_of_verdicts() -> Mapping[str, Sequence[str]]:
    """The names of what makes each rule's verdicts, by the rule's id."""
    found: dict[str, list[str]] = {}
    for maker in makers():
        for rule in maker.rules:
            found.setdefault(rule, []).append(maker.name)
    return found
