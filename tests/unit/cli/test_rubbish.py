"""Whatever is typed, a command answers in words and with a code that is not 0 where it did nothing; never by a
traceback."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from hotline.cli import PROCESSES, main
from hotline.settings import Home
from tests.support.prepared import prepare

RUBBISH = ("", "rubbish", "-1", "9" * 23, "2026-13-45", "☠ ' \" ; \n", "no/such/x")

#: It writes into the program's own tree.
LEFT_OUT = {("db", "revise")}


def leaves(command: click.Command, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    if not isinstance(command, click.Group):
        yield path, command
        return
    context = click.Context(command)
    for name in command.list_commands(context):
        inner = command.get_command(context, name)
        assert inner is not None
        yield from leaves(inner, (*path, name))


LEAVES = {" ".join(path): (path, command) for path, command in leaves(main) if path not in LEFT_OUT}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("rubbish")
    made = Home(folder)
    made.create()
    prepare(made)
    return folder


@pytest.fixture(autouse=True)
def elsewhere(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOTLINE_HOME", str(home))
    monkeypatch.chdir(tmp_path)


def told(*arguments: str) -> Result:
    """What the command says to it; it must end as commands end."""
    result = CliRunner().invoke(main, arguments)
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise AssertionError(arguments) from result.exception
    assert "Traceback" not in result.output
    if result.exit_code:
        assert result.output.strip(), f"{arguments} failed and said nothing"
    return result


@pytest.mark.parametrize("name", LEAVES)
def test_what_a_command_does_not_take_is_refused(name: str) -> None:
    path, _command = LEAVES[name]
    assert told(*path, "--no-such-option").exit_code == 2
    if any(argument.nargs == -1 for argument in LEAVES[name][1].params):
        return
    assert told(*path, *["x"] * 9).exit_code == 2


@pytest.mark.parametrize("name", [name for name, (path, _command) in LEAVES.items() if path[0] not in PROCESSES])
def test_rubbish_is_answered_in_words(name: str) -> None:
    path, command = LEAVES[name]
    arguments = [each for each in command.params if isinstance(each, click.Argument)]
    options = [each for each in command.params if isinstance(each, click.Option) and not each.is_flag]
    needed = [each for each in options if each.required]
    for rubbish in RUBBISH:
        given = [part for each in needed for part in (each.opts[0], rubbish)]
        rest = ["--", *[rubbish] * len(arguments)] if arguments else []
        if given or rest:
            told(*path, *given, *rest)
        for option in options:
            if option not in needed:
                told(*path, *given, option.opts[0], rubbish, *rest)


@pytest.mark.parametrize("name", ["customers export", "directory export"])
def test_where_nothing_can_be_written_it_is_said(name: str, tmp_path: Path) -> None:
    result = told(*name.split(), str(tmp_path))
    assert result.exit_code == 1
    assert "can be neither read nor written" in result.output
