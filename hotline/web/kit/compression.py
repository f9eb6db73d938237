"""What is text goes to the browser compressed: pages, styles, scripts, the API's answers (decision 35)."""

from __future__ import annotations

from flask import Flask
from flask_compress import Compress

#: Sounds, pictures and archives are compressed by themselves; what is pushed must not wait for a block to fill.
_TEXTS = (
    "application/javascript",
    "application/json",
    "application/problem+json",
    "image/svg+xml",
    "text/css",
    "text/csv",
    "text/html",
    "text/javascript",
    "text/plain",
)


def install(app: Flask) -> None:
    app.config.update(
        COMPRESS_MIMETYPES=list(_TEXTS),
        COMPRESS_ALGORITHM=["br", "gzip"],
        COMPRESS_ALGORITHM_STREAMING=["br", "deflate"],  # static files; browsers offer br with TLS alone
        COMPRESS_BR_LEVEL=4,
    )
    Compress(app)
