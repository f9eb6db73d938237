"""A stand-in for Asterisk at the other end of an AGI connection: sends variables, answers commands by a script."""

from __future__ import annotations

import re
import socket
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

VARIABLES = {
    "agi_network": "yes",
    "agi_network_script": "call",
    "agi_request": "agi://127.0.0.1/call",
    "agi_channel": "PJSIP/trunk-00000001",
    "agi_language": "zh",
    "agi_uniqueid": "node1-1700000000.1",
    "agi_callerid": "13800138000",
    "agi_calleridname": 'A: "quoted" 客户',
    "agi_dnid": "4001234567",
}

#: What Asterisk 22 says to each command when all is well and nobody presses anything.
QUIET = {
    r"GET VARIABLE \"HL_LINE\"": "200 result=1 (main)",
    r"GET VARIABLE \"HL_WITHHELD\"": "200 result=1 (0)",
    r"GET VARIABLE": "200 result=0",
    r"SET VARIABLE": "200 result=1",
    r"EXEC": "200 result=0",
    r"STREAM FILE": "200 result=0 endpos=16000",
    r"WAIT FOR DIGIT": "200 result=0",
}


def header(**changed: str) -> bytes:
    lines = (f"{name}: {value}\n" for name, value in {**VARIABLES, **changed}.items())
    return ("".join(lines) + "\n").encode()


class FakeAsterisk(threading.Thread):
    """Answers each command by the first pattern that fits; a list of answers is used up, its last one stays.

    An answer is sent as it stands (with a line end); None closes the connection.
    """

    def __init__(self, connection: socket.socket, answers: Mapping[str, Any], **changed: str) -> None:
        super().__init__(daemon=True)
        self.commands: list[str] = []
        self._connection = connection
        script = {**answers, **{pattern: answer for pattern, answer in QUIET.items() if pattern not in answers}}
        self._answers = {p: list(a) if isinstance(a, list) else [a] for p, a in script.items()}
        self._changed = changed

    def run(self) -> None:
        with self._connection, self._connection.makefile("rb") as lines:
            self._connection.sendall(header(**self._changed))
            try:
                for line in lines:
                    command = line.decode().rstrip("\n")
                    self.commands.append(command)
                    answer = self._answer(command)
                    if answer is None:
                        return
                    self._connection.sendall(f"{answer}\n".encode())
            except ConnectionError:
                return

    def _answer(self, command: str) -> str | None:
        for pattern, answers in self._answers.items():
            if re.match(pattern, command):
                answer: str | None = answers.pop(0) if len(answers) > 1 else answers[0]
                return answer
        return "510 Invalid or unknown command"


@contextmanager
def connected(answers: Mapping[str, Any] | None = None, **changed: str) -> Iterator[tuple[socket.socket, FakeAsterisk]]:
    """Our end of a connection to a fake Asterisk, and the fake."""
    ours, theirs = socket.socketpair()
    peer = FakeAsterisk(theirs, answers or {}, **changed)
    peer.start()
    with ours:
        yield ours, peer
    peer.join(5)
    assert not peer.is_alive()
