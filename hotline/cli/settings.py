"""`hotline settings`: what is in force, where it comes from, and deciding on it."""

from __future__ import annotations

import json
from typing import Any

import click

from hotline.cli.kit.instance import hotline_of, moment_option
from hotline.cli.kit.language import said
from hotline.cli.kit.shown import administrator, iso, json_option, print_json, print_record, print_table
from hotline.domain.reasons import because
from hotline.domain.settings.change import REMOVED, SettingChange
from hotline.domain.time import minute_text
from hotline.services.settings.settings import WrongSettings, change_settings
from hotline.services.settings.view import SettingShown, setting_history, settings_shown, told
from hotline.settings.decidable import MASK, annotation_of, is_secret, masked
from hotline.web.settings.fields import as_json, read, shown


@click.group("settings")
def command() -> None:
    """Settings in force: defaults, the site's file, what was decided, the environment."""


@command.command("list")
@click.argument("key", default="")
@json_option
@click.pass_context
def list_settings(ctx: click.Context, key: str, as_json: bool) -> None:
    """Every setting, or those at KEY and below it: what is in force, and which file, variable or decision says so."""
    hotline = hotline_of(ctx)
    found = settings_shown(hotline.in_force, administrator(), hotline.clock(), key)
    if not found:
        raise click.ClickException(said(because("settings.no_setting", key=key)))
    if as_json:
        print_json([_view(each) for each in found])
    else:
        print_table(("key", "value", "source"), [(each.key, _value(each), each.source) for each in found])


@command.command("show")
@click.argument("key")
@json_option
@click.pass_context
def show(ctx: click.Context, key: str, as_json: bool) -> None:
    """One setting: its value, where that comes from, what the files say, what is planned."""
    hotline = hotline_of(ctx)
    found = [each for each in settings_shown(hotline.in_force, administrator(), hotline.clock()) if each.key == key]
    if not found:
        raise click.ClickException(said(because("settings.no_setting", key=key)))
    if as_json:
        print_json(_view(found[0]))
        return
    print_record({name: str(value) for name, value in _view(found[0]).items() if value not in (None, "")})


@command.command("set")
@click.argument("key")
@click.argument("value", default="")
@click.option("--from", "from_at", default="", metavar="TIME", help="In force from then on; default: now.")
@click.option("--reason", default="", help="Why.")
@click.option("--as-file", is_flag=True, help="As the files say, whatever was decided.")
@click.option("--remove", is_flag=True, help="Take an entry of a table away.")
@click.pass_context
def set_setting(
    ctx: click.Context, key: str, value: str, from_at: str, reason: str, as_file: bool, remove: bool
) -> None:
    """Decide that KEY is VALUE: as on the page; an entry of a table (operators.1003) as JSON. In force in every process
    within ten seconds, but for what needs a restart (`hotline settings show`)."""
    hotline = hotline_of(ctx)
    at = moment_option(ctx, "from", from_at, ahead=True) if from_at else None
    typed: Any = value
    if as_file or remove:
        typed = REMOVED if remove else None
    elif annotation_of(key) is not None:
        typed = read(key, value)
    try:
        change_settings(hotline.in_force, administrator(), {key: typed}, hotline.clock(), at, reason)
    except WrongSettings as error:
        problems = "\n".join(f"{place}: {said(expected)}" for place, expected in error.problems.items())
        raise click.ClickException(said(because("settings.wrong", problems=problems))) from None
    click.echo(said(because("settings.decided", key=key)))


@command.command("history")
@click.argument("key")
@json_option
@click.pass_context
def history(ctx: click.Context, key: str, as_json: bool) -> None:
    """What was decided and noticed of KEY and all below it, newest first."""
    found = setting_history(hotline_of(ctx).in_force, key, administrator())
    if as_json:
        print_json([_change(change) for change in found])
        return
    columns = ("from", "key", "what", "value", "who", "reason")
    print_table(
        columns,
        [
            (
                minute_text(change.from_at),
                change.key,
                change.act.value,
                _plain(told(change)["value"]),
                change.decided_by,
                change.reason,
            )
            for change in found
        ],
    )


def _value(each: SettingShown) -> str:
    if is_secret(each.key):
        return MASK
    return shown(each.key, masked(each.key, as_json(each.value))).replace("\n", " ")


def _plain(value: object) -> str:
    return "" if value is None else json.dumps(value, ensure_ascii=False)


def _view(each: SettingShown) -> dict[str, object]:
    following = each.following
    return {
        "key": each.key,
        "value": _value(each),
        "source": each.source,
        "files_say": MASK if is_secret(each.key) else masked(each.key, each.usual),
        "decided_by": each.decision.decided_by if each.decision else None,
        "decided_from": iso(each.decision.from_at) if each.decision else None,
        "next": _change(following) if following else None,
        "takes": each.takes.value,
        "refused": said(each.refused) if each.refused else None,
    }


def _change(change: SettingChange) -> dict[str, object]:
    return {
        **told(change),
        "from_at": iso(change.from_at),
        "decided_by": change.decided_by,
        "decided_at": iso(change.decided_at),
        "reason": change.reason,
    }
