"""Our operators, now and before, for a page: read once a request."""

from __future__ import annotations

from datetime import datetime

from flask import Flask, g

from hotline.services.staff.names import Holders, read_holders
from hotline.services.staff.whose import operator_choices
from hotline.web.kit.context import web


def known_holders() -> Holders:
    """Everybody who ever had an extension."""
    if "holders" not in g:
        g.holders = read_holders(web().storage, web().settings)
    found: Holders = g.holders
    return found


def operators() -> dict[str, str]:
    """Name and extension of each, by extension."""
    known, now = known_holders(), web().now()
    return {each: f"{known.name(each, now)} {each}".strip() for each in web().settings.operators}


def asked_operators() -> dict[str, str]:
    """Whose calls one may ask for, by what is asked for: with those who have no extension any more."""
    return operator_choices(known_holders(), web().settings.operators, web().now())


def operator_then(extension: str, at: datetime) -> str:
    """Name and extension of who had it then; the extension alone where nobody is known to."""
    return f"{known_holders().name(extension, at)} {extension}".strip()


def install(app: Flask) -> None:
    app.add_template_global(operator_then)
