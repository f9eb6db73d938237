"""The audit log (F8): who saw, played, exported or changed what. Nobody edits it; whoever reads it stands in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from flask import Blueprint, render_template, request
from flask_babel import gettext

from hotline.domain.accounts.audit import AuditFilter
from hotline.domain.ids import parse_place
from hotline.domain.rights.acts import Act
from hotline.services.accounts.audit import read_audit
from hotline.web.accounts.audit_details import detail_words
from hotline.web.accounts.audit_shown import action_label, audit_choices, object_address, object_name
from hotline.web.kit import query
from hotline.web.kit.access import may
from hotline.web.kit.actor import actor
from hotline.web.kit.context import web

blueprint = Blueprint("audit", __name__, url_prefix="/admin/audit")

PAGE_SIZE = 50

#: The filter's fields as they stand in the address.
_FIELDS = ("who", "action", "object", "since", "until")


@dataclass(frozen=True)
class _Asked:
    """`values`: as typed, for the form; `problems`: field -> what was expected. `before`: where the page begins."""

    values: Mapping[str, str]
    filter: AuditFilter
    before: int | None
    problems: Mapping[str, str]

    @property
    def active(self) -> dict[str, str]:
        return {name: value for name, value in self.values.items() if value}

    @property
    def told(self) -> str:
        """For the log itself."""
        return " ".join(f"{name}={value}" for name, value in self.active.items())


@blueprint.get("")
@may(Act.READ_AUDIT)
def index() -> str:
    context = web()
    asked = _read(request.args)
    page = read_audit(context.storage, actor(), context.now(), asked.filter, PAGE_SIZE, asked.before, asked.told)
    return render_template(
        "accounts/audit.html",
        found=page.entries,
        asked=asked,
        people=page.people,
        choices=audit_choices(),
        known=any(asked.values["action"] in actions for actions in audit_choices().values()),
        older=page.older,
        action_label=action_label,
        object_address=object_address,
        object_name=object_name,
        detail_words=detail_words,
    )


def _read(args: Mapping[str, str]) -> _Asked:
    """What is asked for; a field with a wrong value filters nothing and has its problem."""
    values = {name: query.clean(args.get(name, "")) for name in _FIELDS}
    problems: dict[str, str] = {}
    since = query.day(values["since"], "since", problems)
    until = query.day(values["until"], "until", problems)
    if since and until and until < since:
        problems["until"] = gettext("This day is before the first one.")
        until = None
    wanted = AuditFilter(
        values["who"],
        values["action"],
        values["object"],
        query.midnight(since),
        query.midnight(until + timedelta(days=1)) if until else None,
    )
    return _Asked(values, wanted, parse_place(args.get("before", "")), problems)
