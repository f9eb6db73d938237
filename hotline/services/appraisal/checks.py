"""Whether months can be scored by what stands in the files, as the start looks at them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from hotline.domain.cases.wrong_kind import WrongKind
from hotline.domain.reasons import because
from hotline.services.appraisal.schemes import read_files
from hotline.services.check import CheckResult, Checks, failed, ok
from hotline.settings import Home, Settings


def _schemes(_settings: Settings, home: Home, _now: datetime) -> Iterator[CheckResult]:
    try:
        found = read_files(home)
    except WrongKind as error:
        yield failed("appraisal", error.reason, because("checks.mend_kind"))
    else:
        yield ok("appraisal", because("appraisal.schemes_fit", count=len(found)))


CHECKS = Checks(files=_schemes)
