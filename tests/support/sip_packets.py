"""SIP requests written by hand, byte by byte, and what comes back: for what no well-behaved phone would send."""

from __future__ import annotations

import base64
import contextlib
import hashlib
import os
import re
import socket
import ssl
import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from uuid import uuid4

SDP = (
    "v=0\r\no=- 1 1 IN IP4 {host}\r\ns=-\r\nc=IN IP4 {host}\r\nt=0 0\r\nm=audio 30000 RTP/AVP {formats}\r\n"
    "a=rtpmap:8 PCMA/8000\r\n"
)


@dataclass(frozen=True)
class Answer:
    status: int
    text: str

    def header(self, name: str) -> str:
        found = re.search(rf"^{name}:\s*(.*?)\r$", self.text, re.MULTILINE | re.IGNORECASE)
        return found[1] if found else ""


@dataclass
class Visitor:
    """Somebody at `source` who talks SIP to `server`. `transport`: udp, tcp, tls, ws (at `path`)."""

    server: tuple[str, int]
    source: str
    transport: str = "udp"
    patience: float = 5.0
    srtp: bool = False
    path: str = "/ws"
    _call_id: str = field(default_factory=lambda: uuid4().hex)

    def ask(
        self,
        method: str,
        from_user: str,
        to_user: str,
        *,
        password: str = "",
        account: str = "",
        headers: Mapping[str, str] | None = None,
        uri: str = "",
        formats: str = "8",
    ) -> Answer | None:
        """The final answer; None when none came. With a password a challenge is answered, as `account` (default: the
        user of From)."""
        with self._link() as link:
            answer = link.ask(self._request(method, from_user, to_user, uri, headers or {}, formats, link, 1))
            if answer is None or answer.status != 401 or not password:
                return answer
            link.acknowledge(method, answer)
            told = {
                **(headers or {}),
                "Authorization": credentials(answer, method, uri or self._uri(to_user), account or from_user, password),
            }
            answer = link.ask(self._request(method, from_user, to_user, uri, told, formats, link, 2))
            if answer is not None and method == "INVITE" and answer.status < 300:
                link.end(answer, self._uri(to_user))
            return answer

    @contextlib.contextmanager
    def call(self, from_user: str, to_user: str, headers: Mapping[str, str] | None = None) -> Iterator[Dialog]:
        """A call without a password, open for as long as the block lasts."""
        with self._link() as link:
            uri = self._uri(to_user)
            answer = link.ask(self._request("INVITE", from_user, to_user, "", headers or {}, "8", link, 1))
            assert answer is not None and answer.status == 200, answer
            link.acknowledge("INVITE", answer, uri)
            dialog = Dialog(link, answer, uri)
            try:
                yield dialog
            finally:
                dialog.ask("BYE")

    def _uri(self, user: str) -> str:
        return f"sip:{user}{'@' if user else ''}{self.server[0]}:{self.server[1]}"

    def _request(
        self,
        method: str,
        from_user: str,
        to_user: str,
        uri: str,
        headers: Mapping[str, str],
        formats: str,
        link: Link,
        cseq: int,
    ) -> str:
        target = uri or (f"sip:{self.server[0]}:{self.server[1]}" if method == "REGISTER" else self._uri(to_user))
        body = self._offer(formats) if method == "INVITE" else ""
        lines = [
            f"{method} {target} SIP/2.0",
            f"Via: SIP/2.0/{self.transport.upper()} {link.here};rport;branch=z9hG4bK{uuid4().hex}",
            f"From: <sip:{from_user}@{self.server[0]}>;tag={uuid4().hex[:8]}"
            if from_user
            else f"From: <sip:{self.server[0]}>;tag={uuid4().hex[:8]}",
            f"To: <sip:{to_user}{'@' if to_user else ''}{self.server[0]}>",
            f"Call-ID: {self._call_id}-{cseq}",
            f"CSeq: {cseq} {method}",
            "Max-Forwards: 70",
            f"Contact: <sip:x@{link.here};transport={self.transport}>",
            *(f"{name}: {value}" for name, value in headers.items()),
            *(["Content-Type: application/sdp"] if body else []),
            f"Content-Length: {len(body)}",
            "",
            body,
        ]
        return "\r\n".join(lines)

    def _offer(self, formats: str) -> str:
        plain = SDP.format(host=self.source, formats=formats)
        if not self.srtp:
            return plain
        key = base64.b64encode(os.urandom(30)).decode()
        return plain.replace("RTP/AVP", "RTP/SAVP") + f"a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:{key}\r\n"

    @contextlib.contextmanager
    def _link(self) -> Iterator[Link]:
        kind = socket.SOCK_DGRAM if self.transport == "udp" else socket.SOCK_STREAM
        with contextlib.closing(socket.socket(socket.AF_INET, kind)) as plain:
            plain.bind((self.source, 0))
            plain.settimeout(self.patience)
            plain.connect(self.server)
            if self.transport == "tls":
                context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
                context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
                with context.wrap_socket(plain) as secure:
                    yield Link(secure, self.transport)
            else:
                if self.transport == "ws":
                    open_websocket(plain, self.server, self.path)
                yield Link(plain, self.transport)


@dataclass(frozen=True)
class Dialog:
    link: Link
    answer: Answer
    uri: str

    def ask(self, method: str, headers: Mapping[str, str] | None = None) -> Answer | None:
        return self.link.within(method, self.answer, self.uri, headers or {})


