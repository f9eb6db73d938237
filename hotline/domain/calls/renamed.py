"""A call in which an operator's extension bears another name: it was somebody else who had it."""

from __future__ import annotations

import dataclasses
from typing import Any, TypeVar

from hotline.domain.calls.call import Party, PartyKind

Part = TypeVar("Part")


def renamed(part: Part, extension: str, name: str) -> Part:
    """The call, or a part of one, with this name wherever the operator of the extension is named."""
    found: Any = part
    if isinstance(found, Party):
        theirs = found.kind is PartyKind.OPERATOR and found.id == extension
        found = dataclasses.replace(found, name=name) if theirs else found
    elif isinstance(found, tuple):
        found = tuple(renamed(each, extension, name) for each in found)
    elif dataclasses.is_dataclass(found) and not isinstance(found, type):
        fields = {each.name: getattr(found, each.name) for each in dataclasses.fields(found)}
        fresh = {key: renamed(value, extension, name) for key, value in fields.items()}
        found = found if fresh == fields else dataclasses.replace(found, **fresh)
    result: Part = found
    return result
