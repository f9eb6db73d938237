"""Discs of recordings (E2): which were written, which were read back, and which one a call's recording is on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from flask import Blueprint, render_template, request
from flask_login import current_user

from hotline.domain.errors import NotFound
from hotline.domain.people import MANAGERS
from hotline.domain.recordings.recording import RecordingEntry
from hotline.domain.retention.archive import Disc
from hotline.services.retention.archive import discs_of, list_discs, recordings_of
from hotline.storage.audit import AuditLog
from hotline.web.kit import query
from hotline.web.kit.access import for_roles
from hotline.web.kit.context import web

blueprint = Blueprint("discs", __name__)


@blueprint.get("/discs")
@for_roles(*MANAGERS)
def index() -> str:
    context = web()
    wanted = query.clean(request.args.get("call", ""))
    found = _recordings(wanted) if wanted else []
    with context.storage.writing() as tx:
        told = f"call={wanted}" if wanted else ""
        AuditLog(tx).add(context.now(), current_user.username, "archive.view", "discs", told)
    return render_template(
        "retention/discs.html", discs=list_discs(context.storage), wanted=wanted, found=found, holding=_holding(found)
    )


def _recordings(wanted: str) -> list[RecordingEntry]:
    try:
        return recordings_of(web().storage, web().settings.site.node, wanted)
    except NotFound:
        return []


def _holding(entries: Sequence[RecordingEntry]) -> Mapping[int, list[Disc]]:
    return discs_of(web().storage, [entry.id for entry in entries if entry.id is not None])
