"""What was answered « enregistré » is there after the server was killed, and there once."""

import http.client
import http.cookiejar
import os
import re
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
from pathlib import Path

import pytest

from portal import config, create_app, db
from portal.domain.claims.models import Claim
from portal.domain.messages.models import Message, Thread
from portal.domain.people import sessions
from portal.domain.people.models import Access
from portal.kernel.clock import SystemClock
from tests.filing import GUIDE, STEPS
from tests.people import move_in

ROOT = Path(__file__).parents[2]
ROUNDS = 3
WRITERS = ("aminata", "bruno", "charlie", "nadia")
PATIENCE = 20.0


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """A data folder with the cast, and one thread of the Office."""
    config.save(tmp_path, {"mode": "test", "office": {"phone": "0148790000"}})
    db.use(tmp_path / "portal.sqlite")
    db.upgrade()
    with db.db.connection_context():
        people = move_in()
        now = SystemClock().now()
        Access.create(login="nadia", password_hash="!", tenant=people.nadia, opened_at=now, password_set_at=now)
        for rank, tenant in enumerate((people.aminata, people.bruno, people.charlie, people.nadia), start=1):
            thread = Thread.create(id=rank, tenant=tenant, subject="Essai", began_at=now, last_at=now)
            Message.create(
                thread=thread,
                written_at=now,
                side="office",
                author="Votre loge",
                body="Bonjour",
                once_key=f"{rank}",
            )
    return tmp_path


def free_port() -> int:
    """Return a port nobody listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def serve(folder: Path, port: int) -> subprocess.Popen:
    """Start the real server and wait until it answers."""
    environment = {**os.environ, "PORTAL_DATA": str(folder), "PORT": str(port), "HOST": "127.0.0.1"}
    command = [sys.executable, "-m", "gunicorn", "--config", "deploy/gunicorn.conf.py", "wsgi:app"]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    server = subprocess.Popen(command, cwd=ROOT, env=environment, start_new_session=True, **quiet)
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/sante", timeout=2).close()
        except OSError:
            threading.Event().wait(0.05)
        else:
            return server
    server.kill()
    raise AssertionError("the server did not start")


def cookie_of(folder: Path, login: str) -> str:
    """Return a cookie with which somebody is signed in."""
    app = create_app(config.load(folder))
    with db.db.connection_context():
        token = sessions.begin(access=Access.get(login=login), at=SystemClock().now(), hours=1)
    return app.session_interface.get_signing_serializer(app).dumps({"_user_id": token, "_fresh": True})


class Writer(threading.Thread):
    """Posts answers and claims as fast as it can, and remembers those the server said were kept."""

    def __init__(self, port: int, cookie: str, thread: int) -> None:
        super().__init__()
        self.thread = f"/espace/messages/{thread}"
        self.base = f"http://127.0.0.1:{port}"
        jar = http.cookiejar.CookieJar()
        jar.set_cookie(
            http.cookiejar.Cookie(
                0,
                "session",
                cookie,
                None,
                False,
                "127.0.0.1",
                True,
                False,
                "/",
                True,
                False,
                None,
                False,
                None,
                None,
                {},
            )
        )
        self.browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))
        self.kept: list[str] = []
        self.over = False

    def run(self) -> None:
        """Write until the server dies."""
        try:
            while True:
                key = secrets.token_hex(16)
                self.write(self.thread, {"body": "Réponse", "once_key": key})
                self.kept.append(key)
                self.kept.append(self.file_a_claim())
        except (OSError, http.client.HTTPException):
            self.over = True

    def write(self, page: str, words: dict[str, str]) -> str:
        """Open a page, send its form with some words, and return its one-time key once the answer has come."""
        html = self.browser.open(self.base + page, timeout=5).read().decode()
        hidden = dict(re.findall(r'name="(csrf_token|once_key|version)"[^>]*value="([^"]+)"', html))
        form = urllib.parse.urlencode({**hidden, **words}).encode()
        with self.browser.open(self.base + page, form, timeout=5) as answer:
            answer.read()
        return hidden.get("once_key", "")

    def file_a_claim(self) -> str:
        """Go through the guide, and return the key of the claim."""
        self.write(GUIDE, {})
        for step, words in STEPS.items():
            self.write(f"{GUIDE}/{step}", words)
        return self.write(f"{GUIDE}/verifier", {})


def test_every_answer_and_claim_that_was_acknowledged_survives_a_kill(office: Path) -> None:
    kept = []
    for _ in range(ROUNDS):
        port, cookies = free_port(), [cookie_of(office, login) for login in WRITERS]
        server = serve(office, port)
        writers = [Writer(port, cookie, rank) for rank, cookie in enumerate(cookies, start=1)]
        for writer in writers:
            writer.start()
        until = time.monotonic() + PATIENCE
        while min(len(writer.kept) for writer in writers) < 4 and time.monotonic() < until:
            threading.Event().wait(0.02)
        os.killpg(server.pid, signal.SIGKILL)
        server.wait()
        for writer in writers:
            writer.join()
        assert all(writer.over for writer in writers)
        kept += [key for writer in writers for key in writer.kept]
    assert len(kept) >= ROUNDS * len(WRITERS) * 4
    db.use(office / "portal.sqlite")
    with db.db.connection_context():
        stored = [row.once_key for model in (Message, Claim) for row in model.select()]
        assert db.db.execute_sql("PRAGMA integrity_check").fetchone() == ("ok",)
    assert not set(kept) - set(stored)
    assert len(stored) == len(set(stored))
