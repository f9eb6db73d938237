"""Calls by what the caller said of them."""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, exists

from hotline.domain.calls.ledger import Rated
from hotline.storage.calls.tables import call
from hotline.storage.satisfaction.tables import rating

#: An answer of 1 or 2.
_LOW = 2

_R = rating.c
_SAID = {Rated.ANSWERED: _R.answer.is_not(None), Rated.LOW: _R.answer <= _LOW, Rated.COMMENTED: _R.comment != ""}


def rated_so(wanted: Rated) -> ColumnElement[bool]:
    same = and_(_R.node == call.c.node, _R.linkedid == call.c.linkedid)
    return exists().where(same, *([_SAID[wanted]] if wanted in _SAID else []))
