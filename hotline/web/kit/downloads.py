"""Tables as files that the browser keeps."""

from __future__ import annotations

from collections.abc import Iterator

from flask import Response, stream_with_context

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def csv_file(lines: Iterator[str], name: str) -> Response:
    """Sent line by line as they are made."""
    return Response(stream_with_context(lines), mimetype="text/csv", headers=_kept_as(name))


def xlsx_file(book: bytes, name: str) -> Response:
    return Response(book, mimetype=_XLSX, headers=_kept_as(name))


def _kept_as(name: str) -> dict[str, str]:
    return {"Content-Disposition": f'attachment; filename="{name}"'}


def toml_file(text: str, name: str) -> Response:
    return Response(text, mimetype="application/toml", headers=_kept_as(name))
