"""The real server, and people who write to it as fast as they can."""

import http.client
import http.cookiejar
import os
import secrets
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from contextlib import suppress
from pathlib import Path

from flask import Flask

from portal import config, db
from portal.domain.people import sessions
from portal.domain.people.models import Access
from portal.kernel.clock import SystemClock
from tests.filing import GUIDE, STEPS, hidden_in

ROOT = Path(__file__).parents[2]
WRITERS = ("aminata", "bruno", "charlie", "nadia")
PATIENCE = 120.0  # seconds, on a machine that has much else to do


def free_port() -> int:
    """Return a port nobody listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def start(folder: Path, port: int, **more: str) -> subprocess.Popen:
    """Start the real server, in a session of its own; `more` are variables of its environment."""
    environment = {**os.environ, "PORTAL_DATA": str(folder), "PORT": str(port), "HOST": "127.0.0.1", **more}
    command = [sys.executable, "-m", "gunicorn", "--config", "deploy/gunicorn.conf.py", "wsgi:app"]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    command = ["setpriv", "--pdeathsig", "KILL", "--", *command]  # whoever dies takes it along
    return subprocess.Popen(command, cwd=ROOT, env=environment, start_new_session=True, **quiet)


def serve(folder: Path, port: int, **more: str) -> subprocess.Popen:
    """Start the real server and wait until it answers."""
    server = start(folder, port, **more)
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/sante", timeout=2).close()
        except OSError:
            threading.Event().wait(0.05)
        else:
            return server
    end(server, signal.SIGKILL)
    raise AssertionError("the server did not start")


def end(server: subprocess.Popen, how: int = signal.SIGTERM) -> None:
    """Stop a server and all its processes."""
    with suppress(ProcessLookupError):
        os.killpg(server.pid, how)
    server.wait()


def cookie_of(folder: Path, login: str) -> str:
    """Return a cookie with which somebody is signed in."""
    settings = config.load(folder)
    db.use(settings.database)
    with db.db.connection_context():
        token = sessions.begin(access=Access.get(login=login), at=SystemClock().now(), hours=1)
    app = Flask(__name__)  # signs as the portal does; the portal itself takes a tenth of a second to put together
    app.secret_key = settings.secret_key
    return app.session_interface.get_signing_serializer(app).dumps({"_user_id": token, "_fresh": True})


class Writer(threading.Thread):
    """Posts answers and claims as fast as it can, and remembers those the server said were kept.

    One browser of a tenant at a time files claims, for there is one draft; another only answers.
    """

    def __init__(self, port: int, cookie: str, thread: int, *, files: bool = True) -> None:
        super().__init__(daemon=True)
        self.files, self.cookie = files, cookie
        self.thread = f"/espace/messages/{thread}"
        self.base = f"http://127.0.0.1:{port}"
        jar = http.cookiejar.CookieJar()
        session = (0, "session", cookie, None, False, "127.0.0.1", True, False, "/", True, False, None, False)
        jar.set_cookie(http.cookiejar.Cookie(*session, None, None, {}))
        self.browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))
        self.kept: list[str] = []
        self.last: tuple[str, dict[str, str]] = ("", {})  # the last form that creates something, answered or not
        self.shown = ""  # the HTML of the page the last form led to
        self.over = False

    def run(self) -> None:
        """Write until the server dies."""
        try:
            while True:
                key = secrets.token_hex(16)
                self.write(self.thread, {"body": "Réponse", "once_key": key})
                self.kept.append(key)
                if self.files:
                    self.kept.append(self.file_a_claim())
        except (OSError, http.client.HTTPException):
            self.over = True

    def write(self, page: str, words: dict[str, str]) -> str:
        """Open a page, send its form with some words, and return its one-time key once the answer has come."""
        hidden = self.hidden(page)
        self.send(page, {**hidden, **words})
        return hidden.get("once_key", "")

    def hidden(self, page: str) -> dict[str, str]:
        """Return the hidden fields of a page's form."""
        return hidden_in(self.browser.open(self.base + page, timeout=PATIENCE).read().decode())

    def send(self, page: str, form: dict[str, str]) -> str:
        """Send a form and return the address it led to."""
        if page in (self.thread, f"{GUIDE}/verifier"):
            self.last = (page, form)
        with self.browser.open(self.base + page, urllib.parse.urlencode(form).encode(), timeout=PATIENCE) as answer:
            self.shown = answer.read().decode()
            return answer.url.removeprefix(self.base)

    def send_and_leave(self, page: str, form: dict[str, str]) -> None:
        """Send a form and hang up without waiting for its answer."""
        connection = http.client.HTTPConnection(self.base.removeprefix("http://"), timeout=PATIENCE)
        headers = {"Cookie": f"session={self.cookie}", "Content-Type": "application/x-www-form-urlencoded"}
        connection.request("POST", page, urllib.parse.urlencode(form), headers)
        connection.close()

    def file_a_claim(self) -> str:
        """Answer every question of the guide, each on the page the last one led to; return the key of the claim."""
        self.write(GUIDE, {})
        for step, words in STEPS.items():
            self.send(f"{GUIDE}/{step}", {**hidden_in(self.shown), **words})
        hidden = hidden_in(self.shown)
        self.send(f"{GUIDE}/verifier", hidden)
        return hidden["once_key"]
