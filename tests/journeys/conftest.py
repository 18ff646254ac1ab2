"""A real server on a free port, and a real browser, with and without JavaScript, wide and narrow."""

import os
import shutil
import threading
from collections.abc import Callable, Iterable, Iterator
from ctypes.util import find_library
from pathlib import Path
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from flask import Flask, abort
from jinja2 import FileSystemBytecodeCache
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright
from werkzeug.serving import make_server
from werkzeug.test import run_wsgi_app

from portal import create_app, db
from portal.domain.people import passwords, sessions
from portal.domain.people.models import Access, Staff, Tenant
from tests.conftest import settings_of
from tests.fixtures import Belongings, furnish
from tests.people import People, rents

# The one without windows opens a page with half the work, a new browser with a third.
CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium-headless-shell") or shutil.which("chromium")
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
STAFF_PASSWORD = "une phrase pour le bureau"
WIDTHS = {"wide": 1280, "narrow": 390}
# What axe need not make: the list of what is right, the selectors, and a second reading of the style sheets, for a rule
# that is off until it is asked for (css-orientation-lock).
ONLY_FAULTS = {"resultTypes": ["violations"], "selectors": False, "preload": {"assets": ["media"]}}
FAULTS = """async options => (await axe.run(document, options)).violations.map(each => [each.id, each.nodes[0].html])"""
PATIENCE = 15_000  # milliseconds, before a page that does not come fails its test


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium."""
    if not (CHROMIUM and find_library("atomic")):  # script/bootstrap has said what could not be installed
        pytest.skip("Chromium or libatomic is not installed: the journeys in a real browser are skipped.")
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def started(furnished: tuple[Path, People], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the tests' office; Marc has a password, and Nadia, who has no access yet, paid her rents."""
    path, people = furnished
    folder = tmp_path_factory.mktemp("started")
    db.use(shutil.copy(path, folder))
    with db.db.connection_context():
        rents(people.nadia, 3, pays=True)
        hashed = passwords.hashed(STAFF_PASSWORD)
        Access.update(password_hash=hashed).where(Access.staff == people.manager).execute()
        db.db.execute_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    return folder


@pytest.fixture(scope="session")
def filled(
    started: Path, furnished: tuple[Path, People], tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, Belongings]:
    """Another, in which there is also one thing of each kind, most of them Aminata's, and their ids."""
    folder = tmp_path_factory.mktemp("filled")
    db.use(shutil.copy(started / "portal.sqlite", folder))
    with db.db.connection_context():
        own = furnish(furnished[1], folder / "uploads")
        db.db.execute_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    return folder, own


@pytest.fixture
def portal(started: Path, compiled: FileSystemBytecodeCache, tmp_path: Path) -> Flask:
    """The portal on a copy of the tests' office, at the true time."""
    shutil.copytree(started, tmp_path, dirs_exist_ok=True)
    app = create_app(settings_of(tmp_path))
    app.jinja_env.bytecode_cache = compiled
    app.add_url_rule("/panne/<int:code>", "trouble", abort)  # to see the page of each error
    return app


def whole(app: WSGIApplication) -> WSGIApplication:
    """Answer in one piece: the file of an answer is closed even when the browser is gone before its end.

    Werkzeug's server forgets to close it then, and the warning of that fails whatever test is running.
    """

    def serve(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        body, status, headers = run_wsgi_app(app, environ, buffered=True)
        start_response(status, headers.to_wsgi_list())
        return body

    return serve


@pytest.fixture
def address(portal: Flask) -> Iterator[str]:
    """The address of a server of that portal."""
    server = make_server("127.0.0.1", 0, whole(portal), threaded=True)
    thread = threading.Thread(target=server.serve_forever, args=[0.02])  # seconds before it sees that it has to stop
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def own(portal: Flask, filled: tuple[Path, Belongings]) -> Belongings:
    """The ids of Aminata's claim, thread, orders and papers, which take the place of the office alone."""
    shutil.copytree(filled[0], portal.portal.data, dirs_exist_ok=True)
    return filled[1]


@pytest.fixture
def cookie_of(portal: Flask, address: str) -> Callable[[Tenant | Staff], dict]:
    """Return the cookie of a session opened for somebody of the cast, without walking through the door."""

    def sign_in(person: Tenant | Staff) -> dict:
        whose = Access.tenant == person if isinstance(person, Tenant) else Access.staff == person
        with db.db.connection_context():
            token = sessions.begin(access=Access.get(whose), at=portal.clock.now(), hours=1)
        serializer = portal.session_interface.get_signing_serializer(portal)
        return {"name": "session", "value": serializer.dumps({"_user_id": token, "_fresh": True}), "url": address}

    return sign_in


@pytest.fixture(params=["wide", "narrow"])
def width(request: pytest.FixtureRequest) -> int:
    """A desk's screen, then a telephone's."""
    return WIDTHS[request.param]


@pytest.fixture(params=[True, False], ids=["with JavaScript", "without JavaScript"])
def scripts(request: pytest.FixtureRequest) -> bool:
    """Whether the browser runs JavaScript."""
    return request.param


@pytest.fixture
def new_context(browser: Browser, address: str) -> Iterator[Callable[..., BrowserContext]]:
    """Open separate browsers; at the end none has complained, nor asked anything of another host.

    Errors on the console are complaints, breaches of the security policy among them. `troubled=True` leaves out the
    console's line about an answer that is no success, for those who go and look at errors.
    """
    contexts, complaints = [], []

    def start(*, troubled: bool = False, **options: object) -> BrowserContext:
        context = browser.new_context(base_url=address, locale="fr-FR", **options)
        context.set_default_timeout(PATIENCE)
        contexts.append(context)

        def hear(said) -> None:
            if said.type == "error" and not (troubled and said.text.startswith("Failed to load resource")):
                complaints.append(said.text)

        def watch(request) -> None:
            if not request.url.startswith((address + "/", "data:", "blob:", "chrome")):
                complaints.append(f"asks {request.url}")

        context.on("console", hear)
        context.on("weberror", lambda error: complaints.append(str(error.error)))
        context.on("request", watch)
        return context

    yield start
    for context in contexts:
        context.close()
    assert complaints == []


@pytest.fixture
def open_page(new_context: Callable[..., BrowserContext], width: int, scripts: bool) -> Callable[[], Page]:
    """Open pages of separate browsers, of this width, with or without JavaScript."""

    def start() -> Page:
        return new_context(viewport={"width": width, "height": 900}, java_script_enabled=scripts).new_page()

    return start


def faults_of(page: Page, *rules: str) -> list[list[str]]:
    """Return what axe finds wrong in a page: the rule, and the first piece of the page that breaks it."""
    if not page.evaluate("Boolean(window.axe)"):
        page.evaluate(AXE_SCRIPT)
    return page.evaluate(FAULTS, ONLY_FAULTS | ({"runOnly": list(rules)} if rules else {}))


@pytest.fixture
def sound(scripts: bool, width: int) -> Callable[[Page], None]:
    """Check a page with axe where scripts run, and that nothing overflows it sideways."""

    def check(page: Page) -> None:
        if not scripts:
            return
        assert faults_of(page) == [], page.url
        assert page.evaluate("document.scrollingElement.scrollWidth") <= width, page.url

    return check
