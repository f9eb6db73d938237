"""By what months are scored (F3): shipped, a site's own, in versions."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from hotline.domain.appraisal.scheme import SCHEME
from hotline.domain.cases.wrong_kind import WrongKind
from hotline.services.appraisal.checks import CHECKS
from hotline.services.appraisal.schemes import record_schemes, scheme_at, scheme_of, site_folder
from hotline.services.check import Level
from hotline.settings import Home
from hotline.storage.definitions.store import DefinitionStore
from hotline.storage.transaction import Storage
from tests.support.appraised import NOW
from tests.support.instance import an_instance

DAY = timedelta(days=1)
SITE = """
code = "operator"
words = { zh = "本站考核", en = "Ours" }
[[item]]
id = "talk"
words = { zh = "通话", en = "Talk" }
rule = "C8"
measure = "average_talk"
weight = 100
full = 300
zero = 600
"""


@pytest.fixture
def home(tmp_path: Path) -> Home:
    made = Home(tmp_path / "home")
    made.create()
    return made


def _put(home: Home, text: str, name: str = "ours.toml") -> None:
    site_folder(home).mkdir(exist_ok=True)
    (site_folder(home) / name).write_text(text, "utf-8")


def test_a_month_goes_by_what_was_in_force_when_it_began(storage: Storage, home: Home) -> None:
    """F3: nothing recorded: the shipped one; a changed file is a new version, for months that begin later."""
    with storage.reading() as tx:
        assert scheme_at(tx, NOW).version == 1 and len(scheme_at(tx, NOW).items) == 9
    assert record_schemes(storage, home, NOW) == ["operator"] and record_schemes(storage, home, NOW) == []
    _put(home, SITE)
    assert record_schemes(storage, home, NOW + 40 * DAY) == ["operator"]
    with storage.reading() as tx:
        assert [len(scheme_at(tx, NOW + days * DAY).items) for days in (-400, 0, 39, 40)] == [9, 9, 9, 1]
        assert scheme_of(tx, 2).words.en == "Ours" and len(scheme_of(tx, 1).items) == 9
    (site_folder(home) / "ours.toml").unlink()
    assert record_schemes(storage, home, NOW + 50 * DAY) == ["operator"]
    with storage.reading() as tx:
        assert [each.version for each in DefinitionStore(tx).versions(SCHEME, "operator")] == [1, 2, 3]
        assert len(scheme_at(tx, NOW + 50 * DAY).items) == 9


@pytest.mark.parametrize(
    ("text", "key"),
    [
        (SITE.replace("weight = 100", "weight = 99"), "item"),
        (SITE.replace('"operator"', '"other"'), "code"),
        (SITE.replace("[[item]]", "[[item"), "the file"),
        (SITE + "\nwhat = 1\n", "item[1].what"),
    ],
)
def test_a_file_that_cannot_be_used_is_named_at_the_start_and_by_the_check(
    storage: Storage, home: Home, text: str, key: str, tmp_path: Path
) -> None:
    """F3: by file, key and expectation."""
    _put(home, text)
    with pytest.raises(WrongKind) as refused:
        record_schemes(storage, home, NOW)
    assert refused.value.values["key"] == key and str(site_folder(home)) in str(refused.value.values["source"])
    assert CHECKS.files is not None
    (result,) = CHECKS.files(an_instance(tmp_path / "other", NOW).settings, home, NOW)
    assert result.level is Level.FAILED


def test_two_files_of_one_code_are_refused(storage: Storage, home: Home) -> None:
    _put(home, SITE)
    _put(home, SITE, "again.toml")
    with pytest.raises(WrongKind):
        record_schemes(storage, home, NOW)
