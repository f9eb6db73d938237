"""`hotline pbx`: the private Asterisk."""

from __future__ import annotations

from pathlib import Path

import click

from hotline.asterisk import pbx, render
from hotline.asterisk.locate import find_asterisk
from hotline.bootstrap import bootstrap
from hotline.cli.kit.language import said
from hotline.domain.reasons import because
from hotline.services.for_asterisk import for_asterisk_that_starts


@click.group("pbx", invoke_without_command=True)
@click.pass_context
def command(ctx: click.Context) -> None:
    """Run the private Asterisk in the foreground, from configuration generated anew."""
    if ctx.invoked_subcommand is None:
        hotline = bootstrap()
        settings = for_asterisk_that_starts(hotline.in_force)
        hotline.storage.close()  # this process becomes Asterisk
        pbx.run(settings, hotline.home, hotline.secrets, find_asterisk(settings))


@command.command("render")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
def render_into(folder: Path) -> None:
    """Write the generated configuration into FOLDER, for a site that runs its own Asterisk."""
    hotline = bootstrap()
    settings = for_asterisk_that_starts(hotline.in_force)
    files = render.render(settings, hotline.home, hotline.secrets, find_asterisk(settings))
    render.write(files, folder)
    click.echo(said(because("commands.files_written", count=len(files), folder=str(folder))))
