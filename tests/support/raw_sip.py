"""A caller who sends whatever headers a carrier might, over plain UDP; hears the first sound, says nothing."""

from __future__ import annotations

import re
import socket
import uuid
from collections.abc import Callable, Sequence

_SDP = """v=0
o=carrier 1 1 IN IP4 {host}
s=-
c=IN IP4 {host}
t=0 0
m=audio {port} RTP/AVP 8
a=rtpmap:8 PCMA/8000
"""
_PATIENCE_SECONDS = 60


def call(
    host: str, pbx: tuple[str, int], dialled: str, sender: str, headers: Sequence[str] = (), *, hang_up: bool
) -> int:
    """Call; the final status. `sender` is the From header without its tag. `hang_up`: as soon as anything is heard;
    else our side has to."""
    with (
        socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as signals,
        socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sound,
    ):
        for each in (signals, sound):
            each.bind((host, 0))
            each.settimeout(_PATIENCE_SECONDS)
        caller = _Caller(signals, sound, pbx, dialled, sender)
        status = caller.invite(headers)
        if status == 200:
            caller.hang_up() if hang_up else caller.be_hung_up()
        return status


class _Caller:
    def __init__(
        self, signals: socket.socket, sound: socket.socket, pbx: tuple[str, int], dialled: str, sender: str
    ) -> None:
        self._signals, self._sound, self._pbx = signals, sound, pbx
        self._host, self._port = signals.getsockname()
        self._target = f"sip:{dialled}@{pbx[0]}:{pbx[1]}"
        self._call, self._sender = uuid.uuid4().hex, f"{sender};tag={uuid.uuid4().hex[:8]}"
        self._to = f"To: <{self._target}>"

    def invite(self, headers: Sequence[str]) -> int:
        body = _SDP.format(host=self._host, port=self._sound.getsockname()[1]).replace("\n", "\r\n")
        self._send("INVITE 1", [*headers, "Content-Type: application/sdp"], body)
        answer = self._await(lambda text: re.match(r"SIP/2\.0 [2-6]", text) is not None)
        self._to = next(line for line in answer.split("\r\n") if line.lower().startswith("to:"))
        self._send("ACK 1")
        return int(answer.split()[1])

    def hang_up(self) -> None:
        self._sound.recv(2048)
        self._send("BYE 2")
        self._await(lambda text: text.startswith("SIP/2.0 200") and "BYE" in text)

    def be_hung_up(self) -> None:
        bye = self._await(lambda text: text.startswith("BYE"))
        kept = [line for line in bye.split("\r\n") if re.match(r"(via|from|to|call-id|cseq):", line, re.IGNORECASE)]
        self._raw("\r\n".join(["SIP/2.0 200 OK", *kept, "Content-Length: 0", "", ""]))

    def _send(self, method: str, headers: Sequence[str] = (), body: str = "") -> None:
        word, _, number = method.partition(" ")
        self._raw(
            "\r\n".join(
                [
                    f"{word} {self._target} SIP/2.0",
                    f"Via: SIP/2.0/UDP {self._host}:{self._port};branch=z9hG4bK{uuid.uuid4().hex[:12]}",
                    f"From: {self._sender}",
                    self._to,
                    f"Call-ID: {self._call}",
                    f"CSeq: {number} {word}",
                    "Max-Forwards: 70",
                    f"Contact: <sip:carrier@{self._host}:{self._port}>",
                    *headers,
                    f"Content-Length: {len(body)}",
                    "",
                    body,
                ]
            )
        )

    def _raw(self, text: str) -> None:
        self._signals.sendto(text.encode(), self._pbx)

    def _await(self, wanted: Callable[[str], bool]) -> str:
        while True:
            text = self._signals.recv(65_535).decode("utf-8", "replace")
            if wanted(text):
                return text
