"""`script/mutants`: break the rules one small change at a time, in a copy, and see that a test falls each time.

The rules to break and the tests that must see it stand in setup.cfg, `[mutmut]`; the changes that no test sees and that
somebody accepted, in mutants.toml, each with its reason.
"""

import ast
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterator
from configparser import ConfigParser
from contextlib import chdir
from dataclasses import dataclass
from pathlib import Path

import click
from mutmut.mutation.data import SourceFileMutationData
from mutmut.mutation.diff_apply import get_diff_for_mutant
from mutmut.stats import status_by_exit_code
from mutmut.utils.format_utils import orig_function_and_class_names_from_key

from portal.cli.progress import Progress

ROOT = Path(__file__).parents[1]
KNOWN = Path(__file__).with_suffix(".toml")
COPIED = ("portal", "tests", "setup.cfg", "pyproject.toml")
TARGET = 85  # per cent
KILLED = {"killed", "timeout", "segfault"}
# A decorator that keeps what the function gave would keep it from before the change.
LEFT_AS_THEY_ARE = {"cache"}


@dataclass(frozen=True, order=True)
class Change:
    """A change that no test saw: in which function, the line as it was, and as it became (empty: taken away)."""

    module: str
    function: str
    was: str
    becomes: str

    def __str__(self) -> str:
        return f"{self.module}, {self.function}\n    − {self.was}\n    + {self.becomes}"


@dataclass(frozen=True)
class Result:
    """How many changes were made in a module, and those that no test saw."""

    module: str
    made: int
    survivors: list[Change]

    def row(self) -> tuple[str, ...]:
        """What the table says of it."""
        return row_of(self.module, self.made, len(self.survivors))


def undecorated(source: str) -> str:
    """Return a module that does the same, its decorators applied by hand: mutmut leaves decorated functions alone.

    `@property` above `def rest` is `rest = property(rest)` below it.
    """
    while function := next(_decorated(ast.parse(source)), None):
        lines, above = source.splitlines(), function.decorator_list
        indent, name = " " * function.col_offset, function.name
        applied = [f"{indent}{name} = {ast.unparse(each)}({name})" for each in reversed(above)]
        lines[function.end_lineno : function.end_lineno] = applied
        del lines[above[0].lineno - 1 : function.lineno - 1]
        source = "\n".join(lines) + "\n"
    return source


def _decorated(module: ast.Module) -> Iterator[ast.FunctionDef]:
    for node in ast.walk(module):
        if isinstance(node, ast.FunctionDef):
            decorators = {ast.unparse(each) for each in node.decorator_list}
            if decorators and not decorators & LEFT_AS_THEY_ARE:
                yield node


def rules() -> list[str]:
    """Return the modules to break, as setup.cfg lists them."""
    settings = ConfigParser()
    settings.read(ROOT / "setup.cfg", "utf-8")
    patterns = settings["mutmut"]["only_mutate"].split()
    return sorted({str(path.relative_to(ROOT)) for pattern in patterns for path in ROOT.glob(pattern)})


def run(copy: Path, modules: list[str]) -> None:
    """Run mutmut in a copy of the sources, telling how far it is. Raises click.ClickException when it cannot."""
    for name in COPIED:
        source = ROOT / name
        (shutil.copytree if source.is_dir() else shutil.copy)(source, copy / name)
    for module in rules():
        path = copy / module
        path.write_text(undecorated(path.read_text("utf-8")), "utf-8")
    names = [f"{module.removesuffix('.py').replace('/', '.')}.*" for module in modules]
    command = [Path(sys.executable).with_name("mutmut"), "run", *names]
    progress, said = Progress(), []
    with subprocess.Popen(command, cwd=copy, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as running:
        try:
            for line in running.stdout:  # a carriage return ends a line too
                if far := re.search(r"(\d+)/(\d+)  🎉", line):
                    progress("Changements essayés", int(far[1]), int(far[2]))
                else:
                    said.append(line)
        finally:
            running.send_signal(signal.SIGINT)  # it stops its own; one that is over hears nothing
            progress.close()
    if running.returncode:
        raise click.ClickException("mutmut s’est arrêté :\n" + "".join(said[-60:]))


def result_of(module: str) -> Result:
    """Return what became of the changes made in a module; the current folder is the copy."""
    data = SourceFileMutationData(path=module)
    data.load()
    alive = [name for name, code in data.exit_code_by_key.items() if status_by_exit_code[code] not in KILLED]
    return Result(module, len(data.exit_code_by_key), [_change(module, name) for name in alive])


def _change(module: str, name: str) -> Change:
    function, of_class = orig_function_and_class_names_from_key(name)
    lines = get_diff_for_mutant(name, path=module).splitlines()[3:]
    was, becomes = (" ".join(line[1:].strip() for line in lines if line.startswith(sign)) for sign in "-+")
    return Change(module, f"{of_class}.{function}" if of_class else function, was, becomes)


def known(modules: list[str]) -> set[Change]:
    """Return the changes accepted in some modules."""
    listed = tomllib.loads(KNOWN.read_text("utf-8"))
    return {
        Change(module, each["function"], each["was"], each["becomes"])
        for module in modules
        for each in listed.get(module, ())
    }


def row_of(name: str, made: int, alive: int) -> tuple[str, ...]:
    """Return a line of the table."""
    return name, str(made), str(made - alive), str(alive), f"{rate(made, alive):.0f} %"


def rate(made: int, alive: int) -> float:
    """Return how many changes of a hundred were seen."""
    return 100 * (made - alive) / made if made else 100


@click.command(help="Change les règles, une petite chose à la fois, et vérifie qu’un test le voit (moins d’une heure).")
@click.argument("modules", nargs=-1, type=click.Choice(rules()), metavar="[MODULE]…")
def main(modules: tuple[str, ...]) -> None:
    """Print the table and the changes no test saw; the status is 1 under the target, or when the list is not true."""
    signal.signal(signal.SIGTERM, lambda *_signal: sys.exit(1))
    chosen = list(modules) or rules()
    with tempfile.TemporaryDirectory(prefix="portal-mutants-") as folder:
        run(Path(folder), chosen if modules else [])
        with chdir(folder):
            results = [result_of(module) for module in chosen]
    made, alive = sum(each.made for each in results), sum(len(each.survivors) for each in results)
    rows = [("Module", "mutants", "tués", "survivants", "taux"), *(each.row() for each in results)]
    rows.append(row_of("En tout", made, alive))
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for name, *figures in rows:
        click.echo(
            f"{name:{widths[0]}}"
            + "".join(f"  {each:>{width}}" for each, width in zip(figures, widths[1:], strict=True))
        )
    found, accepted = {change for each in results for change in each.survivors}, known(chosen)
    tell("Aucun test ne les voit", found - accepted)
    tell(f"Acceptés dans {KNOWN.relative_to(ROOT)}, mais un test les voit, ou la ligne a changé", accepted - found)
    sys.exit(1 if found != accepted or rate(made, alive) < TARGET else 0)


def tell(heading: str, changes: set[Change]) -> None:
    """Print some changes, if any, under a heading."""
    if changes:
        click.echo(f"\n{heading} :")
    for change in sorted(changes):
        click.echo(f"  {change}")


if __name__ == "__main__":
    main()
