"""Asterisk's generated configuration without an Asterisk, and its sections."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from hotline.asterisk import render
from hotline.asterisk.locate import AsteriskInstall
from hotline.asterisk.modules import MODULES
from hotline.settings import Home, load_settings
from hotline.settings.secrets import Secrets

SECRETS = Secrets("ami-secret", "web-secret", "phone-secret")

Section = dict[str, list[str]]


def rendered(tmp_path: Path, settings: str, lacks: str = "") -> dict[str, str]:
    """File name → text; `lacks`: a module that this Asterisk doesn't have."""
    modules = tmp_path / "modules"
    modules.mkdir(exist_ok=True)
    for module in MODULES:
        (modules / f"{module}.so").touch()
    if lacks:
        (modules / f"{lacks}.so").unlink()
    home = Home(tmp_path / "home")
    home.create()
    home.settings_file.write_text(settings, "utf-8")
    install = AsteriskInstall(tmp_path / "asterisk", modules, (22, 10, 1), tmp_path)
    return render.render(load_settings(home, {}), home, SECRETS, install)


@dataclass(frozen=True)
class Sections:
    """Of a file whose sections have a type; several may share a name."""

    all: list[tuple[str, Section]]

    def of(self, kind: str) -> dict[str, Section]:
        found = [(name, section) for name, section in self.all if section.get("type") == [kind]]
        assert len({name for name, _section in found}) == len(found), f"two {kind}s of one name"
        return dict(found)


def sections_of(text: str) -> Sections:
    """With what templates give them, templates themselves left out."""
    templates: dict[str, Section] = {}
    found: list[tuple[str, Section]] = []
    current: Section = {}
    for line in text.splitlines():
        if begins := re.fullmatch(r"\[([^\]]+)\](?:\(([^)]*)\))?", line.strip()):
            name, kind = begins[1], begins[2] or ""
            current = {key: list(values) for key, values in templates.get(kind, {}).items()}
            if kind == "!":
                templates[name] = current
            else:
                found.append((name, current))
        elif line.strip() and not line.startswith(";"):
            key, _, value = line.partition("=")
            current.setdefault(key.strip(), []).append(value.strip())
    return Sections(found)
