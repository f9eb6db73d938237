"""What the simulation's database holds before the first call."""

from __future__ import annotations

from hotline.bootstrap import Hotline
from hotline.discovery import gathered
from hotline.domain.numbers import normalise
from hotline.domain.people import Actor
from hotline.services.demo import Demo, SimulatedSite, Stage
from hotline.simulate.cast import SCENARIOS


def write_demo(hotline: Hotline) -> None:
    """What features tell of. Safe to repeat."""
    callers = [normalise(scenario.number) for scenario in SCENARIOS]
    by = Actor("simulation", (), "simulation")
    site = SimulatedSite(hotline.in_force, hotline.home)
    stage = Stage(hotline.storage, hotline.settings, callers, by, site)
    for feature in gathered("hotline.services", "demo", "DEMO", Demo):
        feature.write(stage, hotline.clock())
