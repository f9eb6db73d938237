"""Every route of an application, as somebody who looks for an open door walks along them."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Flask
from werkzeug.routing import AnyConverter, Rule

from hotline.web.kit.access import Permission, permission_of

CHANGING = frozenset({"POST", "PUT", "PATCH", "DELETE"})


@dataclass(frozen=True)
class Route:
    """A rule with one of its methods, at an address that fits it."""

    rule: str
    method: str
    path: str
    permission: Permission | None

    def __str__(self) -> str:
        return f"{self.method} {self.rule}"


def routes(app: Flask) -> list[Route]:
    """HEAD and OPTIONS follow GET."""
    found = []
    for rule in app.url_map.iter_rules():
        methods = (rule.methods or set()) - {"HEAD", "OPTIONS"}
        found += [
            Route(rule.rule, method, _path(app, rule), permission_of(app, rule.endpoint)) for method in sorted(methods)
        ]
    return sorted(found, key=str)


def changing(app: Flask) -> list[Route]:
    return [route for route in routes(app) if route.method in CHANGING]


def values_of(rule: Rule, number: int = 1) -> dict[str, object]:
    """What stands in the rule's address: this number as every id, and a word that the rule knows where it lists
    words."""
    found: dict[str, object] = dict.fromkeys(rule.arguments, number) | dict(rule.defaults or {})
    for name, converter in rule._converters.items():
        if isinstance(converter, AnyConverter):
            words = sorted(converter.items)
            found[name] = words[(number - 1) % len(words)]
    return found


def _path(app: Flask, rule: Rule) -> str:
    return app.url_map.bind("localhost").build(rule.endpoint, values_of(rule))
