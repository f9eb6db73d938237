"""Files of a form are written to the instance's own folder while they are sent: on many machines /tmp lies
in memory."""

from __future__ import annotations

import tempfile
from typing import IO, cast

from flask import Flask, Request

from hotline.services.attachments.staging import staging_folder
from hotline.web.kit.context import context_of


def install(app: Flask) -> None:
    class _Request(Request):
        def _get_file_stream(
            self,
            total_content_length: int | None,
            content_type: str | None,
            filename: str | None = None,
            content_length: int | None = None,
        ) -> IO[bytes]:
            """Without a name: it is gone when the request ends, however it ends."""
            return cast(IO[bytes], tempfile.TemporaryFile("w+b", dir=staging_folder(context_of(app).home)))

    app.request_class = _Request
