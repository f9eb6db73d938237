"""The daily reconciliation of ledger, entries and files (E2, E4), and where the disk goes."""

from __future__ import annotations

from flask import Blueprint, render_template, request
from flask_babel import lazy_gettext as _

from hotline.domain.calendar import local_day
from hotline.domain.retention.reconciliation import Difference, StoreCheck
from hotline.domain.rights.acts import Act
from hotline.services.retention.reconciliation import look_at_overview
from hotline.web.kit.access import may
from hotline.web.kit.actor import actor
from hotline.web.kit.context import web

blueprint = Blueprint("reconciliation", __name__)

#: What each difference is, and what is to be done about it.
WORDS = {
    Difference.NO_RECORDING: (
        _("Calls without a recording"),
        _("Somebody talked, and nothing was recorded. See the worker and Asterisk's log."),
    ),
    Difference.NO_CALL: (_("Recordings without a call"), _("The ledger does not know the call of this recording.")),
    Difference.NO_FILE: (
        _("Entries without a file"),
        _("The file is gone from the store. Bring it back from a disc or a backup."),
    ),
    Difference.NO_ENTRY: (_("Files without an entry"), _("Nobody knows this file. It was put there by hand.")),
    Difference.CHANGED: (
        _("Changed files"),
        _("The file is not what was kept. Bring it back from a disc or a backup."),
    ),
    Difference.NOT_KEPT: (
        _("Recordings not converted yet"),
        _("They should long be in their final form. See the worker's log."),
    ),
}


@blueprint.get("/reconciliation")
@may(Act.READ_RETENTION)
def index() -> str:
    """`kind`: the difference whose list is shown."""
    context = web()
    kind = _kind(request.args.get("kind", ""))
    shown = look_at_overview(context.storage, context.settings.site.node, kind, actor(), context.now())
    found = [found for found in shown.latest.found if found.kind is kind] if shown.latest else []
    days = _by_day(shown.checks)
    return render_template(
        "retention/reconciliation.html",
        shown=shown,
        kind=kind,
        found=found,
        words=WORDS,
        days=days,
        whole_days=context.settings.reconciliation.whole_days,
    )


def _kind(asked: str) -> Difference | None:
    return Difference(asked) if asked in set(Difference) else None


def _by_day(checks: tuple[StoreCheck, ...]) -> list[tuple[str, StoreCheck]]:
    """The last check of each day, newest first."""
    days = {local_day(check.at).isoformat(): check for check in checks}
    return sorted(days.items(), reverse=True)[:30]
