"""Whoever signs in and has to read something begins at the notice board."""

from __future__ import annotations

from flask import url_for

from hotline.web.bulletins.unread import unread_bulletins
from hotline.web.kit.told.first_page import FirstPage


def _address() -> str:
    return url_for("bulletins.index") if unread_bulletins() else ""


FIRST_PAGE = FirstPage(_address)
