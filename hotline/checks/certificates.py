"""The certificate of SIP over TLS: whether it will soon end."""

from __future__ import annotations

from datetime import datetime, timedelta

from hotline.domain.calendar import local_day
from hotline.domain.reasons import Unfit, because
from hotline.services.check import CheckResult, failed, ok, warning
from hotline.settings import Settings
from hotline.settings.certificates import expires_at

#: Let's Encrypt renews 30 days before the end: with less left that has failed.
SOON = timedelta(days=21)

_RENEW = because("checks.renew_certificate")


def check_certificate(settings: Settings, now: datetime) -> list[CheckResult]:
    """Nothing where nobody uses TLS. That the files fit together is seen to when the settings are read."""
    if "tls" not in settings.sip_transports:
        return []
    try:
        return [judge_certificate(expires_at(settings), now)]
    except Unfit as error:
        return [failed("tls", error.reason, because("checks.see_setting", key="tls.certificate"))]


def judge_certificate(end: datetime, now: datetime) -> CheckResult:
    day = local_day(end)
    if end <= now:
        return failed("tls", because("checks.certificate_ended", day=day), _RENEW)
    if end - now < SOON:
        return warning("tls", because("checks.certificate_ends", day=day), _RENEW)
    return ok("tls", because("checks.certificate_valid", day=day))
