"""`hotline greetings`: build the prompts' audio, list it, say what is missing."""

from __future__ import annotations

import json
from typing import Any

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from rich.table import Table

import greetings
from greetings.build import read_index
from greetings.plan import plan
from hotline.cli.kit.language import said
from hotline.domain.errors import HotlineError
from hotline.domain.reasons import Reason, because
from hotline.domain.time import system_clock
from hotline.services.prompts.in_force import chosen_for_build
from hotline.services.settings.in_force import read_in_force
from hotline.settings import Home, Settings


@click.group("greetings")
def command() -> None:
    """What callers hear: texts in greetings/manifest.toml, recordings by file, else spoken by espeak-ng."""


@command.command("build")
def build() -> None:
    """Make the audio of every prompt that is not there or has changed."""
    home = Home.from_environment()
    settings = read_in_force(home)
    home.create()
    report = build_with_progress(settings, home)
    click.echo(
        said(because("commands.prompts_built", made=len(report.made), kept=report.kept, removed=len(report.removed)))
    )
    _fail_if(greetings.missing(settings, home))


def build_with_progress(settings: Settings, home: Home) -> greetings.BuildReport:
    """Build, with a bar on stderr that is gone when it is done."""
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TextColumn("{task.fields[name]}"))
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task("Prompts", total=None, name="")

        def show(done: int, total: int, name: str) -> None:
            bar.update(task, completed=done, total=total, name=name)

        with chosen_for_build(home, settings, system_clock()) as chosen:
            return greetings.build(settings, home, show, chosen)


@command.command("list")
@click.option("--json", "as_json", is_flag=True, help="One JSON array of objects.")
def list_prompts(as_json: bool) -> None:
    """Every prompt with its text, where its sound comes from, and its length."""
    home = Home.from_environment()
    settings = read_in_force(home)
    index = read_index(home)
    rows: list[dict[str, Any]] = []
    with chosen_for_build(home, settings, system_clock()) as chosen:
        items = plan(settings, home, greetings.load_manifest(home), chosen)
    for item in items:
        built = index.get(str(item.file))
        rows.append(
            {
                "id": item.prompt_id,
                "line": item.line,
                "language": item.language,
                "text": item.text,
                "source": item.source,
                "file": str(item.file),
                "seconds": built and round(built.seconds, 2),
            }
        )
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False, indent=1))
        return
    table = Table("prompt", "line", "language", "text", "source", "seconds")
    for row in rows:
        length = "not built" if row["seconds"] is None else f"{row['seconds']:.1f}"
        table.add_row(row["id"], row["line"], row["language"], row["text"], row["source"], length)
    Console().print(table)


@command.command("missing")
def missing() -> None:
    """Prompts that settings or dialplan refer to and that nobody could hear; status 1 if there are any."""
    home = Home.from_environment()
    _fail_if(greetings.missing(read_in_force(home), home))
    click.echo(said(because("commands.no_prompt_missing")))


def _fail_if(missing: list[Reason]) -> None:
    if missing:
        raise HotlineError("machine.prompts_missing", problems=missing)
