"""Rubbish, and every place it can be put: the fields of the forms, the parameters of the addresses.

The quick tests spread a few values over all the places; `script/drills` throws thousands at each by the same functions.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from unittest.mock import Mock, patch
from urllib.parse import urlencode
from zlib import crc32

import apsw
from bs4 import BeautifulSoup, SoupStrainer
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from portal.domain.audit.actions import LOOKED_AT_FILE
from portal.domain.audit.models import Trace
from portal.domain.people.models import AccessRequest, Throttle
from portal.domain.tables import TABLES
from portal.web import pdf
from tests.fixtures import Belongings
from tests.structure.addresses import pages

SIDES = ("public", "access", "tenant", "office")
SPOILT = (*SIDES, "accounts")  # whose forms are tried: those kept for the accountant too
MARKUP = "<script>alert(1)</script>"
JUNK = {
    "an id of twenty digits": "9" * 20,
    "a negative number": "-1",
    "a date that cannot be": "2026-02-30",
    "a year before years": "0000-00-00",
    "markup": MARKUP,
    "nothing but spaces": " \u00a0\u200b ",
}
NOT_TEXT = {
    "no UTF-8": b"\xff\xfe\xc3(",
    "half a letter": b"Ele\xcc",
    "half a pair": b"\xed\xa0\xbd",
    "a NUL": b"a\0b",
}
PARAMETERS = ("page", "annee", "bail", "q", "locataire", "non_lus", "next")
NONSENSE = ("-1", "0", "9" * 20, "é", "%00", "2026-13", "'; DROP TABLE tenant --", "x" * 5000, "1e9", "")
DECENT = {"text": "Bonjour", "email": "a@exemple.fr", "tel": "0601020304", "number": "1", "date": "2026-12-01"}
KEYS = ("once_key", "version")  # what a page puts in its form, not the person
COUNTED_ANYWAY = (AccessRequest, Throttle)  # every try leaves its trace, the wrong ones first
BUT = {Trace: f" WHERE act <> '{LOOKED_AT_FILE}'"}  # a reading may note itself


@dataclass(frozen=True, eq=False)
class Form:
    """A form of a page: where it goes, and what a browser would send of it untouched."""

    action: str
    values: dict[str, str]

    @property
    def fields(self) -> list[str]:
        """The names of its fields."""
        return list(self.values)


@dataclass(frozen=True, eq=False)
class Shot:
    """A form with some of its values replaced; a list sends several values for one field."""

    form: Form
    rubbish: dict[str, object]
    kind: str

    def __str__(self) -> str:
        return f"{self.form.action}: {self.kind} as {', '.join(self.rubbish)}"

    def fire(self, client: FlaskClient) -> TestResponse:
        """Send it, and return the answer."""
        body = urlencode({**self.form.values, **self.rubbish}, doseq=True)
        return client.post(self.form.action, data=body, content_type="application/x-www-form-urlencoded")


def spread(form: Form, kinds: dict[str, object]) -> Iterator[Shot]:
    """Spoil each field alone, once, with the kind of rubbish that its form's address and its name draw."""
    for name in form.fields:
        kind = list(kinds)[crc32(f"{form.action} {name}".encode()) % len(kinds)]
        yield Shot(form, {name: kinds[kind]}, kind)


def all_at_once(form: Form, kinds: dict[str, object]) -> Iterator[Shot]:
    """Spoil every field a person fills in at once, so often that each field gets each kind of rubbish.

    A form reads all its fields before it says what is wrong, so that one request tries them all.
    """
    written = [name for name in form.fields if name not in KEYS]
    for turn in range(len(kinds) if written else 0):
        row = dict(zip(written, _turned(list(kinds), turn, len(written)), strict=True))
        yield Shot(form, {name: kinds[kind] for name, kind in row.items()}, " / ".join(dict.fromkeys(row.values())))


def one_by_one(form: Form, kinds: dict[str, object]) -> Iterator[Shot]:
    """Spoil each field alone with each kind of rubbish."""
    for name in form.fields:
        for kind, value in kinds.items():
            yield Shot(form, {name: value}, kind)


