"""Which extensions may be given to somebody new."""

from __future__ import annotations

import re
from collections.abc import Collection

from hotline.domain.errors import Refused

#: What an operator's extension looks like; nothing else of the dialplan begins with these digits.
_SHAPE = re.compile(r"[1-9][0-9]{2,5}")

#: Everybody knows them as the police, the fire brigade and so on: nobody may take one of our phones for them.
EMERGENCY = frozenset({"110", "112", "119", "120", "122", "911", "999"})

FIRST = 1001


def is_extension(text: str) -> bool:
    """Whether it looks like one."""
    return _SHAPE.fullmatch(text) is not None


def require_free(extension: str, operators: Collection[str], lines: Collection[str]) -> None:
    """`operators`: extensions that somebody has; `lines`: numbers on which we are called, in digits. Raises Refused,
    which is about `extension`."""
    if not is_extension(extension):
        raise Refused("hiring.extension_shape", field="extension")
    if extension in operators:
        raise Refused("hiring.extension_taken", field="extension", extension=extension)
    if extension in EMERGENCY:
        raise Refused("hiring.extension_emergency", field="extension", extension=extension)
    if extension in lines:
        raise Refused("hiring.extension_is_line", field="extension", extension=extension)


def next_free(operators: Collection[str], lines: Collection[str]) -> str:
    """The first free one after the lowest that somebody has; "" when none is left."""
    known = [int(each) for each in operators if _SHAPE.fullmatch(each)]
    start = min(known, default=FIRST)
    taken = {*operators, *lines, *EMERGENCY}
    longest = 10 ** len(str(start))
    found = (str(number) for number in range(start, longest) if str(number) not in taken)
    return next(found, "")
