"""A rig with a callback trunk, and what dials over it need."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from hotline.domain.calls.call import Call
from hotline.domain.dialling.dial import Dial, Wish
from hotline.domain.numbers import Number
from hotline.domain.operators.presence import ShownState, shown_state
from hotline.domain.people import Actor, Role
from hotline.domain.time import system_clock
from hotline.services.dialling.dialling import dial
from hotline.settings import Home
from hotline.storage.calls.store import CallStore
from hotline.storage.dialling.store import DialStore
from hotline.storage.operators.store import PresenceStore
from tests.support import sipp
from tests.support.rig import PHONES, Rig, wait_until
from tests.support.tones import tone, write_wav

#: Where the callback trunk's carrier is, and the number that it shows.
CALLBACK_CARRIER = "127.0.0.4"
SHOWN = "01088886666"
CUSTOMER = "13912345678"

#: The notice's pitch and seconds (G1).
NOTICE_PITCH, NOTICE_SECONDS = 2900, 1.5

CALLBACK_TRUNK = """
[callback_trunk]
host = "{host}"
port = {port}
number = "{number}"
qualify_seconds = 0
phone_ring_seconds = 5
max_channels = 1
ring_seconds = 10
[console]
wrap_up_seconds = 3
# The same operator dials the same number again and again, at any hour.
[dialling]
hours = ["00:00-24:00"]
holiday_hours = ["00:00-24:00"]
a_minute = 1000
an_hour = 1000
at_once = 100
same_number_a_day = 100
"""

#: Of a pause that ends at once.
_SIGNED_IN = "signed-in"

ZHAO = Actor("zhao", (Role.OPERATOR,), "赵敏", extension="1001")
QIAN = Actor("qian", (Role.OPERATOR,), "钱伟", extension="1002")


def short_notice(home: Home) -> None:
    """A tone in place of the notice (G1), which can be told from all else in a recording."""
    folder = home.site_greetings / "zh"
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("dialled-notice", "dialled-notice-main"):
        write_wav(folder / f"{name}.wav", tone(NOTICE_PITCH, NOTICE_SECONDS))


class DiallingRig(Rig):
    """Its customers stand behind the callback trunk."""

    def __init__(self, root: Path, extra: str = "") -> None:
        super().__init__(root)
        settings = CALLBACK_TRUNK.format(host=CALLBACK_CARRIER, port=self.base + 75, number=SHOWN)
        with self.home.settings_file.open("a", encoding="utf-8") as file:
            file.write(settings + extra)

    def prepare(self) -> None:
        short_notice(self.home)
        super().prepare()

    def customer(self, steps: Sequence[str], number: str = CUSTOMER) -> sipp.Phone:
        return self.phone("customer", {number: steps}, self.base + 75, CALLBACK_CARRIER)

    def operator(self, steps: Sequence[str], extension: str = "1001") -> sipp.Phone:
        return self.phone(extension, {"": steps}, self.base + 80 + int(extension[-1]), PHONES)

    def ready(self, *extensions: str) -> None:
        """Signed in, and known as ready to the listener: when it has written down a pause that follows, the row is none
        of before."""
        self.sign_in(extensions)
        for reason, state in ((_SIGNED_IN, ShownState.PAUSED), ("", ShownState.READY)):
            for extension in extensions:
                self.pbx.queue_pause(extension, bool(reason), reason)
            for extension in extensions:
                wait_until(partial(self._shows, extension, state, reason), f"{extension} to be {state}")

    def _shows(self, extension: str, state: ShownState, reason: str) -> bool:
        with self.hotline.storage.reading() as tx:
            presence = PresenceStore(tx).get(extension)
        return presence is not None and (shown_state(presence), presence.reason) == (state, reason)

    def state(self, extension: str) -> ShownState:
        with self.hotline.storage.reading() as tx:
            presence = PresenceStore(tx).get(extension)
        return shown_state(presence) if presence else ShownState.OFFLINE

    def dial(self, actor: Actor = ZHAO, number: str = CUSTOMER, object_id: int = 0) -> Dial:
        wish = Wish("", object_id, Number(f"+86{number}"), "main", "回拨", customer_named_time=True)
        return dial(self.hotline.storage, self.hotline.settings, self.pbx, actor, wish, system_clock())

    def ended(self, begun: Dial, seconds: float = 30) -> tuple[Dial, Call | None]:
        """The dial and its call, once it is settled."""

        def settled() -> Dial | None:
            with self.hotline.storage.reading() as tx:
                now = DialStore(tx).by_id(begun.id or 0)
            return now if now and now.outcome else None

        over = wait_until(settled, "the dial to be settled", seconds)
        assert over is not None
        return over, self.call_of(begun)

    def call_of(self, begun: Dial) -> Call | None:
        with self.hotline.storage.reading() as tx:
            return CallStore(tx).get(begun.node, begun.linkedid)

    def sound(self, begun: Dial) -> Path:
        return self.home.incoming / f"{begun.linkedid}.raw"
