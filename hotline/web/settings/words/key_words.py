"""What a key of the settings is called, and one sentence on it."""

from __future__ import annotations

from typing import NamedTuple

from flask_babel import LazyString


class KeyWords(NamedTuple):
    name: LazyString
    help: LazyString
