"""One reading of the translations for all applications of a process: each reads thousands of texts for its own
otherwise."""

from __future__ import annotations

import functools
import os
from collections.abc import Iterable

from babel.support import NullTranslations, Translations

_load = Translations.load


@functools.cache
def _loaded(folder: str, locales: tuple[str, ...], domain: str | None) -> NullTranslations:
    return _load(folder, locales, domain)


def _shared(folder: str, locales: Iterable[object], domain: str | None = None) -> NullTranslations:
    """By the place where they really are. Nobody changes it: flask_babel takes it into its own."""
    return _loaded(os.path.realpath(folder), tuple(map(str, locales)), domain)


def share_translations() -> None:
    """From now on, in this process."""
    setattr(Translations, _load.__name__, staticmethod(_shared))
