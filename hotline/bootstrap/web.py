"""What `hotline web` is made of."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import partial

from flask_openapi3 import OpenAPI

import greetings
from hotline.asterisk.cel_database import CelDatabase
from hotline.asterisk.process import cel_database_path
from hotline.bootstrap import Hotline
from hotline.checks import run_checks
from hotline.jobs.gateways.all import SiteGateways
from hotline.services.pbx import Pbx
from hotline.settings import Settings
from hotline.web.app import create_app
from ivr.sounds import Sounds
from ivr.walk import Walker
from recordings.speech.site_models import SiteModels


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
        SiteGateways(lambda: _soon(hotline.settings), hotline.clock),
        SiteModels(hotline.home.models),
        lambda: make_walker(hotline),
        partial(run_checks, hotline.home, clock=hotline.clock),
        partial(calls_seen, hotline),
    )


#: Seconds a test of a gateway waits for each step of it: somebody waits before the page.
_SOON = 10


def _soon(settings: Settings) -> Settings:
    """The same, with ways out that are given up sooner."""
    ways = {name: getattr(settings, name) for name in ("mail", "notices")}
    sooner = {"timeout_seconds": _SOON}
    return settings.model_copy(
        update={name: each.model_copy(update=sooner) for name, each in ways.items() if each.timeout_seconds > _SOON}
    )


def calls_seen(hotline: Hotline, since: datetime) -> Sequence[tuple[str, datetime]]:
    """Raises CelDatabaseError where Asterisk writes on another machine."""
    return CelDatabase(cel_database_path(hotline.settings, hotline.home)).linkedids_since(since)


def make_walker(hotline: Hotline) -> Walker:
    """The IVR's dialogue without a call, with the prompts that there are now."""
    manifest = greetings.load_manifest(hotline.home)
    prompts = Sounds(manifest, lambda: hotline.home.sounds / hotline.settings.site.language)
    return Walker(prompts, lambda prompt: manifest.get(prompt) is not None)
