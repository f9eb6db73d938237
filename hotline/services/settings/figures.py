"""The one way to a rule's figures, whoever enforces, measures or shows it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from hotline.domain.rules.registry import RULES
from hotline.services.settings.in_force import SettingsInForce
from hotline.settings import Settings
from hotline.settings.decidable import keys
from hotline.settings.rule_limits import RuleLimit


@dataclass(frozen=True, slots=True)
class FigureKey:
    """`by_regulation`: its usual value stands in a regulation or a norm; else it was chosen here."""

    key: str
    by_regulation: bool


def figure(in_force: SettingsInForce, rule: str, at: datetime) -> dict[str, Any]:
    """The rule's figures at that moment, by dotted key; {} for a rule without. Raises KeyError: no such rule."""
    return {each.key: value_of(in_force.at(at), each.key) for each in figure_keys(rule)}


@cache
def figure_keys(rule: str) -> tuple[FigureKey, ...]:
    """Where the rule's figures stand, in the order of the settings. Raises KeyError: no such rule."""
    known = RULES[rule]
    found = [key for place in known.settings for key in keys() if key == place or key.startswith(f"{place}.")]
    return tuple(FigureKey(key, key in known.by_regulation) for key in found)


def limit_keys(rule: str) -> tuple[str, ...]:
    """Where stands what this rule has otherwise than all: its limits, and whether it is switched off."""
    return tuple(f"rule_limits.{rule}.{name}" for name in RuleLimit.model_fields)


def value_of(settings: Settings, key: str) -> Any:
    """What stands at a dotted key, typed. Raises KeyError: no such key."""
    found: Any = settings
    for name in key.split("."):
        if isinstance(found, dict):
            found = found[name]
        elif hasattr(found, name):
            found = getattr(found, name)
        else:
            raise KeyError(key)
    return found


def value_or_none(settings: Settings, key: str) -> Any:
    """None of an entry that is not there."""
    try:
        return value_of(settings, key)
    except KeyError:
        return None
