"""`hotline recording`: pause and resume a live call's recording (G2), and try lost ones again."""

from __future__ import annotations

import click

from hotline.cli.kit.instance import hotline_of
from hotline.cli.kit.language import said
from hotline.cli.kit.shown import who
from hotline.domain.reasons import because
from hotline.services.recordings import pause as recording_pause
from hotline.services.recordings.intake import retry as retry_recordings


@click.group("recording")
def command() -> None:
    """Recordings of single calls, by the call's linkedid."""


@command.command("pause")
@click.argument("linkedid")
@click.pass_context
def pause(ctx: click.Context, linkedid: str) -> None:
    """Pause the recording of a call that lasts, e.g. while a card number is told; the gap is marked."""
    hotline = hotline_of(ctx)
    recording_pause.pause(hotline.storage, hotline.pbx, hotline.settings.site.node, linkedid, hotline.clock)
    click.echo(said(because("commands.recording_paused", linkedid=linkedid)))


@command.command("resume")
@click.argument("linkedid")
@click.pass_context
def resume(ctx: click.Context, linkedid: str) -> None:
    """Go on recording."""
    hotline = hotline_of(ctx)
    recording_pause.resume(hotline.storage, hotline.pbx, hotline.settings.site.node, linkedid, hotline.clock)
    click.echo(said(because("commands.recording_resumed", linkedid=linkedid)))


@command.command("retry")
@click.argument("linkedid")
@click.pass_context
def retry(ctx: click.Context, linkedid: str) -> None:
    """Let the worker look again for the call's missing and failed recordings."""
    hotline = hotline_of(ctx)
    again = retry_recordings(hotline.storage, hotline.settings.site.node, linkedid, hotline.clock(), who())
    click.echo(said(because("commands.recordings_tried_again", count=again, linkedid=linkedid)))
