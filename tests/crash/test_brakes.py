"""The brakes on guessing hold whichever process answers, and after a restart."""

import signal
import urllib.error
from pathlib import Path

from tests.crash.server import Writer, cookie_of, end, free_port, serve

FREE = 5


def wrong_password(writer: Writer) -> int:
    """Try a wrong password for Bruno; return the status of the answer."""
    form = {**writer.hidden("/espace"), "login": "bruno", "password": "ce n’est pas le bon"}
    try:
        writer.send("/acces", form)
    except urllib.error.HTTPError as refused:
        return refused.code
    return 200


def test_the_sixth_wrong_password_waits_in_every_process_and_after_a_restart(office: Path) -> None:
    port, cookie = free_port(), cookie_of(office, "aminata")
    statuses = []
    for processes, tries in (("2", FREE + 3), ("1", 1)):
        server = serve(office, port, WEB_CONCURRENCY=processes)
        try:
            statuses += [wrong_password(Writer(port, cookie, 1)) for _ in range(tries)]
        finally:
            end(server, signal.SIGKILL)
    assert statuses == [422] * FREE + [429] * 4
