"""Languages of the screens: source texts are English, translations/zh holds the Chinese; people switch by a cookie."""

from __future__ import annotations

import os
from pathlib import Path
from tempfile import NamedTemporaryFile

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from flask import Flask, request
from flask_babel import Babel

from hotline.web.kit.context import web

LANGUAGES = {"zh": "中文", "en": "English"}
LANGUAGE_COOKIE = "language"

_CATALOGUES = Path(__file__).parents[1] / "translations"


def language() -> str:
    """Of this request: what the person chose, else [site] language."""
    chosen = request.cookies.get(LANGUAGE_COOKIE, "")
    return chosen if chosen in LANGUAGES else web().settings.site.language


def compile_catalogues(target: Path) -> None:
    """Write each catalogue's .mo below `target` where it is missing or older than the .po.

    Into HOTLINE_HOME, since the tree may be read-only; each by a rename, since processes may start at once.
    """
    for source in sorted(_CATALOGUES.glob("*/LC_MESSAGES/messages.po")):
        compiled = target / source.relative_to(_CATALOGUES).with_suffix(".mo")
        if compiled.exists() and compiled.stat().st_mtime >= source.stat().st_mtime:
            continue
        compiled.parent.mkdir(parents=True, exist_ok=True)
        with source.open("rb") as po:
            catalogue = read_po(po)
        with NamedTemporaryFile(dir=compiled.parent, delete=False) as draft:
            write_mo(draft, catalogue)
        os.replace(draft.name, compiled)


def install(app: Flask) -> None:
    compiled = app.extensions["hotline"].home.root / "cache" / "translations"
    compile_catalogues(compiled)
    Babel(
        app,
        default_locale="en",
        default_translation_directories=str(compiled),
        default_timezone="Asia/Shanghai",
        locale_selector=language,
    )
