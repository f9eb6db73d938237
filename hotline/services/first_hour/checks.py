"""What a site must have of its own before it can be called."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from hotline.domain.reasons import because
from hotline.services.check import CheckResult, Checks, ok, warning
from hotline.settings import Home, Settings
from hotline.settings.load import default_settings


def _own(settings: Settings, home: Home, now: datetime) -> Iterator[CheckResult]:
    shipped = default_settings()
    if settings.site.company == shipped.site.company:
        yield warning("company", because("checks.company_shipped"), because("checks.say_company"))
    else:
        yield ok("company", because("checks.company", company=settings.site.company))
    numbers = {line.number for line in shipped.lines.values()}
    for line_id, line in settings.lines.items():
        if line.number in numbers:
            yield warning("number", because("checks.number_shipped", line=line_id), because("checks.say_number"))
    if settings.trunk.host == shipped.trunk.host:
        yield warning("carrier", because("checks.carrier_shipped"), because("checks.say_carrier"))
    if settings.operators:
        yield ok("operators", because("checks.operators", count=len(settings.operators)))
    else:
        yield warning("operators", because("checks.no_operators"), because("checks.hire"))
    if not settings.mail.host:
        yield warning("mail", because("checks.no_mail"), because("checks.say_mail"))


CHECKS = Checks(files=_own)
