"""One map of routes for all applications of a process: it is the same in each, and most of what one costs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from unittest.mock import patch

from flask import Flask
from werkzeug.routing import Map, Rule, RuleFactory


class SharedRoutes(Map):
    """A rule that one application has brought is not built again for the next. All must bring the same ones."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._known: set[tuple[object, ...]] = set()
        self._brought: set[tuple[object, ...]] = set()
        self._complete = False

    def add(self, rulefactory: RuleFactory) -> None:
        for rule in rulefactory.get_rules(self):
            self._brought.add(_mark(rule))
            if _mark(rule) not in self._known:
                assert not self._complete, f"{rule.rule} would be in all applications: give this one routes of its own"
                self._known.add(_mark(rule))
                super().add(rule)

    def of(self, make: Callable[[], Flask]) -> Flask:
        """The application that `make` makes, with this map for its own."""
        self._brought.clear()
        with patch.object(Flask, "url_map_class", staticmethod(lambda **_options: self)):
            made = make()
        assert self._brought == self._known, self._brought ^ self._known
        self._complete = True
        return made


def _mark(rule: Rule) -> tuple[object, ...]:
    return rule.endpoint, rule.rule, frozenset(rule.methods or ()), rule.host, rule.subdomain
