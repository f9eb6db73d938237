"""What is said of the simulated calls."""

from __future__ import annotations

from hotline.web.kit.refusals.marking import msgid as _

WORDS = {
    "simulation.abandoned": _("gives up in the queue"),
    "simulation.after_hours": _("after hours, duty mobile"),
    "simulation.answered": _("answered after the menu, and rated"),
    "simulation.busy": _("is called back, busy"),
    "simulation.caller": _("caller"),
    "simulation.calls_back": _("calls the number shown"),
    "simulation.declared": _("simulated calls"),
    "simulation.fine": _(
        "All as it should be. The calls stand at %(web)s; on the command line:\n"
        "  HOTLINE_HOME=%(home)s scripts/hotline calls"
    ),
    "simulation.not_fine": _("Not everything came as it should; %(folder)s may say why."),
    "simulation.not_yet": _("not yet"),
    "simulation.outcome": _("outcome"),
    "simulation.played": _("what is played"),
    "simulation.reached": _("is called back, answers"),
    "simulation.recording": _("recording"),
    "simulation.taken_by": _("taken by"),
    "simulation.talk": _("talk"),
    "simulation.title": _("Simulated calls, as the ledger has them"),
    "simulation.voicemail": _("leaves a voicemail"),
}
