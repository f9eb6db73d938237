"""What a home holds before its first process begins, copied from what one process of the run has made."""

from __future__ import annotations

import shutil
from pathlib import Path

from hotline.settings import Home
from hotline.storage.migrate import upgrade
from hotline.web.kit import i18n
from tests.support.made_once import made_once


def migrated_database() -> Path:
    """An SQLite database at this version's schema, without rows of anybody's."""
    return made_once("migrated.db", _migrate)


def _migrate(path: Path) -> None:
    upgrade(f"sqlite:///{path}")


def catalogues() -> Path:
    """The translations, compiled."""
    return made_once("translations", i18n.compile_catalogues)


def prepare(home: Home) -> None:
    """As `hotline db upgrade` and the pages' first start leave it, in a home that has been created."""
    shutil.copy(migrated_database(), home.database_file)
    compiled = home.root / "cache" / "translations"
    if not compiled.exists():
        shutil.copytree(catalogues(), compiled)
