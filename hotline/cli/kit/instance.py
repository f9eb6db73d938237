"""The instance that a command works on, and moments as arguments."""

from __future__ import annotations

from datetime import datetime

import click

from hotline.bootstrap import Hotline, bootstrap
from hotline.cli.kit.language import said
from hotline.domain.moments import parse_moment
from hotline.domain.reasons import Unfit


def hotline_of(ctx: click.Context) -> Hotline:
    """The instance in HOTLINE_HOME, read once a command; who calls `main` with `obj` works on that instead."""
    root = ctx.find_root()
    if root.obj is None:
        root.obj = bootstrap()
    hotline: Hotline = root.obj
    return hotline


def moment_option(ctx: click.Context, name: str, text: str, ahead: bool = False) -> datetime:
    """The moment that option `name` means (see `parse_moment`). Raises BadParameter."""
    try:
        return parse_moment(text, hotline_of(ctx).clock(), ahead)
    except Unfit as error:
        raise click.BadParameter(said(error), ctx, param_hint=f"--{name}") from None
