"""The parts of the pop that features tell, and their fields together."""

from __future__ import annotations

from typing import Any

from pydantic import create_model

from hotline.discovery import gathered
from hotline.services.pop_part import PopPart, Section

PARTS: tuple[PopPart[Any], ...] = gathered("hotline.services", "pop_part", "POP_PART", PopPart)


def sections(parts: tuple[PopPart[Any], ...]) -> type[Section]:
    """The base of a model with the fields of all. Raises TypeError when two have one of the same name."""
    names = [name for part in parts for name in part.section.model_fields]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise TypeError(f"parts of the pop share the fields {', '.join(twice)}")
    return create_model("Sections", __base__=(*(part.section for part in parts), Section))
