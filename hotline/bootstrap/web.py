"""What `hotline web` is made of."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import partial

from flask_openapi3 import OpenAPI

from hotline.asterisk.cel_database import CelDatabase
from hotline.asterisk.process import cel_database_path
from hotline.bootstrap import Hotline
from hotline.checks import run_checks
from hotline.services.pbx import Pbx
from hotline.web.app import create_app


def make_app(hotline: Hotline, pbx: Pbx | None = None) -> OpenAPI:
    """The application, with this instance's Asterisk or the one given."""
    return create_app(
        hotline.in_force,
        hotline.home,
        hotline.secrets,
        hotline.storage,
        hotline.clock,
        pbx or hotline.pbx,
        hotline.files,
        hotline.clips,
        hotline.pbx_files,
        partial(run_checks, hotline.home, clock=hotline.clock),
        partial(_calls_seen, hotline),
    )


def _calls_seen(hotline: Hotline, since: datetime) -> Sequence[tuple[str, datetime]]:
    """Raises CelDatabaseError where Asterisk writes on another machine."""
    return CelDatabase(cel_database_path(hotline.settings, hotline.home)).linkedids_since(since)
