"""Which Asterisk is run: versions read, unsuitable ones refused with what to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from hotline.asterisk import locate
from hotline.asterisk.locate import NEEDED_MODULES, AsteriskNotFound, find_asterisk, private_asterisk, read_version
from hotline.settings import Home, Settings, load_settings

DEBIAN = "Asterisk 22.10.1+dfsg+~cs6.17.60671434-1"


def an_installation(prefix: Path, says: str, modules: tuple[str, ...] = NEEDED_MODULES) -> Path:
    """A program that says this version, with these modules, laid out as packages do."""
    binary = prefix / "sbin" / "asterisk"
    folder = prefix / "lib" / "x86_64-linux-gnu" / "asterisk" / "modules"
    for made in (binary.parent, folder, prefix / "share" / "asterisk" / "documentation"):
        made.mkdir(parents=True)
    binary.write_text(f"#!/bin/sh\necho '{says}'\n")
    binary.chmod(0o755)
    for name in modules:
        (folder / name).touch()
    return binary


def settings(tmp_path: Path, binary: Path) -> Settings:
    return load_settings(Home(tmp_path / "home"), {"HOTLINE_ASTERISK__BINARY": str(binary)})


@pytest.mark.parametrize(
    ("said", "version"),
    [
        (DEBIAN, (22, 10, 1)),
        ("Asterisk 18.10.0~dfsg+~cs6.10.40431411-2", (18, 10, 0)),
        ("Asterisk certified/18.9-cert4", (18, 9)),
        ("Asterisk certified-20.7-cert2", (20, 7)),
    ],
)
def test_versions_are_read_as_asterisk_says_them(said: str, version: tuple[int, ...]) -> None:
    assert read_version(said) == version


def test_what_is_no_version_is_refused() -> None:
    with pytest.raises(ValueError, match="no version"):
        read_version("sh: not found")


def test_the_one_that_the_settings_name_is_taken(tmp_path: Path) -> None:
    binary = an_installation(tmp_path / "usr", DEBIAN)
    install = find_asterisk(settings(tmp_path, binary))
    assert (install.binary, install.version) == (binary, (22, 10, 1))
    assert install.modules_dir.is_dir() and (install.data_dir / "documentation").is_dir()


def test_too_old_ones_are_refused(tmp_path: Path) -> None:
    binary = an_installation(tmp_path / "usr", "Asterisk 16.28.0")
    with pytest.raises(AsteriskNotFound, match=r"^asterisk.too_old file=\S+ version=16\.28\.0 oldest=18$"):
        find_asterisk(settings(tmp_path, binary))


def test_one_without_a_module_that_calls_need_is_refused_naming_it(tmp_path: Path) -> None:
    binary = an_installation(tmp_path / "usr", DEBIAN, NEEDED_MODULES[1:])
    with pytest.raises(AsteriskNotFound, match=NEEDED_MODULES[0]):
        find_asterisk(settings(tmp_path, binary))


def test_a_name_that_leads_nowhere_is_told(tmp_path: Path) -> None:
    with pytest.raises(AsteriskNotFound, match=r"^asterisk.no_binary file=\S*nothing$"):
        find_asterisk(settings(tmp_path, tmp_path / "nothing"))


def test_a_program_that_does_not_run_is_refused(tmp_path: Path) -> None:
    binary = an_installation(tmp_path / "usr", DEBIAN)
    binary.write_text("#!/bin/sh\nexit 3\n")
    with pytest.raises(AsteriskNotFound, match=r"^asterisk.does_not_run "):
        find_asterisk(settings(tmp_path, binary))


def test_an_installed_one_that_will_do_comes_before_the_private_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    binary = an_installation(tmp_path / "usr", DEBIAN)
    monkeypatch.setattr(locate, "_installed_binaries", lambda: [binary])
    assert find_asterisk().binary == binary


def test_with_none_at_all_it_says_what_fetches_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    old = an_installation(tmp_path / "usr", "Asterisk 16.1.0")
    monkeypatch.setattr(locate, "_installed_binaries", lambda: [old])
    monkeypatch.setattr(locate, "PRIVATE_TREE", tmp_path / "none")
    with pytest.raises(AsteriskNotFound, match=r"^asterisk.none_fits tried=\[\(asterisk.too_old .*oldest=18\)"):
        find_asterisk()
    with pytest.raises(AsteriskNotFound, match=r"^asterisk.not_fetched "):
        private_asterisk(tmp_path / "none")
