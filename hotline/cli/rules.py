"""`hotline rules`: what the hotline keeps."""

from __future__ import annotations

import click

from hotline.cli.kit.language import in_language
from hotline.cli.kit.shown import json_option, print_json, print_table
from hotline.domain.rules.registry import RULES
from hotline.domain.rules.rule import Kind, Rule, Text

_OURS = Text("（本系统自定）", " (ours)")


@click.command()
@click.argument("rules", nargs=-1, metavar="[ID]…", type=click.Choice(list(RULES), case_sensitive=False))
@json_option
def command(rules: tuple[str, ...], as_json: bool) -> None:
    """List the rules that are kept: what each says, by which figure, where it stands. With ids: these, in the
    regulations' own words."""
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
