"""Attachments are downloaded, and nothing else: no browser shows or runs one under our address."""

from __future__ import annotations

from contextlib import ExitStack

from flask import Blueprint, send_file
from werkzeug.wrappers import Response
from werkzeug.wsgi import FileWrapper

from hotline.domain.attachments.attachment import Attachment
from hotline.domain.errors import NotFound
from hotline.domain.rights.acts import Act
from hotline.services.attachments.attachments import look_at_attachment
from hotline.web.kit.access import may
from hotline.web.kit.actor import actor
from hotline.web.kit.context import web

blueprint = Blueprint("attachments", __name__)

_BLOCK = 1 << 16


@blueprint.get("/attachments/<int:attachment_id>")
@may(Act.READ_ATTACHMENTS)
def download(attachment_id: int) -> Response:
    """Whoever may see what it is attached to, as that feature says. The browser is told of no type: it has nothing to
    open."""
    context = web()
    return sent_file(look_at_attachment(context.storage, attachment_id, actor(), context.now()))


def sent_file(found: Attachment) -> Response:
    """To be saved, whatever it is; for whoever has been found to see it. Raises NotFound when the store has it not."""
    with ExitStack() as until_sent:
        try:
            opened = until_sent.enter_context(web().files.open(found.path))
        except FileNotFoundError:
            raise NotFound("attachments.file_gone") from None
        response = send_file(
            opened.file,
            "application/octet-stream",
            as_attachment=True,
            download_name=found.download_name,
            conditional=False,
            etag=False,
        )
        response.response = FileWrapper(opened.file, _BLOCK)
        response.direct_passthrough = False  # else nobody would close what was opened
        response.call_on_close(until_sent.pop_all().close)
    response.content_length = opened.size_bytes
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["Cache-Control"] = "private, no-store"
    return response
