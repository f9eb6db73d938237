"""Finds what features tell of themselves: each in a module of its own folder, whose name says what it tells.

A feature that has something to tell adds the module `hotline.<layer>.<feature>.<role>`; whoever gathers reads the same
name in each. So nothing that stands above all features has a line for each of them."""

from __future__ import annotations

import importlib
import importlib.util
import pkgutil
from collections.abc import Iterable, Mapping
from functools import cache
from types import ModuleType
from typing import TypeVar

Told = TypeVar("Told")
Key = TypeVar("Key")


@cache
def modules(layer: str, role: str) -> tuple[ModuleType, ...]:
    """The module of this name in each feature of the layer ("hotline.web"), by the features' names."""
    folders = pkgutil.iter_modules(importlib.import_module(layer).__path__)
    names = [f"{layer}.{folder.name}.{role}" for folder in folders if folder.ispkg]
    return tuple(importlib.import_module(name) for name in sorted(names) if importlib.util.find_spec(name) is not None)


def gathered(layer: str, role: str, name: str, kind: type[Told]) -> tuple[Told, ...]:
    """What `name` is in each of these modules. Raises TypeError when it is not there or of another kind."""
    return tuple(_told(module, name, kind) for module in modules(layer, role))


def together(parts: Iterable[Mapping[Key, Told]]) -> dict[Key, Told]:
    """All in one. Raises ValueError when two tell of the same key."""
    whole: dict[Key, Told] = {}
    for part in parts:
        if twice := sorted(map(str, whole.keys() & part.keys())):
            raise ValueError(f"two features tell of {', '.join(twice)}")
        whole |= part
    return whole


def _told(module: ModuleType, name: str, kind: type[Told]) -> Told:
    told: object = getattr(module, name, None)
    if not isinstance(told, kind):
        raise TypeError(f"{module.__name__}: {name} must be a {kind.__name__}, is {type(told).__name__}")
    return told
