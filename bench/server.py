"""A gunicorn with the portal's own settings, and visitors who ask it for pages without a pause."""

import http.client
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VISITORS = 4
SECONDS = 1.5
SECONDS_ALONE = 0.5
PATIENCE_SECONDS = 20
END_OF_HEADERS = b"\r\n\r\n"


@contextmanager
def serving(application: str, **environment: str) -> Iterator[int]:
    """Serve a WSGI application by one process, so that the visitors have the other core; yields its port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "gunicorn", "--config", "deploy/gunicorn.conf.py", application]
    process = subprocess.Popen(
        ["setpriv", "--pdeathsig", "TERM", "--", *command],  # noqa: S607 (Debian's, wherever it is)
        cwd=ROOT,
        env=os.environ | environment | {"PORT": str(port), "HOST": "127.0.0.1", "WEB_CONCURRENCY": "1"},
        stdout=subprocess.DEVNULL,
    )
    try:
        _wait_for(port, process)
        yield port
    finally:
        process.terminate()
        process.wait()


def _wait_for(port: int, process: subprocess.Popen) -> None:
    until = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < until and process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port)).close()
        except ConnectionRefusedError:
            time.sleep(0.05)
        else:
            return
    raise SystemExit("Le serveur à mesurer n’a pas démarré.")


@dataclass(frozen=True)
class Answer:
    """What travelled: the body as it was sent, and how it was compressed (or "")."""

    body: bytes
    encoding: str


def ask(port: int, path: str, headers: dict[str, str]) -> Answer:
    """Ask for one page or file as a browser does, which reads gzip; anything but a 200 ends the measure."""
    with closing(http.client.HTTPConnection("127.0.0.1", port)) as connection:
        return _asked(connection, path, headers | {"Accept-Encoding": "gzip"})


def time_of_a_page(port: int, paths: list[str], cookie: str, length: float = SECONDS_ALONE) -> float:
    """Return the seconds one visitor alone waits for a page, in the mean of the paths, each asked as often."""
    headers, count, began_at = {"Cookie": cookie}, 0, time.perf_counter()
    with closing(http.client.HTTPConnection("127.0.0.1", port)) as connection:
        while not count or time.perf_counter() < began_at + length:
            for path in paths:
                _asked(connection, path, headers)
            count += len(paths)
    return (time.perf_counter() - began_at) / count


def _asked(connection: http.client.HTTPConnection, path: str, headers: dict[str, str]) -> Answer:
    connection.request("GET", path, headers=headers)
    answer = connection.getresponse()
    body = answer.read()
    if answer.status != http.client.OK:
        raise SystemExit(f"{path} : le serveur a répondu {answer.status}.")
    return Answer(body, answer.headers.get("Content-Encoding", ""))


def rate(port: int, path: str, cookies: list[str] | None = None, length: float = SECONDS) -> float:
    """Return how many times a second a path is answered 200 to visitors who take turns with the cookies."""
    until, counts, cookies = time.perf_counter() + length, [], cookies or [""]
    threads = [
        threading.Thread(target=_visit, args=(port, path, cookies[rank % len(cookies) :: VISITORS], until, counts))
        for rank in range(VISITORS)
    ]
    began_at = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if len(counts) < VISITORS:
        raise SystemExit(f"{path} : le serveur a répondu autre chose que 200.")
    return sum(counts) / (time.perf_counter() - began_at)


def _visit(port: int, path: str, cookies: list[str], until: float, counts: list[int]) -> None:
    asked = [
        f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nCookie: {cookie}\r\n\r\n".encode() for cookie in cookies
    ]
    with socket.create_connection(("127.0.0.1", port)) as connection:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        count = 0
        for request in cycle(asked):
            if count and time.perf_counter() >= until:
                break
            connection.sendall(request)
            if not _answered(connection):
                return
            count += 1
    counts.append(count)


def _answered(connection: socket.socket) -> bool:
    """Read one answer to its end; say whether it is a 200."""
    received = b""
    while END_OF_HEADERS not in received:
        if not (part := connection.recv(65536)):
            return False
        received += part
    head, _, body = received.partition(END_OF_HEADERS)
    left = int(head.lower().split(b"content-length:")[1].split(b"\r\n")[0]) - len(body)
    while left > 0:
        left -= len(connection.recv(min(left, 65536)))
    return head.startswith(b"HTTP/1.1 200")
