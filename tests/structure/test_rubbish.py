"""Rubbish gets a French sentence and a 4xx, never a 500; nothing is half-written."""

import struct
import zlib
from io import BytesIO

import pytest

from portal.db import db
from portal.domain.files.models import StoredFile
from portal.domain.messages.models import Message
from tests.pages import plain, read_page
from tests.structure.addresses import pages

MEGABYTE = 1024 * 1024
KEY = "ab" * 16
NONSENSE = ("-1", "0", "99999999999999999999", "é", "%00", "2026-13", "'; DROP TABLE tenant --", "x" * 5000, "1e9", "")
PARAMETERS = ("page", "annee", "bail", "q", "locataire", "non_lus", "next")


def chunk(kind: bytes, data: bytes) -> bytes:
    """Return one chunk of a PNG."""
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def bomb() -> bytes:
    """Return a small PNG that announces 60 000 × 60 000 points."""
    header = struct.pack(">IIBBBBB", 60000, 60000, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0" * 9)) + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("photo.png", b"<!doctype html><script>alert(1)</script>"),
        ("photo.jpg", b"\xff\xd8\xff\xe0" + b"\0" * 50),
        ("bombe.png", bomb()),
        ("gros.pdf", b"%PDF-1.7\n" + b"0" * (20 * MEGABYTE) + b"\n%%EOF\n"),
        ("dessin.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"),
    ],
)
def test_a_bad_file_is_refused_with_a_sentence_and_nothing_is_kept(client_of, people, own, name, content):
    with db.connection_context():
        before = Message.select().count(), StoredFile.select().count()
    form = {"body": "Voici le document.", "once_key": KEY, "files": (BytesIO(content), name)}
    answer = client_of(people.aminata).post(
        f"/espace/messages/{own.thread}", data=form, content_type="multipart/form-data"
    )
    answer.request.environ["wsgi.input"].close()  # the test client leaves the file it sent open
    page = read_page(answer)
    with db.connection_context():
        after = Message.select().count(), StoredFile.select().count()
    assert answer.status_code == 422
    assert "Voici le document." in page.find("textarea").text
    assert page.find(class_="field__error")
    assert before == after


def test_a_megabyte_of_text_comes_back_in_its_form(client_of, people, own):
    words = "a" * MEGABYTE
    answer = client_of(people.aminata).post(f"/espace/messages/{own.thread}", data={"body": words, "once_key": KEY})
    assert answer.status_code == 422
    assert words in answer.text


@pytest.mark.parametrize("side", ["public", "access", "tenant", "office"])
def test_nonsense_in_an_address_never_breaks_a_page(app, client_of, people, own, side):
    client = client_of({"tenant": people.aminata}.get(side, people.manager))
    for url in pages(app, side, own):
        for rank, value in enumerate(NONSENSE):
            name = PARAMETERS[rank % len(PARAMETERS)]
            with client.get(url, query_string={name: value}) as answer:
                assert answer.status_code < 500, f"{url}?{name}={value[:40]}"


@pytest.mark.parametrize("name", PARAMETERS)
def test_nonsense_in_a_parameter_never_breaks_a_list(client_of, people, own, name):
    tenant, manager = client_of(people.aminata), client_of(people.manager)
    for value in NONSENSE:
        for leaf in ("messages", "quittances", "compte", "logement", "paiement"):
            assert tenant.get(f"/espace/{leaf}", query_string={name: value}).status_code < 500
        for leaf in ("recherche", "messages", "ecrire"):
            assert manager.get(f"/bureau/{leaf}", query_string={name: value}).status_code < 500


@pytest.mark.parametrize(
    "url", ["/espace/messages/9999999999999999999", "/espace/reclamations/%00", "/espace/quittances/2026-13.pdf"]
)
def test_an_impossible_address_is_a_page_that_does_not_exist(client_of, people, url):
    page = read_page(client_of(people.aminata).get(url))
    assert "Cette page n'existe pas" in plain(page.h1.text)
