"""The verbs of one call: what the menu flow may do to a caller, over AGI."""

from __future__ import annotations

import logging
import math
import re
import socket
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

from asterisk.agi import AGIAppError, AGIException, AGIHangup

from ivr.agi import SocketAgi
from ivr.errors import CallerGone, PeerFault
from ivr.names import UserEvent, Variable, pairs
from ivr.wire import Wire

log = logging.getLogger(__name__)

#: Asterisk sends its variables at once and answers what takes no time in a millisecond.
PATIENCE_SECONDS = 5.0
#: How much longer than its guard Asterisk may take: then it hangs itself.
PATIENCE_MARGIN_SECONDS = 5.0

_SOUND = re.compile(r"[A-Za-z0-9][A-Za-z0-9/_-]*")
_KEYS = re.compile(r"[0-9*#]*")

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class CallVariables:
    """What Asterisk says of the call at the start. `caller` is as the carrier sent it, "" when withheld."""

    script: str
    uniqueid: str
    channel: str
    caller: str
    dialled: str
    language: str


class Session:
    """One AGI session. Each verb raises CallerGone when the caller has hung up and PeerFault when the peer fails.

    Logs say which call, never what was dialled, pressed or said.
    """

    def __init__(self, connection: socket.socket, patience: float = PATIENCE_SECONDS) -> None:
        self._wire = Wire(connection, patience)
        self._agi = self._do(lambda: SocketAgi(self._wire))
        env = self._agi.env
        caller = env.get("agi_callerid", "")
        self.variables = CallVariables(
            script=env.get("agi_network_script", "").partition("?")[0],
            uniqueid=env.get("agi_uniqueid", ""),
            channel=env.get("agi_channel", ""),
            caller="" if caller == "unknown" else caller,
            dialled=env.get("agi_dnid", "").replace("unknown", ""),
            language=env.get("agi_language", ""),
        )

    def get_variable(self, name: Variable) -> str:
        """Its value, "" when it is not set."""
        return self._do(lambda: self._agi.get_variable(name.value))

    def set_variable(self, name: Variable, value: str) -> None:
        """Raises ValueError for a value with line ends or other control characters."""
        self._do(lambda: self._agi.set_variable(name.value, value))

    def user_event(self, event: UserEvent, **values: str) -> None:
        """Write it into the CEL database. One that Asterisk refuses costs a line there, not the call."""
        text = f"{event.value},{pairs(**values)}"
        try:
            self._do(lambda: self._agi.appexec("CELGenUserEvent", text))
        except AGIAppError as error:
            log.warning("call %s: user event %s was not written: %s", self.variables.uniqueid, event.value, error)

    def guard(self, seconds: float) -> None:
        """Have Asterisk take the call back (dialplan extension T) unless we are done or set a new guard by then."""
        limit = math.ceil(seconds)
        self._do(lambda: self._agi.set_variable("TIMEOUT(absolute)", limit))
        self._wire.patience = limit + PATIENCE_MARGIN_SECONDS

    def play(self, sounds: Sequence[str], keys: str = "") -> str:
        """Play one after the other; the first of `keys` that is pressed ends it and is returned, else "".

        A sound that Asterisk cannot play is passed over.
        """
        if not _KEYS.fullmatch(keys) or not all(_SOUND.fullmatch(sound) for sound in sounds):
            raise ValueError(f"sounds {sounds!r} and keys were expected in Asterisk's form")
        for sound in sounds:
            try:
                key = self._do(partial(self._agi.stream_file, sound, keys))
            except AGIAppError:
                if "endpos=0" not in self._agi.answer:
                    raise CallerGone("hung up in a prompt") from None
                log.warning("call %s: sound %s was not played", self.variables.uniqueid, sound)
                continue
            if key:
                return key
        return ""

    def wait_key(self, seconds: float) -> str:
        """The key pressed within so many seconds, else ""."""
        try:
            return self._do(lambda: self._agi.wait_for_digit(int(seconds * 1000)))
        except AGIAppError:
            # Asterisk waits for a key unless the channel is gone.
            raise CallerGone("hung up while a key was awaited") from None

    def _do(self, command: Callable[[], T]) -> T:
        try:
            return command()
        except AGIHangup as error:
            raise CallerGone(str(error)) from None
        except AGIAppError:
            raise
        except AGIException as error:
            raise PeerFault(f"{type(error).__name__}: {error}") from None
        except OSError as error:
            raise CallerGone(f"the connection broke: {error}") from None
