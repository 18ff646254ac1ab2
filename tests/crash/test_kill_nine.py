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
from tests.people import move_in

ROOT = Path(__file__).parents[2]
ROUNDS = 3
WRITERS = 4
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
        thread = Thread.create(tenant=people.aminata, subject="Essai", began_at=now, last_at=now)
        Message.create(
            thread=thread, written_at=now, side="office", author="Votre loge", body="Bonjour", once_key="0" * 32
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


def cookie_of(folder: Path) -> str:
    """Return a cookie with which Aminata is signed in."""
    app = create_app(config.load(folder))
    with db.db.connection_context():
        token = sessions.begin(access=Access.get(login="aminata"), at=SystemClock().now(), hours=1)
    return app.session_interface.get_signing_serializer(app).dumps({"_user_id": token, "_fresh": True})


class Writer(threading.Thread):
    """Posts answers and claims as fast as it can, and remembers those the server said were kept."""

    def __init__(self, port: int, cookie: str) -> None:
        super().__init__()
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
                self.write("/espace/messages/1", "/espace/messages/1", {"body": "Réponse"})
                claim = {"place": "dwelling", "nature": "plomberie", "description": "Fuite sous l’évier"}
                self.write("/espace/reclamations/nouvelle", "/espace/reclamations/nouvelle", claim)
        except (OSError, http.client.HTTPException):
            self.over = True

    def write(self, page: str, action: str, words: dict[str, str]) -> None:
        """Open the page, send its form, and note the key once the answer has come."""
        html = self.browser.open(self.base + page, timeout=5).read().decode()
        token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', html)[1]
        key = secrets.token_hex(16)
        form = urllib.parse.urlencode({**words, "csrf_token": token, "once_key": key}).encode()
        with self.browser.open(self.base + action, form, timeout=5) as answer:
            assert answer.url != self.base + action or "messages" in action  # a claim leads to its confirmation
            answer.read()
        self.kept.append(key)


def test_every_answer_and_claim_that_was_acknowledged_survives_a_kill(office: Path) -> None:
    kept = []
    for _ in range(ROUNDS):
        port, cookie = free_port(), cookie_of(office)
        server = serve(office, port)
        writers = [Writer(port, cookie) for _ in range(WRITERS)]
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
    assert len(kept) >= ROUNDS * WRITERS * 4
    db.use(office / "portal.sqlite")
    with db.db.connection_context():
        stored = [row.once_key for model in (Message, Claim) for row in model.select()]
        assert db.db.execute_sql("PRAGMA integrity_check").fetchone() == ("ok",)
    assert not set(kept) - set(stored)
    assert len(stored) == len(set(stored))