class Link:
    """A connection, or what stands for one with UDP."""

    def __init__(self, plain: socket.socket, transport: str) -> None:
        self._socket, self._transport = plain, transport
        self.here = "{}:{}".format(*plain.getsockname())
        self._rest = b""
        self._sent = ""
        self._later = 0

    def ask(self, request: str) -> Answer | None:
        self._sent = request
        self.send(request)
        with contextlib.suppress(TimeoutError):
            while (text := self._message()) is not None:
                found = re.match(r"SIP/2\.0 (\d{3})", text)
                if found and int(found[1]) >= 200:
                    return Answer(int(found[1]), text)
        return None

    def send(self, request: str) -> None:
        data = request.encode()
        self._socket.sendall(frame(data) if self._transport == "ws" else data)

    def acknowledge(self, method: str, answer: Answer, uri: str = "") -> None:
        """A refused or accepted INVITE is acknowledged."""
        if method == "INVITE":
            self.send(self._follow_up("ACK", answer, uri, new_branch=bool(uri)))

    def end(self, answer: Answer, uri: str) -> None:
        self.acknowledge("INVITE", answer, uri)
        self.send(self._follow_up("BYE", answer, uri, new_branch=True))

    def within(self, method: str, answer: Answer, uri: str, headers: Mapping[str, str]) -> Answer | None:
        """A further request of the dialog that `answer` opened."""
        sent = self._sent
        request = self._follow_up(method, answer, uri, new_branch=True)
        told = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
        found = self.ask(request.replace("Max-Forwards", f"{told}Max-Forwards", 1))
        self._sent = sent
        return found

    def _follow_up(self, method: str, answer: Answer, uri: str, new_branch: bool) -> str:
        kept = {
            name: line
            for line in self._sent.split("\r\n\r\n")[0].split("\r\n")[1:]
            for name in [line.partition(":")[0]]
        }
        target = uri or self._sent.split(" ")[1]
        if method != "ACK":
            self._later += 1
        cseq = int(kept["CSeq"].split()[1]) + (self._later if method != "ACK" else 0)
        via = re.sub(r"branch=\S+", f"branch=z9hG4bK{uuid4().hex}", kept["Via"]) if new_branch else kept["Via"]
        return "\r\n".join(
            [
                f"{method} {target} SIP/2.0",
                via,
                kept["From"],
                f"To: {answer.header('To')}",
                kept["Call-ID"],
                f"CSeq: {cseq} {method}",
                "Max-Forwards: 70",
                "Content-Length: 0",
                "",
                "",
            ]
        )

    def _message(self) -> str | None:
        while True:
            if self._transport == "udp":
                return self._socket.recv(65535).decode("utf-8", "replace")
            if self._transport == "ws":
                return read_frame(self._socket).decode("utf-8", "replace")
            head, found, _body = self._rest.partition(b"\r\n\r\n")
            if found:
                length = re.search(rb"Content-Length:\s*(\d+)", head, re.IGNORECASE)
                end = len(head) + 4 + (int(length[1]) if length else 0)
                if len(self._rest) >= end:
                    whole, self._rest = self._rest[:end], self._rest[end:]
                    return whole.decode("utf-8", "replace")
            data = self._socket.recv(65535)
            if not data:
                return None
            self._rest += data


def credentials(challenge: Answer, method: str, uri: str, user: str, password: str) -> str:
    """The answer to a digest challenge (RFC 2617)."""
    told = dict(re.findall(r'(\w+)="?([^",]+)"?', challenge.header("WWW-Authenticate").partition(" ")[2]))

    def md5(text: str) -> str:
        return hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()

    secret, asked = md5(f"{user}:{told['realm']}:{password}"), md5(f"{method}:{uri}")
    parts = {"username": user, "realm": told["realm"], "nonce": told["nonce"], "uri": uri}
    if told.get("qop"):
        answer = md5(f"{secret}:{told['nonce']}:00000001:abcd:auth:{asked}")
        extra = ', qop=auth, nc=00000001, cnonce="abcd"'
    else:
        answer, extra = md5(f"{secret}:{told['nonce']}:{asked}"), ""
    if "opaque" in told:
        parts["opaque"] = told["opaque"]
    parts["response"] = answer
    return "Digest " + ", ".join(f'{name}="{value}"' for name, value in parts.items()) + ", algorithm=MD5" + extra


def open_websocket(plain: socket.socket, server: tuple[str, int], path: str) -> None:
    key = base64.b64encode(os.urandom(16)).decode()
    wanted = {
        "Host": f"{server[0]}:{server[1]}",
        "Upgrade": "websocket",
        "Connection": "Upgrade",
        "Sec-WebSocket-Key": key,
        "Sec-WebSocket-Version": "13",
        "Sec-WebSocket-Protocol": "sip",
    }
    told = "".join(f"{name}: {value}\r\n" for name, value in wanted.items())
    plain.sendall(f"GET {path} HTTP/1.1\r\n{told}\r\n".encode())
    said = b""
    while b"\r\n\r\n" not in said:
        said += plain.recv(1)
    assert b" 101 " in said.split(b"\r\n")[0], said


def frame(data: bytes) -> bytes:
    """A text frame, masked as a client's must be."""
    mask = os.urandom(4)
    size = struct.pack("!BBH", 0x81, 0x80 | 126, len(data))
    return size + mask + bytes(byte ^ mask[place % 4] for place, byte in enumerate(data))


def read_frame(plain: socket.socket) -> bytes:
    def exactly(count: int) -> bytes:
        data = b""
        while len(data) < count:
            data += plain.recv(count - len(data)) or _closed()
        return data

    _kind, size = exactly(2)
    length = size & 0x7F
    if length == 126:
        length = int(struct.unpack("!H", exactly(2))[0])
    return exactly(length)


def _closed() -> bytes:
    raise TimeoutError("the connection was closed")
