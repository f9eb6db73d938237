"""`hotline token`: bearer tokens of the API."""

from __future__ import annotations

import click

from hotline.cli.kit.instance import hotline_of, moment_option
from hotline.cli.kit.language import said
from hotline.cli.kit.shown import iso, json_option, print_json, print_record, print_table, who
from hotline.domain.accounts.token import ApiToken
from hotline.domain.people import Role
from hotline.domain.reasons import because
from hotline.domain.rights.given import PROGRAM
from hotline.domain.time import minute_text
from hotline.services.accounts import tokens


@click.group("token")
def command() -> None:
    """Bearer tokens of the API."""


@command.command()
@click.argument("name")
@click.option(
    "--role",
    "roles",
    type=click.Choice([r.value for r in Role]),
    multiple=True,
    default=tuple(role.value for role in PROGRAM),
    show_default=True,
    help="What it may do; may be given more than once.",
)
@click.option("--until", default=None, help="From this moment on it opens nothing; an auditor's must have one.")
@json_option
@click.pass_context
def create(ctx: click.Context, name: str, roles: tuple[str, ...], until: str | None, as_json: bool) -> None:
    """Make a token called NAME. It is shown once: only its SHA-256 is stored."""
    hotline = hotline_of(ctx)
    granted = tuple(Role(role) for role in dict.fromkeys(roles))
    end = moment_option(ctx, "until", until, ahead=True) if until else None
    token = tokens.create_token(hotline.storage, name, hotline.clock(), who(), granted, end)
    values = {"name": name, "token": token}
    print_json(values) if as_json else print_record(values)


@command.command("list")
@json_option
@click.pass_context
def list_(ctx: click.Context, as_json: bool) -> None:
    """Show the tokens' names and uses."""
    known = tokens.list_tokens(hotline_of(ctx).storage)
    if as_json:
        print_json([_as_json(token) for token in known])
    else:
        print_table(
            ("name", "roles", "created", "last used", "revoked", "until"),
            [
                (
                    t.name,
                    ", ".join(t.roles),
                    minute_text(t.created_at),
                    minute_text(t.last_used_at),
                    minute_text(t.revoked_at),
                    minute_text(t.expires_at),
                )
                for t in known
            ],
        )


@command.command()
@click.argument("name")
@click.pass_context
def revoke(ctx: click.Context, name: str) -> None:
    """From now on the token called NAME opens nothing."""
    hotline = hotline_of(ctx)
    tokens.revoke_token(hotline.storage, name, hotline.clock(), who())
    click.echo(said(because("commands.token_revoked", token=name)))


def _as_json(token: ApiToken) -> dict[str, object]:
    return {
        "name": token.name,
        "roles": list(token.roles),
        "created_at": iso(token.created_at),
        "last_used_at": iso(token.last_used_at),
        "revoked_at": iso(token.revoked_at),
        "expires_at": iso(token.expires_at),
    }
