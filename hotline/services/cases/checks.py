"""Checks of the kinds of cases: whether each file can be used, as the start looks at them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from hotline.domain.cases.kind_reading import read_kind
from hotline.domain.reasons import because
from hotline.services.cases.kinds import SHIPPED
from hotline.services.check import CheckResult, Checks, failed, ok
from hotline.services.definitions.files import files_of, wrong_files
from hotline.settings import Home, Settings


def _kinds(_settings: Settings, home: Home, _now: datetime) -> Iterator[CheckResult]:
    """Of every file, not only of the first that stops the start."""
    folders = (SHIPPED, home.cases)
    wrong = [error for folder in folders for error in wrong_files(folder, read_kind)]
    for error in wrong:
        yield failed("case kinds", error.reason, because("checks.mend_kind"))
    if not wrong:
        yield ok("case kinds", because("checks.kinds_fit", count=sum(len(files_of(each)) for each in folders)))


CHECKS = Checks(files=_kinds)
