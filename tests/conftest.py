"""The application, a copy of the database, a stopped clock, one client for each person, and papers drawn once."""

import gc
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import apsw
import hypothesis
import pytest
from flask import Flask
from flask.testing import FlaskClient
from jinja2 import FileSystemBytecodeCache

from portal import config, create_app, db
from portal.bank_settings import DEMO_SITE, BankSettings
from portal.domain.papers import keys
from portal.domain.people import sessions
from portal.domain.people.models import Access, Staff, Tenant
from portal.kernel.clock import FixedClock
from portal.web import pdf
from tests.drawing import once
from tests.pages import Page, read_page
from tests.people import NOW, People, move_in

# No test depends on how fast the machine is, nor on luck: the examples are few and always the same. `script/drills`
# tries thousands of others.
hypothesis.settings.register_profile("portal", deadline=None, max_examples=30, derandomize=True)
hypothesis.settings.register_profile("mutants", deadline=None, derandomize=True, database=None, max_examples=10)
hypothesis.settings.load_profile("portal")


def pytest_collection_finish() -> None:
    """Leave what is loaded once for all out of every sweep of the memory to come: a tenth of the time goes there."""
    gc.collect()
    gc.freeze()


KEY = "5e" * 32  # signs the papers: the same paper of two tests has the same code, and is drawn once


@pytest.fixture(scope="session")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, People]:
    """A migrated database with the cast in it, made once."""
    path = tmp_path_factory.mktemp("office") / "portal.sqlite"
    with closing(apsw.Connection(str(path))) as connection:  # small pages: many tables are empty, and all are copied
        connection.execute("PRAGMA page_size = 1024; VACUUM")
    db.use(path)
    db.upgrade()
    with db.db.connection_context():
        db.db.pragma("synchronous", 0, permanent=True)  # of every connection to come: no test cuts the power
        people = move_in()
        db.db.execute_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    return path, people


@pytest.fixture
def people(furnished: tuple[Path, People]) -> People:
    """The cast of tests/people.py."""
    return furnished[1]


def settings_of(folder: Path) -> config.Config:
    """Return the settings of the tests' office, for one data folder."""
    office = config.Office(phone="0148790000", email="contact@oph.example")
    bank = BankSettings(site_id=DEMO_SITE, test_key="1122334455667788", demo=True)
    return config.Config(data=folder, mode="test", office=office, secret_key="test", poll_seconds=1, bank=bank)


@pytest.fixture
def settings(tmp_path: Path, furnished: tuple[Path, People]) -> config.Config:
    """The settings of a test: its own data folder, with its own copy of the database and the key of every test."""
    shutil.copy(furnished[0], tmp_path / "portal.sqlite")
    (tmp_path / keys.FILE).write_text(f"1 {KEY}\n", "ascii")
    return settings_of(tmp_path)


@pytest.fixture
def clock() -> FixedClock:
    """Monday 23 November 2026, 11 o'clock in Paris."""
    return FixedClock(NOW)


@pytest.fixture(scope="session")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> FileSystemBytecodeCache:
    """The templates, compiled once for all the processes of a run."""
    folder = tmp_path_factory.getbasetemp()
    folder = (folder.parent if "PYTEST_XDIST_WORKER" in os.environ else folder) / "templates"
    folder.mkdir(exist_ok=True)
    return FileSystemBytecodeCache(str(folder))


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory, compiled: FileSystemBytecodeCache) -> Flask:
    """The portal, put together once: its addresses and templates are the same for every test."""
    app = create_app(settings_of(tmp_path_factory.mktemp("nowhere")))
    app.jinja_env.bytecode_cache = compiled
    app.config.update(TESTING=True, WTF_CSRF_ENABLED=False)  # some tests have it on
    return app


@pytest.fixture
def app(built: Flask, settings: config.Config, clock: FixedClock) -> Iterator[Flask]:
    """The portal, with the settings, the clock and the copy of the database of this test alone."""
    as_built = dict(built.config)
    built.portal, built.clock = settings, clock
    db.use(settings.database)
    yield built
    db.close()
    built.config.clear()
    built.config.update(as_built)


@pytest.fixture
def database(app: Flask) -> Iterator[None]:
    """An open connection, for tests of the domain; unordered reads come out backwards, so that none leans on luck."""
    db.open_for("POST")  # and left open for a request, as `client_of` does
    db.db.execute_sql("PRAGMA reverse_unordered_selects = 1")
    yield
    db.close()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A browser nobody is signed in with."""
    return app.test_client()


@pytest.fixture
def client_of(app: Flask, clock: FixedClock) -> Callable[[Tenant | Staff], FlaskClient]:
    """Return a browser in which a person of the cast is signed in."""

    def sign_in(person: Tenant | Staff) -> FlaskClient:
        whose = Access.tenant == person if isinstance(person, Tenant) else Access.staff == person
        db.open_for("POST")  # and left open for the request to come, as from one request to the next
        token = sessions.begin(access=Access.get(whose), at=clock.now() - timedelta(minutes=1), hours=12)
        client = app.test_client()
        with client.session_transaction() as session:
            session["_user_id"] = token
            session["_fresh"] = True
        return client

    return sign_in


@pytest.fixture
def visit() -> Callable[..., Page]:
    """Fetch a page as a person would, and check that it is a page of ours (tests/pages.py)."""

    def fetch(client: FlaskClient, url: str, status: int = 200, **options: object) -> Page:
        response = client.get(url, **options)
        assert response.status_code == status, f"{url}: {response.status_code}"
        return read_page(response)

    return fetch


@pytest.fixture(scope="session", autouse=True)
def drawn_once() -> Iterator[None]:
    """Draw the same words once: hundreds of tests ask for a paper and look at what it says, or at who is given it."""
    with pytest.MonkeyPatch.context() as patch:
        for draw in (pdf.laid_out, pdf.draw_all, pdf.draw_record):
            patch.setattr(pdf, draw.__name__, once(draw))
        yield