def nonsense_for(url: str, rounds: int) -> Iterator[dict[str, str]]:
    """Return so many queries of an address, each with nonsense in every parameter; ten try every pair."""
    first = crc32(url.encode())
    for turn in range(rounds):
        yield dict(zip(PARAMETERS, _turned(list(NONSENSE), first + turn, len(PARAMETERS)), strict=True))


def _turned(values: list, first: int, length: int) -> list:
    """Return so many values from a place on, from the beginning again after the last."""
    return [values[(first + rank) % len(values)] for rank in range(length)]


def forms_in(answer: TestResponse) -> Iterator[Form]:
    """Read the forms of a page that send something a person wrote or chose."""
    with answer:
        html = answer.text if answer.status_code == 200 and answer.mimetype == "text/html" else ""
    found = BeautifulSoup(html, "html.parser", parse_only=SoupStrainer("main"))
    for form in found.select("form[method=post]"):
        values = {}
        for tag in form.select("input[name], textarea[name], select[name]"):
            options = [each["value"] for each in tag.select("option") if each["value"]]
            decent = tag.get("value") or DECENT.get(tag.get("type", "text"), "Bonjour")
            if tag.get("type") != "file" and tag["name"] != "csrf_token":  # Flask-WTF's own, off in tests
                values.setdefault(tag["name"], options[0] if options else decent)
        yield Form(form["action"], values)


def every_form(app: Flask, client: FlaskClient, side: str, own: Belongings) -> list[Form]:
    """Ask for the pages of a side, and return their forms."""
    with undrawn():
        return forms_of(client.get(url) for url in pages(app, side, own))


def forms_of(answers: Iterable[TestResponse]) -> list[Form]:
    """Return the forms of some pages, one for each place they go to."""
    found = {form.action: form for answer in answers for form in forms_in(answer)}
    return [form for form in found.values() if form.fields]


@contextmanager
def undrawn() -> Iterator[None]:
    """Draw no paper: what is looked at is what an address does with rubbish, and a drawing takes half a second."""
    blank = Mock(pages=[], **{"copy.return_value.write_pdf.return_value": b"%PDF-", "write_pdf.return_value": b"%PDF-"})
    with patch.multiple(pdf, laid_out=lambda *_: blank, draw_record=lambda *_: b"%PDF-"):
        yield


@dataclass
class Kept:
    """What the database and the folder of files hold, but for what counts the tries."""

    database: Path
    uploads: Path
    connection: apsw.Connection = field(init=False)

    def __post_init__(self) -> None:
        self.connection = apsw.Connection(str(self.database), flags=apsw.SQLITE_OPEN_READONLY)
        tables = {each._meta.table_name: BUT.get(each, "") for each in TABLES if each not in COUNTED_ANYWAY}
        self.names = list(tables)
        self.sql = f"SELECT {', '.join(f'(SELECT COUNT(*) FROM {name}{but})' for name, but in tables.items())}"

    def __call__(self) -> tuple[dict[str, int], list[str]]:
        """Return how many rows each table has, and which files there are."""
        rows = next(self.connection.execute(self.sql))
        files = sorted(str(path) for path in self.uploads.rglob("*") if path.is_file())
        return dict(zip(self.names, rows, strict=True)), files

    def bytes(self) -> int:
        """Return how many bytes the database holds."""
        pages, size = (next(self.connection.execute(f"PRAGMA page_{what}"))[0] for what in ("count", "size"))
        return pages * size


Visit = Callable[[], FlaskClient]  # gives a browser in which the person a side is for is signed in


def fire_all(shots: Iterator[Shot], visit: Visit) -> Iterator[tuple[Shot, TestResponse]]:
    """Send them one after the other; what was taken as words may have signed the person out: they come back."""
    return _fired(shots, visit(), visit)  # signed in at once: from here on the caller may count what is kept


def _fired(shots: Iterator[Shot], client: FlaskClient, visit: Visit) -> Iterator[tuple[Shot, TestResponse]]:
    for shot in shots:
        answer = shot.fire(client)
        if answer.status_code < 400:
            client = visit()
        yield shot, answer
