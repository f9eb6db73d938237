"""What a feature tells of what it writes into the audit log: `WORDS` in hotline/web/<feature>/audit_words.py."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from flask_babel import LazyString


@dataclass(frozen=True)
class ObjectPage:
    """The page of an entry's object, "<kind>:<key>". `argument`: what the endpoint calls the key, which the whole
    `pattern` has to fit."""

    endpoint: str
    argument: str
    pattern: str = "[0-9]{1,10}"


@dataclass(frozen=True)
class AuditWords:
    """`actions`: action -> what was done. `objects`: kind of object -> where it is to be seen. `title`: under which the
    actions stand in the list to choose from; "" among the others. `kinds`: kind of object -> what it is called."""

    actions: Mapping[str, LazyString]
    objects: Mapping[str, ObjectPage] = field(default_factory=dict)
    title: LazyString | str = ""
    kinds: Mapping[str, LazyString] = field(default_factory=dict)
