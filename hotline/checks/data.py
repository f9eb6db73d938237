"""Checks of stored data: the database's structure, the prompts, open alerts."""

from __future__ import annotations

import greetings
from greetings.errors import PromptError
from hotline.domain.errors import HotlineError
from hotline.domain.reasons import because
from hotline.services.alerts import reason_of
from hotline.services.check import CheckResult, failed, ok, warning
from hotline.services.line.alert_kinds import CALENDAR, ROSTER_GAP
from hotline.services.recordings.alert_kinds import DISK_SPACE
from hotline.settings import Home, Settings
from hotline.storage import migrate
from hotline.storage.alerts import AlertStore
from hotline.storage.engine import database_url
from hotline.storage.transaction import Storage

#: Alerts about what other checks look at themselves.
LOOKED_AT = frozenset({CALENDAR, ROSTER_GAP, DISK_SPACE})

#: Before the first build every prompt is missing: so many are named.
SHOWN = 3


def check_database(settings: Settings, home: Home) -> CheckResult:
    """The structure is what this version of the program needs."""
    url = database_url(settings, home)
    if url.startswith("sqlite") and not settings.database.url and not home.database_file.exists():
        return failed(
            "database", because("checks.no_database", file=str(home.database_file)), because("checks.upgrade_or_run")
        )
    try:
        missing = migrate.pending(url)
        at = migrate.current(url)
    except HotlineError as error:
        return failed("database", error.reason, because("checks.see_setting", key="database.url"))
    if missing:
        lacks = because("checks.database_lacks", revision=at or "-", revisions=tuple(missing))
        return failed("database", lacks, because("checks.upgrade"))
    return ok("database", because("checks.database_at", revision=at or "-"))


def check_prompts(settings: Settings, home: Home) -> list[CheckResult]:
    """Everything that a caller may hear has its sound."""
    try:
        missing = greetings.missing(settings, home)
    except PromptError as error:
        return [failed("prompts", error.reason, because("checks.mend_prompts"))]
    found = [failed("prompts", each, because("checks.build_prompts")) for each in missing[:SHOWN]]
    if len(missing) > SHOWN:
        more = because("checks.more_prompts_missing", count=len(missing) - SHOWN)
        found.append(failed("prompts", more, because("checks.list_prompts")))
    if found:
        return found
    return [ok("prompts", because("checks.prompts_there"))]


def check_alerts(storage: Storage) -> list[CheckResult]:
    """What the running hotline has found wrong and nobody has seen to."""
    with storage.reading() as tx:
        alerts = [alert for alert in AlertStore(tx).open() if alert.kind not in LOOKED_AT]
    return [
        warning(f"alert {alert.kind} {alert.object}".strip(), reason_of(alert), because("checks.see_to_it"))
        for alert in alerts
    ]
