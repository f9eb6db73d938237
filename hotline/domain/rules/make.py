"""Rules are written down in one line a fact."""

from __future__ import annotations

from hotline.domain.rules.rule import Kind, Regulation, Rule, Source, Text

#: Of a rule whose figure is another rule's, or which has none.
NO_FIGURE = ("", "")


def rule(
    id: str,
    kinds: str,
    zh: str,
    en: str,
    *sources: tuple[Regulation, str],
    said: str = "",
    figure: tuple[str, str] = NO_FIGURE,
    ours: bool = False,
    settings: str = "",
    given: str = "",
    by: str = "",
) -> Rule:
    """`kinds`: letters of Kind. `figure`: in Chinese and in English. `settings`, `given` (those keys whose
    value the regulation gives), `by`: names, a blank between them, those of `by` below the package hotline."""
    return Rule(
        id,
        frozenset(map(Kind, kinds)),
        Text(zh, en),
        tuple(Source(regulation, clause) for regulation, clause in sources),
        said,
        Text(*figure) if figure != NO_FIGURE else None,
        ours,
        tuple(settings.split()),
        frozenset(given.split()),
        tuple(f"hotline.{name}" for name in by.split()),
    )
