"""`hotline operators`: the operators' phones, signing in and out."""

from __future__ import annotations

import dataclasses

import click

from hotline.cli.kit.instance import hotline_of
from hotline.cli.kit.language import said
from hotline.cli.kit.shown import json_option, print_json, print_record, print_table
from hotline.domain.operators.presence import Via
from hotline.domain.reasons import because
from hotline.services.operators import operators, presence


@click.group("operators", invoke_without_command=True)
@json_option
@click.pass_context
def command(ctx: click.Context, as_json: bool) -> None:
    """The operators: what they do, their phones, and the queues they are signed in to."""
    if ctx.invoked_subcommand is not None:
        return None
    hotline = hotline_of(ctx)
    states = operators.operator_states(hotline.settings, hotline.pbx)
    with hotline.storage.reading() as tx:
        views = {view.extension: view for view in presence.operator_views(tx, hotline.settings)}
    if as_json:
        return print_json(
            [
                {
                    **dataclasses.asdict(state),
                    **views[state.extension].model_dump(mode="json", include={"state", "reason"}),
                }
                for state in states
            ]
        )
    print_table(
        ("phone", "name", "does", "phone is", "signed in to", "always in"),
        [
            (
                state.extension,
                state.name,
                _does(views[state.extension]),
                state.phone,
                ", ".join(state.queues),
                ", ".join(state.always_in),
            )
            for state in states
        ],
    )


def _does(view: presence.OperatorView) -> str:
    return f"{view.state} ({view.reason_shown})" if view.reason_shown else str(view.state)


@command.command("pause")
@click.argument("extension")
@click.argument("reason")
@click.pass_context
def pause(ctx: click.Context, extension: str, reason: str) -> None:
    """Sign the operator in, but offer them no call. REASON is a key of [console.pause_reasons]."""
    hotline = hotline_of(ctx)
    presence.pause(hotline.storage, hotline.settings, hotline.pbx, extension, reason, Via.PHONE, hotline.clock())
    click.echo(
        said(
            because("commands.operator_paused", extension=extension, why=hotline.settings.console.pause_reasons[reason])
        )
    )


@command.command("resume")
@click.argument("extension")
@click.pass_context
def resume(ctx: click.Context, extension: str) -> None:
    """Offer the operator calls again, unless too many of theirs are still to be written up (B1)."""
    hotline = hotline_of(ctx)
    presence.become_ready(hotline.storage, hotline.settings, hotline.pbx, extension, Via.PHONE, hotline.clock())
    click.echo(said(because("commands.operator_ready", extension=extension)))


@command.command("account")
@click.argument("extension")
@json_option
@click.pass_context
def account(ctx: click.Context, extension: str, as_json: bool) -> None:
    """What to enter into this operator's phone: server, port, user name, password."""
    hotline = hotline_of(ctx)
    phone = operators.phone_account(hotline.settings, hotline.secrets, extension)
    if as_json:
        return print_json(dataclasses.asdict(phone))
    print_record(
        {
            "name": phone.name,
            "user name": phone.extension,
            "password": phone.password,
            "server": phone.server,
            "port": f"{phone.port} ({phone.transport})",
            "sound": "encrypted (SRTP)" if phone.encrypted else "not encrypted",
        }
    )


_queue_option = click.option("--queue", "queues", multiple=True, help="Only this queue; may be repeated.")


@command.command("sign-in")
@click.argument("extension")
@_queue_option
@click.pass_context
def sign_in(ctx: click.Context, extension: str, queues: tuple[str, ...]) -> None:
    """Let calls of the queues ring at this operator's phone."""
    hotline = hotline_of(ctx)
    done = operators.sign_in(hotline.settings, hotline.pbx, extension, queues)
    click.echo(said(because("commands.operator_signed_in", extension=extension, queues=tuple(done))))


@command.command("sign-out")
@click.argument("extension")
@_queue_option
@click.pass_context
def sign_out(ctx: click.Context, extension: str, queues: tuple[str, ...]) -> None:
    """Let calls of the queues ring there no more."""
    hotline = hotline_of(ctx)
    done = operators.sign_out(hotline.settings, hotline.pbx, extension, queues)
    if done:
        click.echo(said(because("commands.operator_signed_out", extension=extension, queues=tuple(done))))
    else:
        click.echo(said(because("commands.operator_in_no_queue", extension=extension)))
