"""pyst2's AGI, made safe for sockets, threads and callers who hang up.

Protocol: Asterisk res_agi. Each command is answered by one line "200 result=…", by "510", "511" (dead channel) or
"520" (usage, several lines); "HANGUP" may stand on a line of its own at any moment; "100" lines announce an answer.
"""

from __future__ import annotations

import re

from asterisk.agi import (
    AGI,
    AGIAppError,
    AGIHangup,
    AGIInvalidCommand,
    AGIResultHangup,
    AGIUnknownError,
    AGIUsageError,
    re_kv,
)

from ivr.errors import PeerFault
from ivr.wire import Wire

#: Asterisk sends about 25 variables, and one for each argument.
MAX_VARIABLES = 200
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_ANSWER = re.compile(r"\d{3}(?=[ -]|$)")


class _Nowhere:
    """pyst2 writes each line it sees to stderr: callers' numbers and keys, and half again as much CPU."""

    def write(self, text: str) -> int:
        return len(text)


class SocketAgi(AGI):
    """Raises pyst2's AGIException tree, PeerFault, and OSError of the socket."""

    def __init__(self, wire: Wire) -> None:
        # Not AGI.__init__: it sets a signal handler, which a thread may not.
        self.stdin = wire
        self.stdout = wire
        self.stderr = _Nowhere()
        self.env: dict[str, str] = {}
        self._got_sighup = False
        #: The last command's answer as it came; pyst2 keeps of a failed one only that it failed.
        self.answer = ""
        self._get_agi_env()

    def _get_agi_env(self) -> None:
        line = ""
        for _ in range(MAX_VARIABLES):
            line = self.stdin.readline()
            name, colon, value = line.strip().partition(":")
            if not name:
                break
            if not colon or not name.startswith("agi_"):
                raise PeerFault("the peer does not speak AGI")
            self.env[name] = value.strip()
        if not line.endswith("\n") or line.strip() or not self.env:
            raise PeerFault("the peer does not speak AGI")

    def _quote(self, string: object) -> str:
        """One argument as res_agi's parse_args reads it back. Raises ValueError for what would end the command."""
        text = str(string)
        if _CONTROL.search(text):
            raise ValueError("a control character cannot be part of an AGI command")
        return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'

    def get_result(self, stdin: object = None) -> dict[str, tuple[str, str]]:
        """pyst2's own, without the pretty-printing of each answer that takes half of its time."""
        answer = self._answer()
        if answer.startswith("510"):
            raise AGIInvalidCommand(answer)
        if not answer.startswith("200"):
            raise AGIUnknownError(answer)
        found = {key: (value, data) for key, value, data in re_kv.findall(answer)}
        if any(data == "hangup" for _value, data in found.values()):
            raise AGIResultHangup("the caller hung up while it was done")
        if found.get("result", ("", ""))[0] == "-1":
            raise AGIAppError("it failed, or the caller hung up")
        return {"result": ("", ""), **found}

    def _answer(self) -> str:
        """The next answer's line; HANGUP lines between answers are noted and no answer themselves."""
        while True:
            line = self.stdin.readline()
            if not line:
                raise AGIHangup("Asterisk closed the connection")
            if line.strip() == "HANGUP":
                self._got_sighup = True
                continue
            code = _ANSWER.match(line)
            if code is None:
                raise PeerFault("an answer that is not AGI came")
            if code.group().startswith("1"):
                continue
            return self._whole(line)

    def _whole(self, line: str) -> str:
        self.answer = line.strip()
        if line.startswith("511"):
            raise AGIHangup("the channel is dead")
        if line.startswith("520-"):
            for _ in range(MAX_VARIABLES):
                if self.stdin.readline().startswith(("520 ", "520\n")):
                    break
        if line.startswith("520"):
            raise AGIUsageError(self.answer)
        return self.answer
