"""The certificate of SIP over TLS: whether it will soon end."""

from __future__ import annotations

from datetime import datetime, timedelta

from hotline.domain.reasons import Unfit
from hotline.domain.time import SHANGHAI
from hotline.services.check import CheckResult, failed, ok, warning
from hotline.settings import Settings
from hotline.settings.certificates import expires_at

#: Let's Encrypt renews 30 days before the end: with less left that has failed.
SOON = timedelta(days=21)

_RENEW = "renew it, then restart the hotline (docs/ways-in.md)"


def check_certificate(settings: Settings, now: datetime) -> list[CheckResult]:
    """Nothing where nobody uses TLS. That the files fit together is seen to when the settings are read."""
    if "tls" not in settings.sip_transports:
        return []
    try:
        return [judge_certificate(expires_at(settings), now)]
    except Unfit as error:
        return [failed("tls", error.reason, "tls.certificate")]


def judge_certificate(end: datetime, now: datetime) -> CheckResult:
    day = f"{end.astimezone(SHANGHAI):%Y-%m-%d}"
    if end <= now:
        return failed("tls", f"the certificate ended on {day}: neither carrier nor phones accept it", _RENEW)
    if end - now < SOON:
        return warning("tls", f"the certificate ends on {day}", _RENEW)
    return ok("tls", f"the certificate is valid until {day}")
