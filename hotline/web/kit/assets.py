"""Addresses of static files that change with their content, so that browsers keep them and never use an old one."""

from __future__ import annotations

import hashlib
from pathlib import Path

from flask import Flask, request, url_for

from hotline.domain.errors import HotlineError
from hotline.web.kit.link_path import by_link

_YEAR = 365 * 24 * 3600

#: Written last by scripts/build-assets.
_MADE = Path(__file__).parents[1] / "static" / "vendor" / ".made-from"


class AssetsMissing(HotlineError):
    """What the browser is given from npm has not been brought here."""

    kind = "assets_missing"


def require_assets() -> None:
    """Raises AssetsMissing, saying what to do."""
    if not _MADE.exists():
        raise AssetsMissing("machine.assets_missing")


def install(app: Flask) -> None:
    require_assets()
    # What is asked for without the mark (scripts by scripts, icons by style sheets) is asked anew each time.
    app.get_send_file_max_age = lambda filename: _YEAR if "v" in request.args else None  # type: ignore[method-assign]
    known: dict[str, tuple[int, str]] = {}

    def asset(name: str) -> str:
        """The address of a static file, with a mark of its content."""
        path = Path(app.static_folder or "") / name
        changed = path.stat().st_mtime_ns
        if known.get(name, (0, ""))[0] != changed:
            known[name] = (changed, hashlib.sha256(path.read_bytes()).hexdigest()[:12])
        # Who comes by a link is let in there alone.
        return url_for("links.static" if by_link() else "static", filename=name, v=known[name][1])

    app.jinja_env.globals.update(asset=asset)
