"""[rule_limits.<rule>]: below which kept rate a rule is yellow or red, and which rules are switched off."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Annotated

from pydantic import Field

from hotline.domain.reasons import Reason, because
from hotline.domain.rules.limits import Limits
from hotline.domain.rules.registry import RULES
from hotline.settings.base import Section

#: The entry of every rule that has none of its own.
ALL = "all"

Percent = Annotated[float, Field(ge=0, le=100, strict=True, allow_inf_nan=False)]


class RuleLimit(Section):
    """What one rule has otherwise than all: what is not given is as for all."""

    yellow: Percent | None = None
    red: Percent | None = None
    off: Annotated[str, Field(max_length=200)] = ""
    off_since: date | None = None


def limits_of(limits: Mapping[str, RuleLimit], rule: str) -> Limits:
    """What holds for this rule. `limits`: as `wrong_limits` takes them."""
    usual, own = limits[ALL], limits.get(rule, RuleLimit())
    yellow = usual.yellow if own.yellow is None else own.yellow
    red = usual.red if own.red is None else own.red
    return Limits(yellow or 0, red or 0, own.off, own.off_since)


def wrong_limits(limits: Mapping[str, RuleLimit]) -> Iterator[tuple[str, Reason]]:
    """Dotted keys, and what was expected there."""
    usual = limits.get(ALL, RuleLimit())
    for name in ("yellow", "red"):
        if getattr(usual, name) is None:
            yield f"rule_limits.{ALL}.{name}", because("input.missing")
    if usual.off or usual.off_since:
        yield f"rule_limits.{ALL}.off", because("settings.not_all_rules_off")
    for rule, own in limits.items():
        if rule not in (ALL, *RULES):
            yield f"rule_limits.{rule}", because("settings.unknown_rule", got=rule[:20])
        if bool(own.off.strip()) is (own.off_since is None):
            wanted = "off" if own.off_since else "off_since"
            yield f"rule_limits.{rule}.{wanted}", because("settings.rule_off_needs_both")
        both = limits_of({ALL: usual, **limits}, rule)
        if both.red > both.yellow:
            key = "red" if own.red is not None else "yellow"
            yield f"rule_limits.{rule}.{key}", because("settings.rule_limits", red=both.red, yellow=both.yellow)
