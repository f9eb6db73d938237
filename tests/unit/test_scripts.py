"""The scripts: sound shell, and the two libraries that share a package both work after the set-up."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from hotline.cli.kit.started import command_of
from hotline.settings.home import TREE


def shell_scripts() -> list[Path]:
    files = [*(TREE / "scripts").iterdir(), *(TREE / "scripts" / "lib").iterdir(), TREE / ".ci" / "run"]
    return [file for file in files if file.suffix == ".sh" or (file.is_file() and _runs_in_shell(file))]


def _runs_in_shell(file: Path) -> bool:
    return file.read_bytes().split(b"\n")[0] in (b"#!/usr/bin/env bash", b"#!/bin/sh")


@pytest.mark.parametrize("script", shell_scripts(), ids=lambda file: file.name)
def test_each_script_is_sound_shell_and_may_be_run(script: Path) -> None:
    checked = subprocess.run(["bash", "-n", script], check=False, capture_output=True, text=True)
    assert (checked.returncode, checked.stderr) == (0, "")
    assert script.suffix == ".sh" or script.stat().st_mode & 0o111


def test_asterisk_ami_and_pyst2_both_work_although_they_share_a_package() -> None:
    """Whichever was installed last has written asterisk/__init__.py; the parts we use must import beside it."""
    from asterisk.agi import AGI
    from asterisk.ami import AMIClient, SimpleAction

    assert callable(AGI.set_variable)
    assert str(SimpleAction("Ping", ActionID="1")).startswith("Action: Ping\r\n")
    assert AMIClient("127.0.0.1", 1).finished is None


def test_a_folder_elsewhere_and_a_link_do_not_confuse_the_scripts(tmp_path: Path) -> None:
    """They find the tree from where they really lie."""
    link = tmp_path / "setup-link"
    link.symlink_to(TREE / "scripts" / "setup")
    said = subprocess.run([link, "--nonsense"], cwd="/", check=False, capture_output=True, text=True)
    assert (said.returncode, said.stderr) == (1, "setup-link: usage: scripts/setup [--tests]\n")


def test_folders_of_our_names_where_we_are_called_from_are_not_taken_for_ours(tmp_path: Path) -> None:
    """A newcomer stands in the folder above the tree, which holds a folder called hotline: the tree."""
    (tmp_path / "hotline").mkdir()
    said = subprocess.run(command_of("--version"), cwd=tmp_path, check=False, capture_output=True, text=True)
    assert (said.returncode, said.stderr) == (0, "")
    for script in shell_scripts():
        for options in re.findall(r'bin/python"(.*?) -m hotline', script.read_text("utf-8")):
            assert "-P" in options, script
