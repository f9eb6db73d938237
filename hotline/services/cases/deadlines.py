"""The clocks of cases: told to whoever is responsible, and then to who is next up (D7)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from hotline.domain.cases.clock_names import RULES, clock_name
from hotline.services.deadlines.clock import Clock, Clocks
from hotline.storage.cases.store import CaseStore
from hotline.storage.transaction import Transaction


def _copy(tx: Transaction, due: Mapping[int, datetime]) -> None:
    CaseStore(tx).copy_due(due)


DEADLINES = Clocks(tuple(Clock(clock_name(name), "case", rule, copy=_copy) for name, rule in RULES.items()))
