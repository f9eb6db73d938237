"""The home's files are their owner's alone, in every process; an upgrade narrows what an older version has left."""

from __future__ import annotations

import os
import sqlite3
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


def test_the_documented_backup_holds_everything_and_is_private(tmp_path: Path) -> None:
    """As docs/operations.md says, word for word."""
    home = tmp_path / "var"
    assert run(home, "db", "upgrade").returncode == 0
    (home / "asterisk/log").mkdir(parents=True, exist_ok=True)
    (home / "hotline.toml").write_text("", "utf-8")
    (home / "secrets.toml").write_text("", "utf-8")
    sqlite3.connect(home / "asterisk/log/cel.db").execute("CREATE TABLE cel (x)").connection.close()
    text = (Path(__file__).parents[3] / "docs/operations.md").read_text("utf-8")
    commands = text.split("## Backup and restore")[1].split("```sh\n")[1].split("```")[0]
    tools = tmp_path / "bin"
    tools.mkdir()
    # sqlite3's shell is the site's; here its one command that is used.
    (tools / "sqlite3").write_text(
        f"#!{sys.executable}\nimport sqlite3, sys\n"
        'target = sys.argv[2].split("\'")[1]\n'
        "sqlite3.connect(sys.argv[1]).backup(sqlite3.connect(target))\n",
        "utf-8",
    )
    (tools / "sqlite3").chmod(0o755)
    done = subprocess.run(
        ["sh", "-e", "-c", commands],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PATH": f"{tools}:{os.environ['PATH']}"},
        preexec_fn=lambda: os.umask(0o022),
    )
    assert done.returncode == 0, done.stderr
    assert {path.name for path in (tmp_path / "backup").iterdir()} >= {
        "hotline.db",
        "asterisk",
        "secrets.toml",
        "hotline.toml",
        "greetings",
        "recordings",
    }
    assert list(wider(tmp_path / "backup")) == []
    restored = tmp_path / "restored"
    restored.mkdir()
    subprocess.run(["cp", "-a", f"{tmp_path}/backup/.", str(restored)], check=True)
    assert run(restored, "db", "upgrade").returncode == 0 and run(restored, "calls").returncode == 0
