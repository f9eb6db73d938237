"""What is said of the program itself: ports, prompts, what it needs."""

from __future__ import annotations

from hotline.web.kit.refusals.marking import msgid as _

WORDS = {
    "machine.agi_port": _("listen.agi_port: %(place)s cannot be listened on: %(why)s"),
    "machine.assets_missing": _(
        "The browser's files are missing, or older than their sources: run scripts/build-assets (scripts/run does)."
    ),
    "machine.broken": _("The program failed: %(why)s"),
    "machine.http_port": _(
        "The web server cannot listen on %(host)s port %(port)s: %(why)s. [listen] http_port in the settings, "
        "or HOTLINE_HTTP_PORT, chooses another."
    ),
    "machine.ivr_stopped": _("The IVR stopped accepting calls."),
    "machine.job_died": _("Its process ended while it ran."),
    "machine.job_failed": _("The job %(job)s failed; see the reason above."),
    "machine.job_fails": _("The job fails until this is mended: %(why)s"),
    "machine.job_wished": _("Somebody wants it to be run already; it begins within seconds."),
    "machine.ends_by_itself": _("This alert ends by itself once its cause is gone."),
    "machine.no_alert": _("No alert %(kind)s %(object)s is open any more."),
    "machine.no_job": _("There is no job %(job)s. There are: %(known)s."),
    "machine.no_simulation": _("No simulation runs: start one with scripts/run --simulate."),
    "machine.notice_address": _("Address %(place)s of [notices] urls is none that Apprise knows."),
    "machine.notice_not_reached": _("Not everybody of [notices] urls was reached; the log of Apprise says why."),
    "machine.port_taken": _(
        "Port %(port)s on %(host)s is not free (%(why)s): another program or another hotline has it. Set "
        "%(key)s or %(variable)s to a free one."
    ),
    "machine.unknown_job": _("There is no job %(job)s."),
    "machine.ports_taken": _("Ports are not free:\n%(ports)s"),
    "machine.prompts_missing": _("Prompts are missing:\n%(problems)s"),
    "machine.runs_already": _("%(home)s: the hotline runs here already, as process %(process)s."),
    "machine.server_error": _("This is an error of the server; see its log."),
    "machine.stopping": _("The server is stopping."),
    "machine.too_many_pages": _("Too many pages are open."),
    "machine.several": _("Several things:\n%(told)s"),
}
