"""What operators do who consult and pass on, as the console does it, step by step: each step waits until it is its
turn."""

from __future__ import annotations

import contextlib
import time
from threading import Thread
from typing import Literal

from hotline.domain.calls.ledger import StoredCall
from hotline.domain.errors import NotFound, Refused
from hotline.domain.operators.presence import ShownState, TransferOrder
from hotline.domain.time import system_clock
from hotline.services.operators import presence, transfers
from hotline.services.operators.presence import OperatorView
from hotline.services.operators.transfers import TransferTarget
from hotline.storage.calls.store import CallStore
from hotline.storage.operators.store import TransferStore
from tests.support.actions import Actions
from tests.support.rig import Rig, wait_until
from tests.support.sipp import Phone


class Consulting:
    """`do("1001 asks 1002")`: who does what. See the methods."""

    def __init__(self, rig: Rig) -> None:
        self.rig, self.hotline = rig, rig.hotline
        self.actions = Actions(rig)
        self.order = 0
        self.linkedid = ""
        self.caller: Phone
        self.beside: Thread | None = None

    def do(self, words: str) -> None:
        who, verb, *rest = words.split()
        getattr(self, verb)(who, *rest)

    # ---- waiting
    def talks(self, extension: str) -> None:
        """Until this phone is in a bridge."""
        wait_until(lambda: any(c.get("BridgeId") for c in self.legs(extension)), f"{extension} to talk", 15)

    def rings(self, extension: str) -> None:
        wait_until(
            lambda: any(c["ChannelStateDesc"] == "Ringing" for c in self.legs(extension)), f"{extension} to ring", 15
        )

    def is_free(self, extension: str) -> None:
        wait_until(lambda: not self.legs(extension), f"{extension} to have no leg", 15)

    def is_gone(self, _caller: str) -> None:
        wait_until(
            lambda: not any(c["Uniqueid"] == self.linkedid for c in self.rig.pbx.channels()),
            "the caller to be gone",
            15,
        )

    def settles(self, _order: str, state: str) -> None:
        wait_until(lambda: self.order_state() == state, f"the order to be {state}", 15)

    def waits(self, who: str, seconds: str) -> None:
        time.sleep(float(seconds))

    def shows(self, extension: str, state: str, name: str = "") -> None:
        """The pages show the operator so, busy with somebody of that name."""

        def shown() -> bool:
            view = self.view(extension)
            return view.state is ShownState(state) and view.busy_with == name

        try:
            wait_until(shown, f"{extension} to be shown {state} {name}", 5)
        except AssertionError as error:
            raise AssertionError(f"{error}: {self.view(extension)}") from None

    # ---- acting
    def leaves(self, _caller: str) -> None:
        self.caller.tell()

    def asks(self, extension: str, to: str) -> None:
        """Consult: an operator by the order that the console gives; dir<id>, whose number Asterisk alone is told."""
        self.talks(extension)
        self.linkedid = self.legs(extension)[0]["Linkedid"]
        if to.startswith("dir"):
            self.rig.pbx.database_put("hotline-directory", to.removeprefix("dir"), "13800000012")
            self.rig.pbx.attended_transfer(self.leg(extension), "*1", "hl-transfer", {"HL_CONSULT": to})
        else:
            self.order = self._pass_on(extension, to, "attended")

    def sends(self, extension: str, to: str) -> None:
        """Pass on without asking first."""
        self.talks(extension)
        self.linkedid = self.legs(extension)[0]["Linkedid"]
        self.order = self._pass_on(extension, to, "blind")

    def completes(self, extension: str) -> None:
        if self.order:
            transfers.complete(self.hotline.storage, self.rig.pbx, self.order, extension)
        else:
            self.rig.pbx.hang_up(self.leg(extension))

    def completes_if_there(self, extension: str) -> None:
        """In the moment in which the caller leaves: there may be no consultation any more."""
        with contextlib.suppress(NotFound, Refused):
            self.completes(extension)

    def completes_beside(self, extension: str) -> None:
        """While the next steps are done."""
        self.beside = Thread(target=self.completes_if_there, args=(extension,))
        self.beside.start()

    def ends(self, extension: str) -> None:
        """Hangs up at the console."""
        self.rig.pbx.hang_up(self.leg(extension))

    def takes_back(self, extension: str) -> None:
        if self.order:
            transfers.cancel(self.hotline.storage, self.rig.pbx, self.order, extension)
        else:
            self.rig.pbx.cancel_transfer(self.leg(extension))

    def signs_in(self, extension: str) -> None:
        """Beside those who are signed in; no longer paused."""
        self.rig.pbx.queue_pause(extension, False, "")
        self.rig.pbx.queue_add("service", extension, self.hotline.settings.operators[extension].name)

    def dies(self, extension: str) -> None:
        """The phone loses its power; its leg ends as one does that Asterisk takes for dead (cause 44)."""
        leg = self.leg(extension)
        phone = next(phone for phone in self.rig.phones if phone.name == extension)
        phone.process.kill()
        phone.process.wait()
        with self.rig.pbx._conversation() as conversation:  # the port knows no such cause
            conversation.ask("Hangup", {"Channel": leg, "Cause": "44"})

    def is_killed(self, process: str) -> None:
        self.rig.kill(process)

    def is_started(self, process: str) -> None:
        self.rig.restart(process)

    # ---- looking
    def view(self, extension: str) -> OperatorView:
        with self.hotline.storage.reading() as tx:
            return presence.operator_view(tx, self.hotline.settings, extension)

    def order_state(self) -> str:
        with self.hotline.storage.reading() as tx:
            order = TransferStore(tx).by_id(self.order)
        assert isinstance(order, TransferOrder)
        return str(order.state)

    def legs(self, extension: str) -> list[dict[str, str]]:
        """Of a phone of ours, or of the person "outside"."""
        name = "trunk" if extension == "outside" else extension
        found = [dict(c) for c in self.rig.pbx.channels() if c["Channel"].startswith(f"PJSIP/{name}-")]
        return [leg for leg in found if name == extension or leg["Uniqueid"] != leg["Linkedid"]]

    def leg(self, extension: str) -> str:
        legs = self.legs(extension)
        assert legs, f"{extension} is in no call"
        return legs[-1]["Channel"]

    def _pass_on(self, extension: str, to: str, kind: Literal["blind", "attended"]) -> int:
        return transfers.transfer(
            self.hotline.storage,
            self.hotline.settings,
            self.rig.pbx,
            self._stored(),
            extension,
            kind,
            TransferTarget("operator", to),
            True,
            "test",
            "test",
            system_clock(),
        )

    def _stored(self) -> StoredCall:
        """The caller's row, which the listener may write a moment later."""
        node = self.hotline.settings.site.node

        def row() -> StoredCall | None:
            with self.hotline.storage.reading() as tx:
                call_id = CallStore(tx).id_of(node, self.linkedid)
                return CallStore(tx).by_id(call_id) if call_id else None

        found = wait_until(row, "the call to stand in the ledger")
        assert isinstance(found, StoredCall)
        return found
