"""How far a task is: a line now and then in a log, a moving line in a terminal."""

import io

from portal.cli import progress
from portal.cli.progress import Progress


class Terminal(io.StringIO):
    """An output that says it is a terminal."""

    def isatty(self) -> bool:
        return True


def test_in_a_log_little_is_said(monkeypatch):
    output, now = io.StringIO(), [0.0]
    monkeypatch.setattr(progress.time, "monotonic", lambda: now[0])
    told = Progress(output)
    for second in range(12):
        now[0] = float(second)
        told("termes.csv", second, 12)
    assert output.getvalue().replace("\u00a0", " ").splitlines() == ["termes.csv : 42 %", "termes.csv : 83 %"]


def test_what_has_no_measure_is_said_at_once_in_a_long_work(monkeypatch):
    output, now = io.StringIO(), [0.0]
    monkeypatch.setattr(progress.time, "monotonic", lambda: now[0])
    told = Progress(output)
    told("Messages", 0, 0)
    now[0] = 3.0
    told("Réclamations", 0, 0)
    assert output.getvalue() == "Réclamations…\n"


def test_in_a_terminal_the_line_moves_and_is_wiped_at_the_end(monkeypatch):
    output, now = Terminal(), [0.0]
    monkeypatch.setattr(progress.time, "monotonic", lambda: now[0])
    told = Progress(output)
    now[0] = 1.0
    told("termes.csv", 1, 2)
    told.close()
    moved, wiped = output.getvalue().replace("\u00a0", " ").split("\r")[1:3]
    assert moved.endswith("50 %")
    assert wiped == " " * len(moved)
