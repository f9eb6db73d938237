"""`hotline rules`: what the hotline keeps, and whether it was kept."""

from __future__ import annotations

from datetime import date, datetime

import click

from hotline.cli.kit.instance import hotline_of
from hotline.cli.kit.language import in_language, said
from hotline.cli.kit.shown import iso, json_option, print_json, print_table, who
from hotline.domain.errors import Refused
from hotline.domain.reasons import because
from hotline.domain.rules.registry import RULES
from hotline.domain.rules.rule import Kind, Rule, Text
from hotline.domain.time import minute_text
from hotline.domain.verdicts.generations import FIRST, Generation
from hotline.services.verdicts.evaluating import Evaluating, evaluate, generations
from hotline.services.verdicts.recounting import recount

_OURS = Text("（本系统自定）", " (ours)")
_RULE = click.Choice(list(RULES), case_sensitive=False)
_DAY = click.DateTime(["%Y-%m-%d"])


class _Rules(click.Group):
    """What is no command of it is a rule's id: `hotline rules A8`."""

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        return super().get_command(ctx, "list" if cmd_name.upper() in RULES else cmd_name)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args[0] not in self.commands:
            return "list", self.commands["list"], args
        return super().resolve_command(ctx, args)


@click.group("rules", cls=_Rules, invoke_without_command=True)
@json_option
@click.pass_context
def command(ctx: click.Context, as_json: bool) -> None:
    """The rules that are kept, and their verdicts. Without a command, or with ids: what each says."""
    if ctx.invoked_subcommand is None:
        _list((), as_json)


@command.command("list")
@click.argument("rules", nargs=-1, metavar="[ID]…", type=_RULE)
@json_option
@click.pass_context
def list_rules(ctx: click.Context, rules: tuple[str, ...], as_json: bool) -> None:
    """List the rules that are kept: what each says, by which figure, where it stands. With ids: these, in the
    regulations' own words."""
    _list(rules, as_json or bool(ctx.parent and ctx.parent.params.get("as_json")))


@command.command("evaluate")
@click.option("--since", type=_DAY, help="From this day on; default: from the first.")
@click.option("--until", type=_DAY, help="Before this day; default: up to now and on.")
@click.option("--rule", "rules", multiple=True, type=_RULE, help="Only this one; may be given several times.")
@click.option("--by", default=who, metavar="NAME", help="Who; default: the user of this machine.")
@json_option
@click.pass_context
def evaluate_(
    ctx: click.Context, since: datetime | None, until: datetime | None, rules: tuple[str, ...], by: str, as_json: bool
) -> None:
    """Judge calls, records and all else anew, as a new generation beside the old one.

    It counts once it is whole. Stopped half-way, the same command goes on where it stood."""
    hotline = hotline_of(ctx)
    show = None if as_json else _say
    try:
        done = evaluate(
            hotline.storage,
            hotline.in_force,
            _day(since),
            _day(until),
            rules,
            by,
            hotline.clock(),
            show or (lambda _progress: None),
        )
    except Refused as error:
        raise click.ClickException(said(error)) from error
    if as_json:
        return print_json(_generation_view(done))
    click.echo(said(because("commands.verdicts_evaluated", generation=done.id, subjects=done.judged)))
    return None


@command.command("generations")
@json_option
@click.pass_context
def generations_(ctx: click.Context, as_json: bool) -> None:
    """List the generations of verdicts: which days and rules each judged anew, and since when it counts. The first,
    made as things happen, holds for all others."""
    found = generations(hotline_of(ctx).storage)
    if as_json:
        return print_json([_generation_view(each) for each in found])
    rows = [
        (
            str(each.id),
            each.state.value,
            f"{each.since or ''}…{each.until or ''}",
            " ".join(each.rules),
            str(each.judged),
            minute_text(each.begun_at),
            minute_text(each.in_force_at),
        )
        for each in found
    ]
    first = (str(FIRST), "in_force", "…", "", "", "", "")
    print_table(("generation", "state", "days", "rules", "subjects", "begun", "counts since"), [*rows, first])
    return None


@command.command("recount")
@click.pass_context
def recount_(ctx: click.Context) -> None:
    """Add up all verdicts anew, in place of the sums that are kept beside them."""
    counted = recount(hotline_of(ctx).storage)
    click.echo(said(because("commands.verdicts_recounted", verdicts=counted)))


def _list(rules: tuple[str, ...], as_json: bool) -> None:
    wanted = [RULES[id] for id in rules or RULES]
    if as_json:
        print_json([_view(rule) for rule in wanted])
        return
    print_table(
        ("rule", "", "what", "figure", "settings", "source"),
        [
            (
                rule.id,
                _kinds(rule),
                in_language(rule.title) + (f"\n{rule.sentence}" if rules and rule.sentence else ""),
                (in_language(rule.figure) if rule.figure else "") + (in_language(_OURS) if rule.ours else ""),
                "\n".join(rule.settings),
                "\n".join(f"《{source.regulation}》{source.clause}" for source in rule.sources),
            )
            for rule in wanted
        ],
    )


#: Subjects from one word of how far it is to the next.
_STEP = 10_000


def _say(progress: Evaluating) -> None:
    if progress.judged % _STEP >= progress.at_once:
        return
    said_of = because("commands.verdicts_progress", maker=progress.maker, subjects=progress.judged)
    click.echo(said(said_of), err=True)


def _day(moment: datetime | None) -> date | None:
    return moment.date() if moment else None


def _generation_view(generation: Generation) -> dict[str, object]:
    return {
        "id": generation.id,
        "state": generation.state.value,
        "since": generation.since.isoformat() if generation.since else None,
        "until": generation.until.isoformat() if generation.until else None,
        "rules": list(generation.rules),
        "begun_at": iso(generation.begun_at),
        "in_force_at": iso(generation.in_force_at),
        "subjects": generation.judged,
    }


def _kinds(rule: Rule) -> str:
    return "".join(kind for kind in Kind if kind in rule.kinds)


def _view(rule: Rule) -> dict[str, object]:
    return {
        "id": rule.id,
        "kinds": _kinds(rule),
        "title": {"zh": rule.title.zh, "en": rule.title.en},
        "sentence": rule.sentence,
        "figure": {"zh": rule.figure.zh, "en": rule.figure.en} if rule.figure else None,
        "ours": rule.ours,
        "settings": rule.settings,
        "sources": [{"regulation": source.regulation, "clause": source.clause} for source in rule.sources],
    }
