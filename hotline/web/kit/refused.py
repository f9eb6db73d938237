"""Notes refused access in the audit log."""

from __future__ import annotations

import logging

from flask import request

from hotline.domain.errors import StorageError
from hotline.services.accounts.attempts import note_refused
from hotline.web.kit import limits
from hotline.web.kit.actor import actor_or_none
from hotline.web.kit.context import web

log = logging.getLogger(__name__)


def note() -> None:
    """That this request was refused for want of a right. The address stands there as its rule: it may hold the secret
    of a link."""
    context, who = web(), actor_or_none()
    name, rule = who.name if who else "", request.url_rule.rule if request.url_rule else ""
    ids = " ".join(f"{key}={value}" for key, value in (request.view_args or {}).items() if isinstance(value, int))
    try:
        note_refused(context.storage, name, limits.address(), request.method, rule, ids, context.now())
    except StorageError as error:  # the refusal itself stands all the same
        log.warning("that access was refused could not be noted: %s", error)
