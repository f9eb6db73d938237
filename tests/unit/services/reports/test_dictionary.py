"""The data dictionary in docs is what the catalogue says (F1)."""

from __future__ import annotations

from pathlib import Path

from hotline.domain.reports.catalogue import FIGURES
from hotline.services.reports.dictionary import ATTRIBUTIONS, BETTERS, UNITS, markdown
from hotline.settings.home import TREE
from tests.support.instance import an_instance, at

_PAGE = TREE / "docs" / "data-dictionary.md"


def test_the_page_is_up_to_date(tmp_path: Path) -> None:
    """Write it with: scripts/hotline reports dictionary > docs/data-dictionary.md"""
    assert _PAGE.read_text("utf-8") == markdown(an_instance(tmp_path, at("2026-11-16 12:00")).settings)


def test_every_word_of_a_figure_has_its_words() -> None:
    for figure in FIGURES.values():
        assert UNITS[figure.unit].zh
        assert ATTRIBUTIONS[figure.attribution].zh
        assert BETTERS[figure.better].zh
