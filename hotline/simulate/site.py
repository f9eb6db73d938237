"""The simulated site: its home, and the settings it needs besides the defaults."""

from __future__ import annotations

from pathlib import Path

from hotline.settings import Home, Settings
from hotline.supervisor.ports import WantedPort

#: Loopback addresses of the simulated carrier, of the operator's phone, and of the customers who are called back. They
#: differ because a trunk is recognised by its address, and a phone that came from there would be taken for the carrier.
CARRIER_HOST = "127.0.0.2"
PHONE_HOST = "127.0.0.3"
CUSTOMERS_HOST = "127.0.0.4"

OPERATOR = "1001"
#: What customers see who are called back.
SHOWN = "01088886666"
MOBILE = "13800000001"

OVERLAY = """\
# Written by `hotline up --simulate` at every start: changes made here are lost.

[trunk]
host = "{carrier}"
port = {port}

[web]
public_url = "http://{web}"

[callback_trunk]
host = "{customers}"
port = {port}
number = "{shown}"
# The simulated carrier begins after our Asterisk: asked too early, it would count as unreachable for half a minute.
qualify_seconds = 0

[dialling]
hours = ["00:00-24:00"]
holiday_hours = ["00:00-24:00"]
same_number_a_day = 100

[satisfaction]
after_call = true
low_opens = "case"

[operators.{operator}]
name = "赵敏"

[queues.service]
name = "客户服务"
members = ["{operator}"]

[duty]
always = [{{ person = "李四", number = "{mobile}" }}]
"""


def simulation_home(home: Home) -> Home:
    """The simulation's own home below the site's."""
    return Home(home.root / "simulation")


def write_overlay(home: Home, sip_port: int, http_port: int) -> Path:
    """The settings file of the simulation's home. The carrier uses the hotline's own port number on its own
    address, so that simulations side by side keep apart by their ports alone. Links for people without an account lead
    to this machine."""
    home.root.mkdir(parents=True, exist_ok=True)
    home.settings_file.write_text(
        OVERLAY.format(
            carrier=CARRIER_HOST,
            web=f"127.0.0.1:{http_port}",
            customers=CUSTOMERS_HOST,
            port=sip_port,
            shown=SHOWN,
            operator=OPERATOR,
            mobile=MOBILE,
        ),
        "utf-8",
    )
    return home.settings_file


def carrier_ports(settings: Settings) -> list[WantedPort]:
    """What the carrier, the phone and the customers listen on."""
    return [
        WantedPort("listen.sip_port", "HOTLINE_SIP_PORT", host, settings.trunk.port, udp=True)
        for host in (CARRIER_HOST, PHONE_HOST, CUSTOMERS_HOST)
    ]


def carrier_rtp_range(settings: Settings) -> tuple[int, int]:
    """UDP ports for the sound of the simulated parties: after the hotline's range, or before it."""
    listen, wanted = settings.listen, 200
    if listen.rtp_end + wanted < 65535:
        return listen.rtp_end + 2, listen.rtp_end + wanted
    return listen.rtp_start - wanted, listen.rtp_start - 2
