"""The home's files are their owner's alone, in every process; an upgrade narrows what an older version has left."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from hotline.checks.machine import check_private
from hotline.settings import Home
from hotline.settings.private import narrow, wider
from hotline.web.kit.refusals.registry import say


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def run(home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """As a shell with the usual umask starts it."""
    command = [sys.executable, "-m", "hotline.cli", *arguments]
    return subprocess.run(
        command,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "HOTLINE_HOME": str(home)},
        preexec_fn=lambda: os.umask(0o022),
    )


def an_old_home(root: Path) -> Path:
    """As a version made it that left its files to the umask."""
    for folder in ("recordings/store/2026/11", "log", "asterisk/etc", "greetings/zh"):
        (root / folder).mkdir(parents=True)
    for file in ("recordings/store/2026/11/a.flac", "log/web.log", "asterisk/etc/pjsip.conf", "hotline.toml"):
        (root / file).write_text("", "utf-8")
        (root / file).chmod(0o644)
    for known in [root, *(path for path in root.rglob("*") if path.is_dir())]:
        known.chmod(0o755)
    return root


@pytest.mark.parametrize("arguments", [("db", "upgrade"), ("user", "list"), ("calls",)])
def test_whatever_a_command_makes_is_private(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    home = tmp_path / "home"
    assert run(home, "db", "upgrade").returncode == 0
    assert run(home, *arguments).returncode == 0
    assert list(wider(home)) == []
    assert mode(home) == 0o700 and mode(home / "hotline.db") == 0o600


def test_an_upgrade_narrows_what_was_wide(tmp_path: Path) -> None:
    home = an_old_home(tmp_path / "home")
    assert len(list(wider(home))) > 10
    assert run(home, "db", "upgrade").returncode == 0
    assert list(wider(home)) == []
    assert mode(home / "recordings/store/2026/11/a.flac") == 0o600 and mode(home / "recordings/store/2026") == 0o700


def test_what_can_be_run_still_can_and_links_are_left_alone(tmp_path: Path) -> None:
    (tmp_path / "home").mkdir()
    outside = tmp_path / "outside"
    outside.write_text("", "utf-8")
    outside.chmod(0o644)
    (tmp_path / "home/link").symlink_to(outside)
    script = tmp_path / "home/script"
    script.write_text("", "utf-8")
    script.chmod(0o755)
    narrow(tmp_path / "home")
    assert mode(script) == 0o700 and mode(outside) == 0o644


def test_the_check_tells_of_wide_files_and_what_to_do(tmp_path: Path) -> None:
    home = Home(an_old_home(tmp_path / "home"))
    told = check_private(home)
    assert (
        told.advice and "db upgrade" in say(told.advice, str) and "web.log" not in say(told.detail, str).split(",")[0]
    )
    narrow(home.root)
    assert not check_private(home).advice


def test_a_backup_holds_what_a_home_needs_and_is_private(tmp_path: Path) -> None:
    """As docs/backups.md says."""
    home, restored = tmp_path / "var", tmp_path / "restored"
    assert run(home, "db", "upgrade").returncode == 0
    made = run(home, "backup", "make")
    assert made.returncode == 0, made.stderr
    (backup,) = (home / "backups").glob("*.tar")
    assert list(wider(home / "backups")) == []
    brought = run(home, "backup", "restore", str(backup), str(restored))
    assert brought.returncode == 0, brought.stderr
    assert list(wider(restored)) == []
    assert run(restored, "calls").returncode == 0
