"""Who sets a new site up begins at its first hour."""

from __future__ import annotations

from flask import url_for

from hotline.domain.rights.acts import Act
from hotline.services.first_hour.steps import opens_by_itself
from hotline.web.kit.actor import allowed
from hotline.web.kit.context import web
from hotline.web.kit.told.first_page import FirstPage


def _address() -> str:
    context = web()
    opens = allowed(Act.CHANGE_SETTINGS) and opens_by_itself(context.storage, context.settings, context.now())
    return url_for("first_hour.index") if opens else ""


FIRST_PAGE = FirstPage(_address)
