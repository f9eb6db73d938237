"""What makes verdicts, as features tell of it: in `hotline/services/<feature>/verdicts.py`, as `VERDICTS`.

A maker judges by what exists already: findings, records, deadlines that were kept or missed. It judges nothing that
other code judges too."""

from __future__ import annotations

import hashlib
import json
from abc import ABC, abstractmethod
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import Any, Protocol

from hotline.discovery import gathered
from hotline.domain.verdicts.judged import Judged
from hotline.domain.verdicts.verdict import Subject, Verdict
from hotline.services.settings.figures import figure_keys, value_or_none
from hotline.services.settings.history import dated_keys
from hotline.services.staff.names import Holders, holders
from hotline.settings import Settings
from hotline.storage.transaction import Transaction
from hotline.storage.verdicts.accounts import persons_of_accounts
from hotline.storage.verdicts.generations import Mark
from hotline.storage.verdicts.marks import Marked, MarkStore
from hotline.storage.verdicts.sources import Source


class FiguresAt(Protocol):
    """The settings in force at a moment: hotline.services.settings.in_force.SettingsInForce, or a draft's."""

    def at(self, moment: datetime) -> Settings: ...


@dataclass
class Ground:
    """What is judged by: `figures` as they were in force at the subject's time, and who our people were.
    `instead_of`: the figures are a draft's, and none that ever held: what was judged before by these has to be judged
    anew."""

    figures: FiguresAt
    holders: Holders
    accounts: Mapping[str, int]
    now: datetime
    instead_of: FiguresAt | None = None
    _versions: dict[tuple[str, int], str] = field(default_factory=dict)
    _kept: list[Settings] = field(default_factory=list)

    def at(self, moment: datetime) -> Settings:
        return self.figures.at(moment)

    def version(self, rule: str, moment: datetime) -> str:
        """Tells the rule's figures of then from those of another time."""
        settings = self.at(moment)
        key = rule, id(settings)
        found = self._versions.get(key)
        if found is None:
            self._kept.append(settings)  # its id stays its own
            found = self._versions[key] = version_of(settings, rule)
        return found

    def person(self, extension: str, moment: datetime) -> int | None:
        """Who had it then."""
        return self.holders.holder(extension, moment)

    def verdict(
        self,
        rule: str,
        judged: Judged,
        subject: Subject,
        subject_id: str,
        at: datetime,
        line: str = "",
        person_id: int | None = None,
        part: str = "",
    ) -> Verdict:
        """With the version of the rule's figures that was in force then."""
        version = self.version(rule, at)
        judgement, value, limit, unit, why, evidence = judged
        return Verdict(
            rule, version, subject, subject_id, at, judgement, value, limit, unit, line, person_id, why, evidence, part
        )

    def person_of_account(self, username: str) -> int | None:
        return self.accounts.get(username)


def ground(tx: Transaction, figures: FiguresAt, now: datetime, instead_of: FiguresAt | None = None) -> Ground:
    return Ground(figures, holders(tx, figures.at(now)), persons_of_accounts(tx), now, instead_of)


def version_of(settings: Settings, rule: str) -> str:
    """ "" for a rule that has no figure whose past is kept."""
    keys = [each.key for each in figure_keys(rule) if each.key in dated_keys()]
    if not keys:
        return ""
    values = {key: value_or_none(settings, key) for key in keys}
    written = json.dumps(values, default=str, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(written.encode()).hexdigest()[:12]


class Maker(ABC):
    """Makes the verdicts of some rules on one kind of subject. `name`: is stored, and unique."""

    name: str
    subject: Subject
    rules: Sequence[str]

    @abstractmethod
    def complete_since(self, tx: Transaction, after: Mark, until: datetime, limit: int) -> Sequence[Marked]:
        """Subjects that became complete, or changed, after the mark and up to `until`, in the order of their marks."""

    @abstractmethod
    def between(self, tx: Transaction, start: datetime, end: datetime, after: Mark, limit: int) -> Sequence[Marked]:
        """Subjects whose own time lies in [start, end), after the mark; `after`.key "" is the beginning."""

    @abstractmethod
    def judge(self, tx: Transaction, ids: Collection[str], ground: Ground) -> Mapping[str, Iterable[Verdict]]:
        """All verdicts on each of these, by its id. Not in it: what is not complete, or gone; its verdicts stay as they
        are."""


class TableMaker(Maker):
    """Of subjects that stand in a table of their own."""

    source: Source

    def complete_since(self, tx: Transaction, after: Mark, until: datetime, limit: int) -> Sequence[Marked]:
        return MarkStore(tx).changed(self.source, after, until, limit)

    def between(self, tx: Transaction, start: datetime, end: datetime, after: Mark, limit: int) -> Sequence[Marked]:
        return MarkStore(tx).between(self.source, start, end, after, limit)


@cache
def makers() -> tuple[Maker, ...]:
    """Of all features, by name. Raises ValueError where two make verdicts of the same rule and kind of subject, or have
    one name."""
    found = sorted(
        (each for told in gathered("hotline.services", "verdicts", "VERDICTS", tuple) for each in told), key=_name
    )
    seen: set[Any] = set()
    for maker in found:
        for mine in (maker.name, *((maker.subject, rule) for rule in maker.rules)):
            if mine in seen:
                raise ValueError(f"two makers of verdicts: {mine}")
            seen.add(mine)
    return tuple(found)


def _name(maker: Maker) -> str:
    return maker.name
