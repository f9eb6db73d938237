"""What a feature tells the web of itself: `FEATURE` in hotline/web/<feature>/feature.py, gathered by hotline.web.app.

The order of features is the order of their folders' names, and nothing may depend on it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from flask import Blueprint, Flask
from flask_openapi3 import APIBlueprint

from hotline.discovery import gathered, together
from hotline.settings import Settings
from hotline.web.kit.told.menu import MenuEntry


@dataclass(frozen=True, eq=False)
class WebFeature:
    """What hangs on the application.

    `apis`: each adds its operations to the API's blueprint. `installers`: what the application is given before its
    routes: template globals, extensions. `labels`: what templates find as `labels.<name>`. `large_forms`: endpoint ->
    the most bytes of its body, where that is more than forms have, or what says it of the settings.
    `under`: endpoint or blueprint of pages that have no entry of their own in the menu -> the endpoint of the entry
    that is marked on them. `pop_parts`: static file of a script that adds what draws this feature's part of the pop
    -> its place, in tens.
    """

    blueprints: tuple[Blueprint, ...] = ()
    apis: tuple[Callable[[APIBlueprint], None], ...] = ()
    installers: tuple[Callable[[Flask], None], ...] = ()
    menu: tuple[MenuEntry, ...] = ()
    under: Mapping[str, str] = field(default_factory=dict)
    labels: Mapping[str, object] = field(default_factory=dict)
    large_forms: Mapping[str, int | Callable[[Settings], int]] = field(default_factory=dict)
    pop_parts: Mapping[str, int] = field(default_factory=dict)


def features() -> tuple[WebFeature, ...]:
    return gathered("hotline.web", "feature", "FEATURE", WebFeature)


def pop_parts() -> list[str]:
    """The scripts that draw the features' parts of the pop, in their order: the console's script has them in it."""
    places = together(feature.pop_parts for feature in features())
    return sorted(places, key=places.__getitem__)
