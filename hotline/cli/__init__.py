"""The command line. One command or group a module, found by its file: hotline/cli/<name>.py holds `command`, or
processes/<name>.py where the command runs until it is stopped."""

from __future__ import annotations

import ast
import difflib
import importlib
from pathlib import Path
from typing import Any

import click

from hotline import __version__
from hotline.cli.kit.help import NARROW, chinese, command_in_language, heading, parameter_in_language, speak
from hotline.cli.kit.language import is_chinese, said, said_of_settings
from hotline.domain.reasons import Coded, because
from hotline.settings import SettingsError
from hotline.settings.private import be_private

_HERE = Path(__file__).parent


def _found(folder: Path) -> list[str]:
    """The modules of the folder, by the names of their files: none is imported for that."""
    return sorted(file.stem for file in folder.glob("*.py") if not file.stem.startswith("_"))


PROCESSES = tuple(_found(_HERE / "processes"))
COMMANDS = tuple(sorted((*_found(_HERE), *PROCESSES)))


def _module(name: str) -> str:
    return f"processes.{name}" if name in PROCESSES else name


class Commands(click.Group):
    """Imports a command's module only when it is called, so that each starts quickly."""

    def make_context(self, *args: Any, **extra: Any) -> click.Context:
        speak()
        if is_chinese():
            extra.setdefault("max_content_width", NARROW)
        return super().make_context(*args, **extra)

    def get_params(self, ctx: click.Context) -> list[click.Parameter]:
        return [parameter_in_language(each) for each in super().get_params(ctx)]

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.indentation():
            formatter.write_paragraph()
            formatter.write_text(chinese(self.help or "") if is_chinese() else self.help or "")

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        return command_in_language(importlib.import_module(f"hotline.cli.{_module(cmd_name)}").command)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Says which command may have been meant by one that there is not."""
        near = difflib.get_close_matches(args[0], COMMANDS, 1) if args[0] not in COMMANDS else []
        if near and not ctx.resilient_parsing:
            ctx.fail(said(because("commands.did_you_mean", name=args[0], meant=near[0])))
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        width = formatter.width - 6 - max(map(len, COMMANDS))  # click's own
        with formatter.section(heading("Commands")):
            formatter.write_dl([(name, _described(name).get_short_help_str(width)) for name in COMMANDS])

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except SettingsError as error:
            raise click.ClickException(
                said(because("settings.wrong", problems="\n".join(said_of_settings(error))))
            ) from None
        except Coded as error:
            raise click.ClickException(said(error)) from None
        except BrokenPipeError:
            raise  # click ends quietly: whoever read the output has gone
        except OSError as error:  # a file that cannot be read or written
            file, why = str(error.filename2 or error.filename or "-"), error.strerror or str(error)
            told = because("commands.file", file=file, why=why)
            raise click.ClickException(said(told)) from None


def _described(name: str) -> click.Command:
    """With the words of the command's function, read and not imported: all commands together are the whole program,
    and a list of them need not load it."""
    file = _HERE / f"{_module(name).replace('.', '/')}.py"
    tree = ast.parse(file.read_text("utf-8"))
    [words] = [ast.get_docstring(it) for it in tree.body if isinstance(it, ast.FunctionDef) and it.name == "command"]
    return command_in_language(click.Command(name, help=words))


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="hotline")
def main() -> None:
    """The 400 hotline. State lives in HOTLINE_HOME (default: var/ in the tree)."""
    be_private()
