"""`hotline user`: the people who sign in to the web pages."""

from __future__ import annotations

import click

from hotline.cli.kit.instance import hotline_of, moment_option
from hotline.cli.kit.language import said
from hotline.cli.kit.shown import iso, json_option, print_json, print_record, print_table, who
from hotline.domain.accounts.user import User
from hotline.domain.errors import NotFound
from hotline.domain.people import Role
from hotline.domain.reasons import because
from hotline.domain.time import minute_text
from hotline.services.accounts import accounts, users
from hotline.services.sign_in import second_factor


@click.group("user")
def command() -> None:
    """The people who sign in to the web pages."""


@command.command()
@click.argument("username")
@click.option("--name", default="", help="As others see it; the user name if not given.")
@click.option(
    "--role",
    "roles",
    type=click.Choice([r.value for r in Role]),
    multiple=True,
    required=True,
    help="May be given more than once.",
)
@click.option("--extension", default=None, help="The operator of the settings that they are.")
@click.option("--until", default=None, help="From this moment on they are let in no more; auditors must have one.")
@json_option
@click.pass_context
def add(
    ctx: click.Context,
    username: str,
    name: str,
    roles: tuple[str, ...],
    extension: str | None,
    until: str | None,
    as_json: bool,
) -> None:
    """Add USERNAME; the generated first password is shown once and must be changed at the first sign-in."""
    hotline = hotline_of(ctx)
    granted = tuple(Role(role) for role in dict.fromkeys(roles))
    end = moment_option(ctx, "until", until, ahead=True) if until else None
    user, password = accounts.add_user(
        hotline.storage, username, name, granted, hotline.clock(), who(), extension, hotline.settings.operators, end
    )
    _show_password(user.username, password, as_json)


@command.command("list")
@json_option
@click.pass_context
def list_(ctx: click.Context, as_json: bool) -> None:
    """Show everybody."""
    everybody = users.list_users(hotline_of(ctx).storage)
    if as_json:
        print_json([_as_json(user) for user in everybody])
    else:
        print_table(
            ("user name", "name", "roles", "extension", "active", "since", "until"),
            [
                (
                    u.username,
                    u.display_name,
                    ", ".join(u.roles),
                    u.extension or "",
                    "yes" if u.active else "no",
                    minute_text(u.created_at),
                    minute_text(u.expires_at),
                )
                for u in everybody
            ],
        )


@command.command()
@click.argument("username")
@click.option("--name", default=None, help="As others see it.")
@click.option(
    "--role",
    "roles",
    type=click.Choice([r.value for r in Role]),
    multiple=True,
    help="All roles from now on; may be given more than once. Without it they stay.",
)
@click.option("--extension", default=None, help='The operator of the settings that they are; "" for none.')
@click.option("--until", default=None, help='From this moment on they are let in no more; "" for no end.')
@click.pass_context
def edit(
    ctx: click.Context,
    username: str,
    name: str | None,
    roles: tuple[str, ...],
    extension: str | None,
    until: str | None,
) -> None:
    """Change USERNAME's name, roles, extension or end. Who loses a role is signed out."""
    hotline = hotline_of(ctx)
    known = {user.username: user for user in users.list_users(hotline.storage)}.get(username)
    if known is None:
        raise NotFound("accounts.no_user", username=username)
    users.edit_user(
        hotline.storage,
        username,
        known.display_name if name is None else name,
        tuple(Role(role) for role in dict.fromkeys(roles)) or known.roles,
        known.extension if extension is None else extension or None,
        hotline.settings.operators,
        hotline.clock(),
        who(),
        known.expires_at if until is None else moment_option(ctx, "until", until, ahead=True) if until else None,
        seen=users.mark(known),
    )
    click.echo(said(because("commands.user_changed", user=username)))


@command.command()
@click.argument("username")
@json_option
@click.pass_context
def password(ctx: click.Context, username: str, as_json: bool) -> None:
    """Give USERNAME a new generated password, shown once; it must be changed at the next sign-in."""
    hotline = hotline_of(ctx)
    new = accounts.reset_password(hotline.storage, username, hotline.clock(), who())
    _show_password(username, new, as_json)


@command.command("reset-second-factor")
@click.argument("username")
@click.option("--reason", required=True, help="Why; it stands in the audit log.")
@click.pass_context
def reset_second_factor(ctx: click.Context, username: str, reason: str) -> None:
    """Take the second step at signing in from USERNAME, who has lost it. They are signed out everywhere and told."""
    hotline = hotline_of(ctx)
    second_factor.reset(hotline.storage, username, reason, who(), hotline.clock())
    click.echo(said(because("commands.second_factor_reset", user=username)))


@command.command()
@click.argument("username")
@click.pass_context
def deactivate(ctx: click.Context, username: str) -> None:
    """Let USERNAME in no longer. What they did stays under their name."""
    hotline = hotline_of(ctx)
    users.set_active(hotline.storage, username, False, hotline.clock(), who())
    click.echo(said(because("commands.user_off", user=username)))


@command.command()
@click.argument("username")
@click.pass_context
def activate(ctx: click.Context, username: str) -> None:
    """Let USERNAME in again."""
    hotline = hotline_of(ctx)
    users.set_active(hotline.storage, username, True, hotline.clock(), who())
    click.echo(said(because("commands.user_on", user=username)))


def _show_password(username: str, new: str, as_json: bool) -> None:
    values = {"username": username, "password": new}
    print_json(values) if as_json else print_record(values)


def _as_json(user: User) -> dict[str, object]:
    return {
        "username": user.username,
        "name": user.display_name,
        "roles": list(user.roles),
        "extension": user.extension,
        "active": user.active,
        "must_change_password": user.must_change_password,
        "created_at": iso(user.created_at),
        "expires_at": iso(user.expires_at),
    }
