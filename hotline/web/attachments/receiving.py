"""What pages of objects with attachments have in common: files that a form sends, and what became of them in words."""

from __future__ import annotations

from typing import BinaryIO, cast

from flask import flash, request
from flask_babel import gettext, ngettext

from hotline.services.attachments.attachments import Upload, attach, remove_attachment
from hotline.settings import Settings
from hotline.web.kit.actor import actor
from hotline.web.kit.context import web
from hotline.web.kit.said import said

#: What a form has besides its files.
_AROUND = 1 << 20


def most_bytes(settings: Settings) -> int:
    """Of a form that sends as many files as it may, each as large as it may be."""
    return settings.attachments.at_once * (settings.attachments.most_bytes + 1) + _AROUND


def receive(kind: str, object_id: int) -> None:
    """The form's `files` are attached; what was refused is said. Raises as `attach`."""
    context = web()
    sent = [each for each in request.files.getlist("files") if each.filename]
    uploads = [Upload(each.filename or "", cast(BinaryIO, each.stream)) for each in sent]
    done = attach(
        context.storage, context.files, context.home, context.settings, kind, object_id, uploads, actor(), context.now()
    )
    if done.kept:
        flash(ngettext("%(num)s file is attached.", "%(num)s files are attached.", len(done.kept)), "ok")
    for name, reason in done.refused:
        flash(gettext("%(name)s was not attached: %(why)s", name=name or "–", why=said(reason)), "bad")
    if not sent:
        flash(gettext("Please choose a file first."), "bad")


def remove(kind: str, object_id: int, attachment_id: int) -> None:
    """Raises as `remove_attachment`."""
    context = web()
    remove_attachment(context.storage, kind, object_id, attachment_id, actor(), context.now())
    flash(gettext("The file was removed."), "ok")
