"""A real server on a free port, and a real browser, with and without JavaScript, wide and narrow."""

import os
import shutil
import threading
from collections.abc import Iterator
from ctypes.util import find_library
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright
from werkzeug.serving import make_server

from portal import config, create_app, db
from portal.domain.people import passwords
from portal.domain.people.models import Access
from tests.people import People

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or ""
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
STAFF_PASSWORD = "une phrase pour le bureau"
WIDTHS = {"wide": 1280, "narrow": 390}


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium."""
    if not (CHROMIUM and find_library("atomic")):  # script/bootstrap has said what could not be installed
        pytest.skip("Chromium or libatomic is not installed: the journeys in a real browser are skipped.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def address(furnished: tuple[Path, People], tmp_path: Path) -> Iterator[str]:
    """The address of a server on a copy of the tests' office, at the true time."""
    shutil.copy(furnished[0], tmp_path / "portal.sqlite")
    office = config.Office(phone="0148790000", email="contact@oph.example")
    app = create_app(config.Config(data=tmp_path, mode="test", office=office, secret_key="test", poll_seconds=1))
    with db.db.connection_context():
        hashed = passwords.hashed(STAFF_PASSWORD)
        Access.update(password_hash=hashed).where(Access.staff == furnished[1].manager).execute()
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(params=["wide", "narrow"])
def width(request: pytest.FixtureRequest) -> int:
    """A desk's screen, then a telephone's."""
    return WIDTHS[request.param]


@pytest.fixture(params=[True, False], ids=["with JavaScript", "without JavaScript"])
def scripts(request: pytest.FixtureRequest) -> bool:
    """Whether the browser runs JavaScript."""
    return request.param


@pytest.fixture
def open_page(browser: Browser, address: str, width: int, scripts: bool) -> Iterator:
    """Open pages of separate browsers; at the end none of them has complained."""
    contexts, complaints = [], []

    def start() -> Page:
        context = browser.new_context(
            base_url=address, viewport={"width": width, "height": 900}, java_script_enabled=scripts, locale="fr-FR"
        )
        context.set_default_timeout(15_000)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        return page

    yield start
    for context in contexts:
        context.close()
    assert complaints == []


@pytest.fixture
def sound(scripts: bool, width: int):
    """Check a page with axe where scripts run, and that nothing overflows it sideways."""

    def check(page: Page) -> None:
        if not scripts:
            return
        found = Axe().run(page).response["violations"]
        assert [(each["id"], each["nodes"][0]["html"]) for each in found] == [], page.url
        assert page.evaluate("document.documentElement.scrollWidth") <= width, page.url

    return check
