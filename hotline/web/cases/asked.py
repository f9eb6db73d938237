"""Which cases a list shows, of its address."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from flask import request

from hotline.domain.cases.case import CaseState, Channel
from hotline.domain.cases.severity import Severity
from hotline.services.cases.listing import AskedCases, CaseOrder, Which
from hotline.web.kit.query import clean, day_of, midnight

#: As the address says them; "all" is open ones and closed ones.
STATES = ("open", "closed", "all")


@dataclass(frozen=True)
class AskedList:
    """`args` leads back to it."""

    wanted: AskedCases
    args: dict[str, Any]


def asked_list(kind: str = "") -> AskedList:
    """What is none of what may be asked for is left out. `kind`: where none is asked for."""
    args = {name: clean(request.args.get(name, ""), 100) for name in _NAMES}
    args["kind"] = args["kind"][:32] or kind
    which = Which(args["which"]) if args["which"] in {each.value for each in Which} else Which.ALL
    state = args["state"] if args["state"] in STATES else "open"
    severity = args["severity"] if args["severity"] in {each.value for each in Severity} else ""
    channel = args["channel"] if args["channel"] in {each.value for each in Channel} else ""
    since, until = day_of(args["since"]), day_of(args["until"])
    wanted = AskedCases(
        which,
        state=None if state == "all" else CaseState(state),
        kind=args["kind"],
        stage=args["stage"][:32],
        severity=severity,
        channel=channel,
        owner=args["owner"],
        opened_since=midnight(since),
        opened_until=midnight(until + timedelta(days=1)) if until else None,
        text=args["q"],
        order=CaseOrder.NEWEST if args["order"] == "newest" else CaseOrder.DUE,
    )
    known = {"which": which.value, "state": state, "severity": severity, "channel": channel}
    said = {**args, **known, "since": since.isoformat() if since else "", "until": until.isoformat() if until else ""}
    return AskedList(wanted, {name: value for name, value in said.items() if value and value != _USUAL.get(name)})


_NAMES = ("which", "state", "kind", "stage", "severity", "channel", "owner", "since", "until", "q", "order")
_USUAL = {"which": "all", "state": "open"}
