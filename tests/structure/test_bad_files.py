"""A bad file is refused with a sentence by every form that takes files, and nothing of it is kept.

The forms are those of the pages of tests/structure/addresses.py, and the moves on a réclamation; a new one fails here
until it is named. Each form meets some of the bad files, and each bad file some of the forms.
"""

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO

from bs4 import BeautifulSoup, SoupStrainer
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from portal.blueprints.office.claim_doings import DOINGS
from portal.config import ClaimDelays
from portal.db import db
from portal.domain.claims import actions as claims
from portal.domain.claims import handling
from portal.domain.claims.recording import Act
from tests.pages import plain, read_page
from tests.people import NOW, lease_of
from tests.structure.hostile import Kept
from tests.structure.looks import Visit

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


BAD_FILES = {
    "photo.png": b"<!doctype html><script>alert(1)</script>",
    "photo.jpg": b"\xff\xd8\xff\xe0" + b"\0" * 50,
    "bombe.png": bomb(),
    "gros.pdf": b"%PDF-1.7\n" + b"0" * (8 * MEGABYTE) + b"\n%%EOF\n",
    "coupé.pdf": PDF[:9],
    "vide.jpg": b"",
    "dessin.svg": b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
}
FOR_EACH_FORM = 3


def bad_files(rank: int, taker: Taker) -> list[str]:
    """Return what a form is tried with: some of the bad files in turn, and papers where only photos go."""
    names = list(BAD_FILES)
    some = [names[(FOR_EACH_FORM * rank + step) % len(names)] for step in range(FOR_EACH_FORM)]
    return some if taker.documents else [*some, "bail.pdf"]


def takers_in(answer: TestResponse) -> Iterator[Taker]:
    """Read the forms of a page that take files, with what a browser would send of them."""
    with answer:
        html = answer.text if answer.status_code == 200 and answer.mimetype == "text/html" else ""
    if 'type="file"' not in html:  # to read a page whole takes longer than all the rest
        return
    page = BeautifulSoup(html, "html.parser", parse_only=SoupStrainer("form"))
    for form in page.select("form[method=post]:has(input[type=file])"):
        field = form.select_one("input[type=file]")
        values = {each["name"]: each.get("value", "") for each in form.select("input[name]:not([type=file])")}
        values |= {each["name"]: WORDS for each in form.select("textarea[name]")}
        yield Taker(form["action"], field["name"], "application/pdf" in field["accept"], values)


def done_claim(people) -> str:
    """Return the number of a réclamation of Aminata's that the Office says is done."""
    claim = claims.file_claim(
        tenant=people.aminata,
        lease=lease_of(people.aminata),
        place="dwelling",
        nature="electricite",
        description="Plus de courant.",
        once_key="done",
        at=NOW,
        delays=ClaimDelays(),
    )
    handling.mark_done(claim=claim, staff=people.technical, act=Act(NOW, ClaimDelays(), words="Réparé."))
    return claim.number


def takers(client_of, people, own, visited: dict[str, Visit]) -> Iterator[tuple[FlaskClient, Taker]]:
    """Return every form that takes files, with the browser of somebody who may send it."""
    with db.connection_context():
        done, building = done_claim(people), lease_of(people.aminata).dwelling.building_id
    tenant, office = client_of(people.aminata), client_of(people.admin)
    for client, side in ((tenant, "tenant"), (office, "office")):
        yield from ((client, taker) for look in visited[side].looks.values() for taker in takers_in(look.answer))
    yield from ((tenant, taker) for taker in takers_in(tenant.get(f"/espace/reclamations/{done}/pas-repare")))
    for slug in DOINGS:
        yield from ((office, taker) for taker in takers_in(office.get(f"/bureau/reclamations/{own.claim}/{slug}")))
    notice = {"building": building, "subject": "Eau", "body": WORDS, "once_key": "ab" * 16}
    yield from ((office, taker) for taker in takers_in(office.post("/bureau/ecrire/batiment", data=notice)))


def test_a_bad_file_is_refused_by_every_form_that_takes_files_and_the_words_stay(app, client_of, people, own, visited):
    every = {taker.action: (client, taker) for client, taker in takers(client_of, people, own, visited)}
    places, kept = app.url_map.bind("localhost"), Kept(app.portal.database, app.portal.uploads)
    before, tried = kept(), set()
    assert {places.match(action, "POST")[0] for action in every} == TAKERS
    for rank, (client, taker) in enumerate(every.values()):
        for step, name in enumerate(bad_files(rank, taker)):
            answer = refused(client, taker, name, BAD_FILES.get(name, PDF))
            tried.add(name)
            if step == 0:  # one a form: reading a page whole takes longer than all the rest
                assert read_page(answer).h1
        assert kept() == before, taker.action
    kept.connection.close()
    assert tried == {*BAD_FILES, "bail.pdf"}


def test_the_heaviest_file_is_refused_with_the_same_sentence(client_of, people, own):
    taker = Taker(f"/espace/messages/{own.thread}", "files", True, {"body": WORDS, "once_key": "ab" * 16})
    refused(client_of(people.aminata), taker, "vidéo.pdf", b"%PDF-1.7\n" + b"0" * (20 * MEGABYTE) + b"\n%%EOF\n")


def refused(client: FlaskClient, taker: Taker, name: str, content: bytes) -> TestResponse:
    """Send a form with a bad file: the answer names the file, and what was written is still in the form."""
    sent, where = {**taker.values, taker.field: (BytesIO(content), name)}, f"{taker.action}: {name}"
    answer = client.post(taker.action, data=sent, content_type="multipart/form-data")
    answer.request.environ["wsgi.input"].close()  # the test client leaves the file it sent open
    assert answer.status_code == 422, where
    page = BeautifulSoup(answer.text, "html.parser")
    said = page.find(id=f"{taker.field}-error")
    assert said, where
    assert name in plain(said.text), where
    for written in (each for each, value in taker.values.items() if value == WORDS):
        kept_words = page.find(attrs={"name": written})
        assert WORDS in (kept_words.get("value") or kept_words.text), where
    return answer
