"""Which version of a record a form had shown."""

from __future__ import annotations

from flask import request

from hotline.domain.ids import parse_id


def version_sent() -> int:
    """0, which no record has, where the form does not say."""
    return parse_id(request.form.get("version", "")) or 0
