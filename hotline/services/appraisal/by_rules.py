"""How often somebody kept some rules, from the verdicts; those that stand and count now."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime

from hotline.domain.appraisal.card import Material, MaterialRow
from hotline.domain.ids import parse_id
from hotline.domain.verdicts.verdict import StoredVerdict
from hotline.services.verdicts.tallies import TallyAxis, Window, breaches, tallies
from hotline.storage.transaction import Transaction

#: By rule, then by person.
Kept = Mapping[str, Mapping[int, Material]]


def kept_by_person(tx: Transaction, since: datetime, until: datetime) -> Kept:
    """How many were kept, of those that were kept or broken; what was nobody's is left out."""
    found: dict[str, dict[int, Material]] = defaultdict(dict)
    for each in tallies(tx, Window(since, until), TallyAxis.PERSON):
        if each.key and each.applied:
            found[each.rule][int(each.key)] = Material(each.kept, each.applied)
    return found


def broken_by(
    tx: Transaction, rules: Sequence[str], person_id: int, since: datetime, until: datetime, limit: int, offset: int
) -> list[MaterialRow]:
    """What somebody broke of these rules, the newest first."""
    window = Window(since, until, person_id=person_id)
    found = [each for rule in rules for each in breaches(tx, window, rule, offset + limit)[0]]
    found.sort(key=lambda each: (each.verdict.at, each.id), reverse=True)
    return [_row(each) for each in found[offset : offset + limit]]


def _row(found: StoredVerdict) -> MaterialRow:
    verdict = found.verdict
    return MaterialRow(verdict.subject.value, parse_id(verdict.subject_id), verdict.at, Material(0, 1), verdict.rule)
