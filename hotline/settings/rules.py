"""[rules] of the settings: a section for each rule, with the fields that the domain gives it."""

from __future__ import annotations

import dataclasses
from typing import Any, get_type_hints

from pydantic import create_model, model_validator

from hotline.domain.quality import Rules
from hotline.domain.reasons import Unfit
from hotline.settings.base import Section


def _is_shape(hint: Any) -> bool:
    return dataclasses.is_dataclass(hint)


def _section(shape: type) -> type[Section]:
    """The section whose keys are the fields of a dataclass of the domain."""
    hints = get_type_hints(shape, include_extras=True)
    fields: dict[str, Any] = {name: (_section(hint) if _is_shape(hint) else hint, ...) for name, hint in hints.items()}
    return create_model(shape.__name__, __base__=Section, __doc__=shape.__doc__, **fields)


#: Read once: each reading compiles every annotation anew, and each call is measured by them.
_HINTS = get_type_hints(Rules)


class RulesSection(_section(Rules)):  # type: ignore[misc]
    """What the rules of speech and handling are measured by."""

    @model_validator(mode="after")
    def _check(self) -> RulesSection:
        if self.speech_rate.lowest > self.speech_rate.highest:
            raise Unfit("settings.speech_rate")
        if list(self.length.warn_minutes) != sorted(set(self.length.warn_minutes)):
            raise Unfit("settings.warn_minutes")
        if self.loudness.quietest > self.loudness.loudest:
            raise Unfit("settings.loudness")
        return self

    def rules(self) -> Rules:
        """As the domain takes them."""
        values: dict[str, Any] = {
            name: hint(**dict(getattr(self, name))) if _is_shape(hint) else getattr(self, name)
            for name, hint in _HINTS.items()
        }
        return Rules(**values)
