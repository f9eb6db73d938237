"""Notes refused access in the audit log, once a minute each, so that a flood cannot fill the log."""

from __future__ import annotations

import logging

from flask import request

from hotline.domain.accounts.attempts import Limit
from hotline.domain.errors import StorageError
from hotline.storage.accounts.attempts import AttemptStore
from hotline.storage.audit import AuditLog
from hotline.web.kit import limits
from hotline.web.kit.actor import actor_or_none
from hotline.web.kit.context import web

log = logging.getLogger(__name__)

_ONCE = Limit("refused", 1, 60)


def note() -> None:
    """That this request was refused for want of a right. The address stands there as its rule: it may hold the secret
    of a link."""
    who = actor_or_none()
    name, rule = who.name if who else "", request.url_rule.rule if request.url_rule else ""
    ids = " ".join(f"{key}={value}" for key, value in (request.view_args or {}).items() if isinstance(value, int))
    now = web().now()
    subject = f"{name or limits.address()} {request.method} {rule}"
    try:
        with web().storage.reading() as tx:
            if AttemptStore(tx).count(_ONCE.kind, subject, _ONCE.window(now)):
                return
        with web().storage.writing() as tx:
            if AttemptStore(tx).add(_ONCE.kind, subject, _ONCE.window(now), 1) == _ONCE.most:
                detail = " ".join(part for part in (request.method, ids, limits.address()) if part)
                AuditLog(tx).add(now, name, "access.refused", f"page:{rule}", detail)
    except StorageError as error:  # the refusal itself stands all the same
        log.warning("that access was refused could not be noted: %s", error)
