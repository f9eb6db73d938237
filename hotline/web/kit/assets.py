"""Addresses of static files that change with their content, so that browsers keep them and never use an old one."""

from __future__ import annotations

import hashlib
from pathlib import Path
from urllib.parse import quote

from flask import Flask, g, request, url_for

from hotline.domain.errors import HotlineError
from hotline.web.kit.link_path import by_link

_YEAR = 365 * 24 * 3600

_WEB = Path(__file__).parents[1]
STATIC = _WEB / "static"
#: Our own scripts and styles as pages take them; made by scripts/build-assets.
MADE = STATIC / "made"
#: Written last, with `made_from` of then.
STAMP = MADE / ".made-from"


def made_from() -> str:
    """All that `MADE` is made from, as one hash: the lock file, our scripts, styles and templates, whose words say
    which styles are used, what features tell of the pop, and the script that makes it."""
    tree = _WEB.parents[1]
    named = [tree / "package-lock.json", tree / "scripts" / "build-assets", *sorted(_WEB.glob("*/feature.py"))]
    for folder, kind in (("static/js", "*.js"), ("static/css", "*.css"), ("templates", "*.html")):
        named += sorted((_WEB / folder).rglob(kind))
    found = hashlib.sha256()
    for file in named:
        found.update(f"{file.relative_to(tree)}\0".encode() + file.read_bytes() + b"\0")
    return found.hexdigest()


class AssetsMissing(HotlineError):
    """What the browser is given has not been made, or is older than what it is made from."""

    kind = "assets_missing"


def require_assets() -> None:
    """Raises AssetsMissing, saying what to do."""
    if not STAMP.exists() or STAMP.read_text("utf-8") != made_from():
        raise AssetsMissing("machine.assets_missing")


def install(app: Flask) -> None:
    require_assets()
    # What is asked for without the mark (scripts by scripts, icons by style sheets) is asked anew each time.
    app.get_send_file_max_age = lambda filename: _YEAR if "v" in request.args else None  # type: ignore[method-assign]
    known: dict[str, tuple[int, str]] = {}

    def asset(name: str) -> str:
        """The address of a static file, with a mark of its content; of a script or style of ours as it was made."""
        # Once a request: a page has a hundred icons, all of one file.
        addresses: dict[str, str] = g.setdefault("assets", {})
        return addresses.get(name) or addresses.setdefault(name, address(name))

    def address(name: str) -> str:
        name = _made(name)
        path = STATIC / name
        changed = path.stat().st_mtime_ns
        if known.get(name, (0, ""))[0] != changed:
            known[name] = (changed, hashlib.sha256(path.read_bytes()).hexdigest()[:12])
        # Who comes by a link is let in there alone.
        return url_for("links.static" if by_link() else "static", filename=name, v=known[name][1])

    app.jinja_env.globals.update(asset=asset, page_icon=_page_icon())


def _made(name: str) -> str:
    """What is made of `js/<feature>/<page>.js` or `css/<name>.css`, where something is."""
    made = f"{MADE.name}/{name.removeprefix('js/')}"
    return made if (STATIC / made).is_file() else name


def _page_icon() -> str:
    """It stands in each page itself: it is smaller than the request for it."""
    return f"data:image/svg+xml,{quote((STATIC / 'icon.svg').read_text('utf-8'))}"
