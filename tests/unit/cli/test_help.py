"""`hotline --help`: each command with its own words, without loading what the commands need."""

from __future__ import annotations

import subprocess
import sys

import click
from click.testing import CliRunner

from hotline.cli import COMMANDS, Commands, main
from hotline.settings.home import TREE


class Importing(click.Group):
    """As click lists commands: by importing every one."""

    list_commands = Commands.list_commands
    get_command = Commands.get_command


def test_the_list_says_what_each_command_says_of_itself() -> None:
    listed = CliRunner().invoke(main, ["--help"])
    by_import = CliRunner().invoke(Importing("main", params=main.params, help=main.help), ["--help"])
    after = "Commands:"
    assert listed.output.split(after)[1] == by_import.output.split(after)[1]


def test_the_list_imports_no_command() -> None:
    program = (
        "import sys; from hotline.cli import main; main(['--help'], standalone_mode=False); "
        "own = [name for name in sys.modules if name.startswith('hotline.cli.') and 'kit' not in name]; "
        "print(own + [name for name in sys.modules if name == 'sqlalchemy'])"
    )
    said = subprocess.run([sys.executable, "-c", program], cwd=TREE, capture_output=True, text=True, check=True)
    assert said.stdout.splitlines()[-1] == "[]"
    assert all(f"  {name} " in said.stdout for name in COMMANDS)


def test_a_command_that_there_is_not_names_the_one_that_may_be_meant() -> None:
    result = CliRunner().invoke(main, ["call"])
    assert result.exit_code == 2 and "Did you mean calls?" in result.output
    unlike = CliRunner().invoke(main, ["xyzzy"])
    assert unlike.exit_code == 2 and "Did you mean" not in unlike.output
