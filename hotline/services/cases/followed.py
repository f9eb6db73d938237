"""What features do after each step of a case: `FOLLOWS` in hotline/services/<feature>/case_followed.py."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from hotline.discovery import gathered
from hotline.domain.cases.case import ServiceCase
from hotline.domain.cases.clocks import CaseStep
from hotline.settings import Settings
from hotline.storage.transaction import Transaction


@dataclass(frozen=True, slots=True)
class CaseFollower:
    """`follow` is given the case as it is after the step, in the transaction that writes both."""

    follow: Callable[[Transaction, Settings, ServiceCase, CaseStep, datetime], None]


@cache
def case_followers() -> tuple[CaseFollower, ...]:
    return gathered("hotline.services", "case_followed", "FOLLOWS", CaseFollower)
