"""The phones of the call tests: a real SIPp is sent what a call of the test before may still send."""

from __future__ import annotations

import re
import socket
from pathlib import Path

import pytest

from tests.support import sipp

REQUEST = (
    "{method} sip:1001@127.0.0.1:{port} SIP/2.0\r\nVia: SIP/2.0/UDP 127.0.0.1:{own};branch=z9hG4bK{call}{method}\r\n"
    "From: <sip:pbx@127.0.0.1>;tag=a\r\nTo: <sip:1001@127.0.0.1>{tag}\r\nCall-ID: {call}\r\nCSeq: 7 {cseq}\r\n"
    "Contact: <sip:pbx@127.0.0.1:{own}>\r\nMax-Forwards: 70\r\nContent-Length: 0\r\n\r\n"
)


class Exchange:
    """Asterisk's end of the phone's wire."""

    def __init__(self, wire: socket.socket, port: int) -> None:
        self.wire, self.port, self.own = wire, port, wire.getsockname()[1]
        wire.settimeout(10)

    def send(self, method: str, call: str, cseq: str = "", tag: str = "") -> None:
        text = REQUEST.format(method=method, port=self.port, own=self.own, call=call, cseq=cseq or method, tag=tag)
        self.wire.sendto(text.encode(), ("127.0.0.1", self.port))

    def answer(self) -> str:
        return self.wire.recv(4096).decode()

    def status(self, method: str, call: str) -> str:
        self.send(method, call)
        return self.answer().splitlines()[0]


def free_port() -> int:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.mark.parametrize("once", [True, False])
def test_the_end_of_an_earlier_call_is_no_call_and_no_error(tmp_path: Path, once: bool) -> None:
    scenario = sipp.called(tmp_path, {"": ["busy"]}, once=once)
    port = free_port()
    phone = sipp.start("1001", tmp_path, scenario, local=f"127.0.0.1:{port}", media_port=free_port())
    try:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as wire:
            wire.bind(("127.0.0.1", 0))
            pbx = Exchange(wire, port)
            assert pbx.status("BYE", "of-the-test-before") == "SIP/2.0 481 Call/Transaction Does Not Exist"
            pbx.send("INVITE", "own")
            answer = pbx.answer()
            assert answer.startswith("SIP/2.0 486 Busy Here")
            pbx.send("ACK", "own", tag=(re.search(r"^To: [^;]*(;tag=\S+)", answer, re.MULTILINE) or ["", ""])[1])
            if once:
                assert phone.wait(10) == 0
            else:
                assert pbx.status("BYE", "of-another") == "SIP/2.0 481 Call/Transaction Does Not Exist"
                assert phone.process.poll() is None
    finally:
        phone.stop()
    assert phone.errors == ""
