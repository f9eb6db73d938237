"""asterisk-ami, as far as hotline/asterisk/ami builds on it."""

from collections.abc import Callable, Mapping
from socket import socket
from threading import Event as _Flag
from threading import Thread

class Action:
    name: str
    keys: dict[str, object]
    variables: dict[str, object]
    def __init__(
        self, name: str, keys: Mapping[str, object] | None = None, variables: Mapping[str, object] | None = None
    ) -> None: ...

class SimpleAction(Action):
    def __init__(self, name: str, **kwargs: object) -> None: ...

class Response:
    status: str
    keys: dict[str, str]
    follows: list[str]
    def is_error(self) -> bool: ...

class Event:
    name: str
    keys: dict[str, str]

class AMIClient:
    # None until it connects; whoever asks sooner asks too soon.
    _socket: socket
    _thread: Thread
    finished: _Flag | None

    def __init__(
        self,
        address: str = "127.0.0.1",
        port: int = 5038,
        encoding: str = "utf-8",
        timeout: float | None = 3,
        buffer_size: int = 1024,
    ) -> None: ...
    def connect(self) -> None: ...
    def disconnect(self) -> None: ...
    def listen(self) -> None: ...
    def login(self, username: str, secret: str, callback: Callable[[Response], object] | None = None) -> object: ...
    def send_action(self, action: Action, callback: Callable[[Response], object] | None = None) -> object: ...
    def send(self, pack: Action) -> None: ...
    def fire_recv_reponse(self, response: Response) -> None: ...
    def add_listener(self, listener: object = None, **kwargs: Callable[..., object]) -> object: ...
    def add_event_listener(self, on_event: Callable[..., object] | None = None, **kwargs: object) -> object: ...
    def _fire_on_response(self, *, response: Response) -> None: ...
    def _decode_pack(self, pack: bytes) -> str: ...
