"""`hotline reports`: what is reported by itself."""

from __future__ import annotations

import click

from hotline.cli.kit.made_reports import list_reports, make_report, resend_report


@click.group("reports")
def command() -> None:
    """Reports: made, sent again."""


for _each in (list_reports, make_report, resend_report):
    command.add_command(_each)
