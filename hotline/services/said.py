"""A reason within a view: in JSON it is said in the language of whoever reads it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, TypeAlias

from pydantic import InstanceOf, PlainSerializer, SerializationInfo, WithJsonSchema

from hotline.domain.reasons import Reason

Say: TypeAlias = Callable[[Reason], str]


def saying(say: Say) -> dict[str, Say]:
    """The `context` of `model_dump` for a view that holds reasons; without it they show their code."""
    return {"say": say}


def _words(reason: Reason | None, info: SerializationInfo) -> str:
    say: Say = (info.context or {}).get("say", str)
    return say(reason) if reason else ""


SaidReason: TypeAlias = Annotated[
    InstanceOf[Reason] | None, PlainSerializer(_words, return_type=str), WithJsonSchema({"type": "string"})
]
