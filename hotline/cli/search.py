"""`hotline search`: calls by what was said in them and written about them."""

from __future__ import annotations

import click

from hotline.cli.kit.instance import hotline_of, moment_option
from hotline.cli.kit.language import said
from hotline.cli.kit.shown import json_option, print_json, print_table, who
from hotline.domain.people import Actor
from hotline.domain.reasons import because
from hotline.domain.rights import given
from hotline.domain.time import minute_text
from hotline.services.search.search import ALL, Question, kinds, search
from hotline.services.search.view import found_view
from hotline.services.searched import FoundText


@click.command("search")
@click.argument("words", nargs=-1, required=True)
@click.option("--since", default="", help="Of calls that began then or later: 2026-03-11 (Asia/Shanghai).")
@click.option("--until", default="", help="Of calls that began before then.")
@click.option("--where", default=ALL, show_default=True, type=click.Choice(kinds()))
@click.option("--operator", default="", help="Whose calls: an extension.")
@click.option("--limit", default=20, show_default=True, type=click.IntRange(1, 1000))
@json_option
@click.pass_context
def command(
    ctx: click.Context,
    words: tuple[str, ...],
    since: str,
    until: str,
    where: str,
    operator: str,
    limit: int,
    as_json: bool,
) -> None:
    """Find transcripts and records in which all WORDS stand, the newest call first."""
    hotline = hotline_of(ctx)
    asked = Question(
        " ".join(words),
        moment_option(ctx, "since", since) if since else None,
        moment_option(ctx, "until", until) if until else None,
        where,
        operator,
    )
    page = search(hotline.storage, asked, Actor(who(), given.COMMAND_LINE_LOOKS, who()), limit, hotline.clock())
    if as_json:
        return print_json([found_view(found).model_dump(mode="json") for found in page.found])
    print_table(("call", "began", "caller", "who", "second", "words"), [_row(found) for found in page.found])
    if page.more:
        click.echo(said(because("commands.there_are_more")))


def _row(found: FoundText) -> tuple[str, ...]:
    said_by = found.kind if found.side is None else found.side.name.lower()
    pieces = found.shown[0].snippet.parts if found.shown else ()
    return (
        str(found.stored.id) if found.stored else "",
        minute_text(found.called_at),
        found.number or "withheld",
        said_by,
        "" if found.second is None else f"{found.second:.1f}",
        "".join(f"[{text}]" if is_found else " ".join(text.split()) for text, is_found in pieces),
    )
