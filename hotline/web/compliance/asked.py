"""What the page of the rules is asked for, as it stands in its address."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Self

from hotline.domain.rules.limits import Mark
from hotline.domain.rules.rule import Kind, Rule
from hotline.services.compliance.overview import AskedRules, RuleKept
from hotline.web.kit.asked import choice, whole
from hotline.web.kit.period import Period, read_period
from hotline.web.kit.query import clean

#: How the rules are grouped.
GROUPS = ("chapter", "regulation")
_LOW = (Mark.YELLOW, Mark.RED)


@dataclass(frozen=True)
class AskedPage:
    """`low`: only what is yellow or red; `words`: of the rule's id, title, sentence or source."""

    period: Period
    group: str = GROUPS[0]
    line: str = ""
    person: int | None = None
    kind: str = ""
    low: bool = False
    words: str = ""

    @classmethod
    def read(cls, args: Mapping[str, str], lines: Iterable[str], now: datetime) -> Self:
        return cls(
            read_period(args, now),
            choice(args, "group", GROUPS, GROUPS[0]),
            choice(args, "line", list(lines)),
            whole(args.get("person", "")),
            choice(args, "kind", [kind.value for kind in Kind]),
            args.get("low") == "1",
            clean(args.get("q", ""), 40),
        )

    @property
    def of_service(self) -> AskedRules:
        before = self.period.before()
        return AskedRules(self.period.first, self.period.last, before.first, before.last, self.line, self.person)

    @property
    def others(self) -> dict[str, Any]:
        """All but the time, as it stands in an address."""
        values = {
            "group": self.group if self.group != GROUPS[0] else "",
            "line": self.line,
            "person": self.person,
            "kind": self.kind,
            "low": "1" if self.low else "",
            "q": self.words,
        }
        return {name: value for name, value in values.items() if value not in ("", None)}

    @property
    def active(self) -> dict[str, Any]:
        return {**self.period.active, **self.others}

    @property
    def whose(self) -> dict[str, Any]:
        """Time, line and person alone: what one rule's page goes by."""
        kept = {name: value for name, value in self.others.items() if name in ("line", "person")}
        return {**self.period.active, **kept}

    def at(self, period: Period) -> AskedPage:
        return replace(self, period=period)

    def by(self, kind: str) -> dict[str, Any]:
        """The same of the week, month or quarter with the last of these days; or from day to day."""
        days = self.period.days if kind == "days" else {"day": self.period.last.isoformat()}
        return {"period": kind, **days, **self.others}

    def only(self, name: str, key: str) -> dict[str, Any]:
        """The same of one line or person alone."""
        return {**self.whose, name: key}

    def grouped(self, group: str) -> dict[str, Any]:
        return replace(self, group=group).active

    def wants(self, kept: RuleKept) -> bool:
        rule = kept.rule
        if self.low and kept.mark not in _LOW:
            return False
        if self.kind and Kind(self.kind) not in rule.kinds:
            return False
        return all(word in _text(rule) for word in self.words.casefold().split())


def _text(rule: Rule) -> str:
    sources = (f"{source.regulation} {source.clause}" for source in rule.sources)
    return " ".join((rule.id, rule.title.zh, rule.title.en, rule.sentence, *sources)).casefold()
