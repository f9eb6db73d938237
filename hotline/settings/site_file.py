"""Changes a setting in the site's file and leaves all else in it as people wrote it."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import tomlkit
from tomlkit.exceptions import TOMLKitError

from hotline.domain.reasons import because
from hotline.settings.errors import SettingProblem, SettingsError
from hotline.settings.home import Home
from hotline.settings.load import load_settings


def write_setting(home: Home, section: str, key: str, value: str | int | bool) -> None:
    """Write it and read all settings again; the file stays as it was when they would be wrong.

    Raises SettingsError.
    """
    file = home.settings_file
    before = file.read_text("utf-8-sig") if file.exists() else ""
    try:
        document = tomlkit.parse(before)
    except TOMLKitError as error:
        raise SettingsError([SettingProblem(str(file), "", because("settings.toml", why=str(error)))]) from None
    document.setdefault(section, tomlkit.table())[key] = value
    _replace(file, tomlkit.dumps(document))
    try:
        load_settings(home)
    except SettingsError:
        _replace(file, before)
        raise


def _replace(file: Path, text: str) -> None:
    """Whole or not at all, with the rights that it had."""
    mode = file.stat().st_mode & 0o777 if file.exists() else 0o600
    descriptor, draft = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}-")
    with os.fdopen(descriptor, "w", encoding="utf-8") as out:
        out.write(text)
        out.flush()
        os.fsync(descriptor)
    os.chmod(draft, mode)
    os.replace(draft, file)
