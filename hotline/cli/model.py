"""`hotline model`: speech models."""

from __future__ import annotations

import click
from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TimeRemainingColumn

from hotline.cli.kit.instance import hotline_of
from hotline.cli.kit.language import said
from hotline.cli.kit.shown import administrator, json_option, print_json, print_table
from hotline.domain.reasons import because
from hotline.services.machine.speech_models import KEY
from hotline.services.settings.settings import change_settings
from recordings.speech import models


@click.group()
def command() -> None:
    """Speech models. Real callers take vosk-model-small-cn (about 42 MB) or vosk-model-cn (1.3 GB)."""


@command.command("list")
@json_option
@click.pass_context
def list_models(ctx: click.Context, as_json: bool) -> None:
    """The installed ones, and which is used."""
    hotline = hotline_of(ctx)
    used = hotline.settings.speech.model
    found = models.installed(hotline.home.models)
    if as_json:
        print_json([{"name": m.name, "bytes": m.size_bytes, "used": m.name == used} for m in found])
        return
    if not found:
        click.echo(said(because("commands.no_model")))
        return
    print_table(
        ("model", "size", ""),
        [(m.name, f"{m.size_bytes / 1e6:.1f} MB", "used" if m.name == used else "") for m in found],
    )


@command.command("install")
@click.argument("source")
@click.option("--name", default="", help="The model's name here; by default its folder's.")
@click.option("--sha256", default="", help="The archive's checksum, refused when it is another.")
@click.pass_context
def install(ctx: click.Context, source: str, name: str, sha256: str) -> None:
    """Bring a model from a folder, an archive (.zip, .tar.gz) or an http(s) URL of one."""
    hotline = hotline_of(ctx)
    bars = Progress(
        *Progress.get_default_columns()[:1],
        BarColumn(),
        DownloadColumn(),
        TimeRemainingColumn(),
        console=Console(stderr=True),
    )
    with bars:
        bar = bars.add_task("fetching", total=None, visible=source.startswith("http"))
        model = models.install(
            source, hotline.home.models, name, sha256, lambda done, total: bars.update(bar, completed=done, total=total)
        )
    click.echo(said(because("commands.model_installed", model=model.name)))


@command.command("use")
@click.argument("name")
@click.pass_context
def use(ctx: click.Context, name: str) -> None:
    """Choose the model that is used from now on, as on the page *Disks and models*."""
    hotline = hotline_of(ctx)
    models.find(hotline.home.models, name)
    if hotline.settings.speech.model == name:
        click.echo(said(because("commands.model_used_already", model=name)))
        return
    change_settings(hotline.in_force, administrator(), {KEY: name}, hotline.clock())
    click.echo(said(because("commands.model_used_next", model=name)))
