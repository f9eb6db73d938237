"""`python -m scripts.benchmarks NAME… | all [--json]`; see scripts/bench."""

from __future__ import annotations

import importlib
import json
import pkgutil
from types import ModuleType

import click

import scripts.benchmarks
from scripts.benchmarks._pop_paging import LEDGER, PAUSE_SECONDS, REPORTS, Paging


def benchmarks() -> dict[str, ModuleType]:
    """By name, those that are modules of this package."""
    found = sorted(module.name for module in pkgutil.iter_modules(scripts.benchmarks.__path__))
    names = [name for name in found if not name.startswith("_")]
    return {name: importlib.import_module(f"scripts.benchmarks.{name}") for name in names}


def _say(text: str) -> None:
    click.echo(text, err=True)


@click.command()
@click.argument("names", nargs=-1)
@click.option("--json", "as_json", is_flag=True, help="One object a line.")
@click.option(
    "--paging",
    "people",
    type=click.IntRange(1),
    multiple=True,
    help="pop: again with so many people paging the ledger; given several times, with each.",
)
@click.option(
    "--paging-pause", "pause", type=click.FloatRange(0.1), help="Seconds from page to page of each, usually 2."
)
@click.option("--reports", "reading", is_flag=True, help="pop: those who page read reports of the year in its place.")
@click.option("--operators", type=click.IntRange(10, 2000), help="pop: whose connections stand, usually 100.")
def main(
    names: tuple[str, ...],
    as_json: bool,
    people: tuple[int, ...],
    pause: float | None,
    reading: bool,
    operators: int | None,
) -> None:
    """Run these benchmarks, or all. Progress goes to standard error, results to standard output. The exit code is 1
    when an aim was missed."""
    known = benchmarks()
    if not names:
        listed = "\n".join(f"  {name:12} {(module.__doc__ or '').splitlines()[0]}" for name, module in known.items())
        raise click.UsageError(f"which? all, or some of\n{listed}")
    unknown = [name for name in names if name not in (*known, "all")]
    if unknown:
        raise click.UsageError(f"no such benchmark: {', '.join(unknown)} (known: {', '.join(known)})")
    chosen = list(known if "all" in names else dict.fromkeys(names))
    if people and "pop" not in chosen:
        raise click.UsageError("--paging is for pop")
    if pause is not None and not people:
        raise click.UsageError("--paging-pause is for --paging")
    if reading and not people:
        raise click.UsageError("--reports is for --paging")
    if operators is not None and "pop" not in chosen:
        raise click.UsageError("--operators is for pop")
    of_pop: dict[str, object] = {}
    if people:
        pages = REPORTS if reading else LEDGER
        of_pop["paging"] = [Paging(each, pause or PAUSE_SECONDS, pages) for each in dict.fromkeys(people)]
    of_pop |= {"operators": operators} if operators else {}
    missed = 0
    for name in chosen:
        _say(f"{name} …")
        for result in known[name].run(_say, **(of_pop if name == "pop" else {})):
            click.echo(json.dumps(result.as_json(), ensure_ascii=False) if as_json else result.as_text())
            missed += result.missed
    if missed:
        _say(f"aims missed: {missed}")
        raise SystemExit(1)


if __name__ == "__main__":
    main(prog_name="scripts/bench")
