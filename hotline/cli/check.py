"""`hotline check`: is everything there and as it should be?"""

from __future__ import annotations

import json
import sys

import click
from rich.console import Console
from rich.text import Text

from hotline.checks import CheckResult, Level, run_checks
from hotline.cli.kit.language import said
from hotline.domain.reasons import because
from hotline.settings import Home

_SHOWN = {
    Level.OK: (because("checks.level_ok"), "green"),
    Level.WARNING: (because("checks.level_warning"), "yellow"),
    Level.FAILED: (because("checks.level_failed"), "bold red"),
}


@click.command("check")
@click.option("--json", "as_json", is_flag=True, help="One JSON array of findings: level, what, detail, advice.")
@click.option("--offline", is_flag=True, help="Only what can be known while the hotline is not running.")
def command(as_json: bool, offline: bool) -> None:
    """Look at settings, machine, recordings' store, prompts, calendar, roster, database, Asterisk, trunk, IVR and web.

    Status 1 when anything failed; warnings alone do not fail.
    """
    console = Console()
    findings = []
    for finding in run_checks(Home.from_environment(), offline):
        findings.append(finding)
        if not as_json:
            _show(console, finding)
    if as_json:
        shown = [
            {"level": each.level, "what": each.what, "detail": said(each.detail), "advice": _advice(each)}
            for each in findings
        ]
        click.echo(json.dumps(shown, ensure_ascii=False, indent=1))
    sys.exit(1 if any(finding.level == Level.FAILED for finding in findings) else 0)


def _advice(finding: CheckResult) -> str:
    return said(finding.advice) if finding.advice else ""


def _show(console: Console, finding: CheckResult) -> None:
    word, colour = _SHOWN[finding.level]
    line = Text.assemble((f"{said(word):<8}", colour), (f"{finding.what}: ", "bold"), said(finding.detail))
    console.print(line, soft_wrap=True)
    if advice := _advice(finding):
        console.print(Text(f"        -> {advice}"), soft_wrap=True)
