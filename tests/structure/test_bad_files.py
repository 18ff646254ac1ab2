"""A bad file is refused with a sentence by every form that takes files, and nothing of it is kept.

The forms are those of the pages of tests/structure/addresses.py, and the moves on a réclamation; a new one fails here
until it is named.
"""

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from portal.blueprints.office.claim_doings import DOINGS
from portal.config import ClaimDelays
from portal.db import db
from portal.domain.claims import actions as claims
from portal.domain.claims import handling
from portal.domain.claims.recording import Act
from portal.domain.tables import TABLES
from tests.pages import plain, read_page
from tests.people import NOW, lease_of
from tests.structure.addresses import pages

MEGABYTE = 1024 * 1024
WORDS = "Voici ce que je veux dire."
PDF = b"%PDF-1.7\n%%EOF\n"
TAKERS = {
    *("tenant.answer", "tenant.open_thread", "tenant.claim", "tenant.claim_photos", "tenant.say_not_repaired"),
    *("office.answer", "office.send", "office.send_notice", "office.file_claim"),
    *("office.make_claim_move", "office.report_order"),
}


@dataclass(frozen=True)
class Taker:
    """A form that takes files: where it goes, its field, whether it takes documents too, what else it sends."""

    action: str
    field: str
    documents: bool
    values: dict[str, str]


def bomb() -> bytes:
    """Return a small PNG that announces 60 000 × 60 000 points."""
    chunks = ((b"IHDR", struct.pack(">IIBBBBB", 60000, 60000, 8, 2, 0, 0, 0)), (b"IDAT", zlib.compress(b"\0" * 9)))
    parts = (
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in (*chunks, (b"IEND", b""))
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def bad_files(taker: Taker) -> list[tuple[str, bytes]]:
    """Return what a form must refuse: disguised, cut, too large, too heavy, empty, and papers where photos go."""
    heavy = b"%PDF-1.7\n" + b"0" * (8 * MEGABYTE) + b"\n%%EOF\n"
    return [
        ("photo.png", b"<!doctype html><script>alert(1)</script>"),
        ("photo.jpg", b"\xff\xd8\xff\xe0" + b"\0" * 50),
        ("bombe.png", bomb()),
        ("gros.pdf", heavy),
        ("coupé.pdf", PDF[:9]),
        ("vide.jpg", b""),
        ("dessin.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"),
        *([] if taker.documents else [("bail.pdf", PDF)]),
    ]


def takers_in(answer: TestResponse) -> Iterator[Taker]:
    """Read the forms of a page that take files, with what a browser would send of them."""
    with answer:
        page = answer.status_code == 200 and answer.mimetype == "text/html" and read_page(answer)
    for form in page.select("form[method=post]:has(input[type=file])") if page else ():
        field = form.select_one("input[type=file]")
        values = {each["name"]: each.get("value", "") for each in form.select("input[name]:not([type=file])")}
        values |= {each["name"]: WORDS for each in form.select("textarea[name]")}
        yield Taker(form["action"], field["name"], "application/pdf" in field["accept"], values)


def done_claim(people) -> str:
    """Return the number of a réclamation of Aminata's that the Office says is done."""
    claim = claims.file_claim(
        tenant=people.aminata, lease=lease_of(people.aminata), place="dwelling", nature="electricite",
        description="Plus de courant.", once_key="done", at=NOW, delays=ClaimDelays(),
    )  # fmt: skip
    handling.mark_done(claim=claim, staff=people.technical, act=Act(NOW, ClaimDelays(), words="Réparé."))
    return claim.number


def takers(app: Flask, client_of, people, own) -> Iterator[tuple[FlaskClient, Taker]]:
    """Return every form that takes files, with the browser of somebody who may send it."""
    with db.connection_context():
        done, building = done_claim(people), lease_of(people.aminata).dwelling.building_id
    tenant, office = client_of(people.aminata), client_of(people.admin)
    moves = [f"/bureau/reclamations/{own.claim}/{slug}" for slug in DOINGS]
    seen = [(tenant, url) for url in (*pages(app, "tenant", own), f"/espace/reclamations/{done}/pas-repare")]
    seen += [(office, url) for url in (*pages(app, "office", own), *moves)]
    for client, url in seen:
        if "." not in url:  # a page, not a file
            yield from ((client, taker) for taker in takers_in(client.get(url)))
    notice = {"building": building, "subject": "Eau", "body": WORDS, "once_key": "ab" * 16}
    yield from ((office, taker) for taker in takers_in(office.post("/bureau/ecrire/batiment", data=notice)))


def kept(folder: Path) -> tuple:
    """Return how many rows each table has, and which files there are."""
    with db.connection_context():
        rows = {each._meta.table_name: each.select().count() for each in TABLES}
    return rows, sorted(str(path) for path in folder.rglob("*") if path.is_file())


def test_a_bad_file_is_refused_by_every_form_that_takes_files_and_the_words_stay(app, client_of, people, own):
    every = {taker.action: (client, taker) for client, taker in takers(app, client_of, people, own)}
    places, before = app.url_map.bind("localhost"), kept(app.portal.uploads)
    assert {places.match(action, "POST")[0] for action in every} == TAKERS
    for client, taker in every.values():
        for name, content in bad_files(taker):
            refused(client, taker, name, content)
            assert kept(app.portal.uploads) == before, f"{taker.action}: {name}"


def refused(client: FlaskClient, taker: Taker, name: str, content: bytes) -> None:
    """Send a form with a bad file: the answer names the file, and what was written is still in the form."""
    sent, where = {**taker.values, taker.field: (BytesIO(content), name)}, f"{taker.action}: {name}"
    answer = client.post(taker.action, data=sent, content_type="multipart/form-data")
    answer.request.environ["wsgi.input"].close()  # the test client leaves the file it sent open
    assert answer.status_code == 422, where
    page = read_page(answer)
    said = page.find(id=f"{taker.field}-error")
    assert said, where
    assert name in plain(said.text), where
    for written in (each for each, value in taker.values.items() if value == WORDS):
        kept_words = page.find(attrs={"name": written})
        assert WORDS in (kept_words.get("value") or kept_words.text), where
