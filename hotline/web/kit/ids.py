"""Ids in the addresses of pages and of the API: read by one converter, so that no view meets what no row can have."""

from __future__ import annotations

from flask import Flask
from werkzeug.routing import BaseConverter, ValidationError

from hotline.domain.ids import PATTERN, parse_id


class IdConverter(BaseConverter):
    """`<int:…>` of every route. What is no id is no such page: 404."""

    regex = PATTERN

    def to_python(self, value: str) -> int:
        found = parse_id(value)
        if found is None:
            raise ValidationError
        return found

    def to_url(self, value: int) -> str:
        return str(value)


def install(app: Flask) -> None:
    """Before any route is added: in place of the framework's converter, which takes all digits of any length."""
    app.url_map.converters["int"] = IdConverter
