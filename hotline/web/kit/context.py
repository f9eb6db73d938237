"""What every view is given: the parts of this instance, kept with the application, not in globals."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from time import monotonic

from flask import Flask, current_app, g, has_request_context

from hotline.domain.time import Clock
from hotline.services.check import CheckResult
from hotline.services.exchange import Exchange
from hotline.services.gateways import Gateways
from hotline.services.machine.speech_models import SpeechModels
from hotline.services.menus.walking import Walk
from hotline.services.pbx import Pbx
from hotline.services.pbx_files import PbxFiles
from hotline.services.recordings.clips import Clips
from hotline.services.recordings.files import RecordingFiles
from hotline.services.settings.in_force import SettingsInForce
from hotline.settings import Home, Settings
from hotline.settings.secrets import Secrets
from hotline.storage.transaction import Storage
from hotline.web.kit.turns import Turns

_KEY = "hotline"

#: With the time that what is in force may be old itself, five seconds at most.
_KEPT_SECONDS = 3.0


@dataclass(frozen=True)
class WebContext:
    """The parts of one instance as the web needs them. `walk`: gives the IVR's dialogue without a call. `look_over`:
    all that `hotline check` finds. `calls_seen`: calls that Asterisk's own log has since a moment, each with its latest
    event's time; None where that log is not ours. `turns`: of what counts much."""

    in_force: SettingsInForce
    home: Home
    secrets: Secrets
    storage: Storage
    clock: Clock
    pbx: Pbx
    files: RecordingFiles
    clips: Clips
    pbx_files: PbxFiles
    gateways: Gateways
    models: SpeechModels
    walk: Callable[[], Walk]
    look_over: Callable[[], Iterable[CheckResult]] | None = None
    calls_seen: Callable[[datetime], Sequence[tuple[str, datetime]]] | None = None
    turns: Turns = field(default_factory=Turns)

    @property
    def settings(self) -> Settings:
        """What is in force. It stays the same while a request is answered, unless that takes long, as with what is
        pushed."""
        if not has_request_context():
            return self.in_force()
        kept: tuple[float, Settings] | None = g.get(_KEY)
        if kept is None or monotonic() - kept[0] > _KEPT_SECONDS:
            kept = (monotonic(), self.in_force())
            setattr(g, _KEY, kept)
        return kept[1]

    @property
    def exchange(self) -> Exchange:
        """For what changes Asterisk."""
        return Exchange(self.in_force, self.secrets, self.pbx, self.pbx_files)

    def now(self) -> datetime:
        return self.clock()


def attach(app: Flask, context: WebContext) -> None:
    app.extensions[_KEY] = context


def web() -> WebContext:
    """The context of the application that handles this request."""
    return context_of(current_app)


def context_of(app: Flask) -> WebContext:
    context: WebContext = app.extensions[_KEY]
    return context
