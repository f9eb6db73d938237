"""Checks of questionnaires: whether each file can be used, as the start looks at them, and whether the month's sample
has the one that it is to ask."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from hotline.domain.reasons import because
from hotline.domain.satisfaction.questionnaire import read_questionnaire
from hotline.services.check import CheckResult, Checks, failed, ok, warning
from hotline.services.definitions.files import files_of, wrong_files
from hotline.services.satisfaction.questionnaires import SHIPPED, own_folder, read_files
from hotline.settings import Home, Settings


def _questionnaires(settings: Settings, home: Home, _now: datetime) -> Iterator[CheckResult]:
    """Of every file, not only of the first that stops the start."""
    folders = (SHIPPED, own_folder(home))
    wrong = [error for folder in folders for error in wrong_files(folder, read_questionnaire)]
    for error in wrong:
        yield failed("questionnaires", error.reason, because("checks.mend_kind"))
    if not wrong:
        count = sum(len(files_of(each)) for each in folders)
        yield ok("questionnaires", because("satisfaction.questionnaires_fit", count=count))
        yield from _of_sample(settings, home)


def _of_sample(settings: Settings, home: Home) -> Iterator[CheckResult]:
    """E9: without it the sample is asked the visit's own questions, and has no score."""
    code, known = settings.campaigns.sample_questionnaire, read_files(home)
    if settings.campaigns.monthly_sample and code and (code not in known or known[code].get("withdrawn")):
        missing = because("satisfaction.no_sample_questionnaire", got=code)
        yield warning("questionnaires", missing, because("satisfaction.choose_sample_questionnaire"))


CHECKS = Checks(files=_questionnaires)
