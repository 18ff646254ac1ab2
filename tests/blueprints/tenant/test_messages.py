"""« Mes messages », as a tenant meets them."""

from datetime import timedelta
from io import BytesIO

import pytest
from flask import Flask
from PIL import Image

from portal.db import db
from portal.domain.messages import actions
from portal.domain.messages.actions import Words
from portal.domain.messages.models import Message, Thread
from tests.pages import plain
from tests.people import NOW, People

KEY = "a" * 32
HTMX = {"HX-Request": "true"}


def write(people: People, key: str = "b" * 32, body: str = "Votre attestation est prête.") -> Thread:
    with db.connection_context():
        return actions.write_to_tenant(
            tenant=people.aminata,
            author="Service gestion locative",
            subject="Attestation",
            words=Words(body, key),
            staff=people.manager,
            at=NOW,
        )


def photo() -> tuple[BytesIO, str]:
    out = BytesIO()
    Image.new("RGB", (30, 20), "red").save(out, "JPEG")
    out.seek(0)
    return out, "fuite.jpg"


def count(model: type) -> int:
    with db.connection_context():
        return model.select().count()


def test_an_empty_inbox_says_so_and_offers_to_write(people: People, client_of, visit) -> None:
    page = visit(client_of(people.aminata), "/espace/messages")
    assert "Vous n'avez pas encore de message" in plain(page.get_text())
    assert page.find("a", href="/espace/messages/nouveau")


def test_a_message_of_the_office_is_unread_until_it_is_opened(people: People, client_of, visit) -> None:
    thread, client = write(people), client_of(people.aminata)
    row = visit(client, "/espace/messages").select_one(".row")
    assert "Non lu" in row.get_text()
    assert "Service gestion locative" in row.get_text()
    opened = visit(client, f"/espace/messages/{thread.id}")
    assert not opened.select_one("#menu .badge")
    assert "Non lu" not in visit(client, "/espace/messages").select_one(".rows").get_text()


def test_a_thread_opens_with_a_sentence_and_a_photo(people: People, client_of, visit) -> None:
    client = client_of(people.aminata)
    asked = {"subject": "travaux", "body": "Il y a une fuite.", "once_key": KEY, "files": [photo()]}
    answer = client.post("/espace/messages/nouveau", data=asked)
    assert answer.status_code == 303
    page = visit(client, answer.location)
    assert "Il y a une fuite." in page.select_one(".message").get_text()
    file = client.get(page.select_one(".thumbnails img")["src"], buffered=True)
    assert file.content_type == "image/jpeg"
    assert file.headers["Content-Disposition"].startswith("attachment")
    assert "sandbox" in file.headers["Content-Security-Policy"]


@pytest.mark.parametrize("url", ["/espace/messages/nouveau", "answer"])
def test_a_form_sent_twice_is_one_message(people: People, client_of, url: str) -> None:
    client = client_of(people.aminata)
    url = f"/espace/messages/{write(people).id}" if url == "answer" else url
    before = count(Message)
    places = {client.post(url, data={"subject": "autre", "body": "Merci", "once_key": KEY}).location for _ in range(2)}
    assert len(places) == 1
    assert count(Message) == before + 1


def test_an_empty_answer_comes_back_with_what_to_do(people: People, client_of) -> None:
    client = client_of(people.aminata)
    answer = client.post(f"/espace/messages/{write(people).id}", data={"body": "  ", "once_key": KEY})
    assert answer.status_code == 422
    assert "Écrivez votre message." in answer.text


def test_a_refused_file_keeps_the_words_and_says_to_choose_again(people: People, client_of) -> None:
    client = client_of(people.aminata)
    asked = {"body": "Voici la photo", "once_key": KEY, "files": [(BytesIO(b"GIF89a"), "moi.gif")]}
    answer = client.post(f"/espace/messages/{write(people).id}", data=asked)
    assert answer.status_code == 422
    assert "Voici la photo" in answer.text
    assert "choisir de nouveau" in answer.text


def test_six_files_are_one_too_many(people: People, client_of) -> None:
    asked = {"body": "Photos", "once_key": KEY, "files": [photo() for _ in range(6)]}
    answer = client_of(people.aminata).post(f"/espace/messages/{write(people).id}", data=asked)
    assert answer.status_code == 422
    assert "5 au plus" in plain(answer.text)


def test_what_was_typed_is_shown_and_never_run(people: People, client_of, visit) -> None:
    thread = write(people, body="<script>alert(1)</script>")
    page = visit(client_of(people.aminata), f"/espace/messages/{thread.id}")
    assert "<script>alert(1)</script>" in page.select_one(".message").get_text()


def test_the_unread_marks_change_without_a_reload(people: People, client_of) -> None:
    client = client_of(people.aminata)
    assert client.get("/espace/messages/non-lus?vu=0", headers=HTMX).status_code == 204
    write(people)
    news = client.get("/espace/messages/non-lus?vu=0", headers=HTMX | {"HX-Current-URL": "http://localhost/espace"})
    assert 'id="unread-menu"' in news.text
    assert "1 message non lu" in plain(news.text)
    assert "Set-Cookie" not in news.headers


def test_a_neighbour_can_neither_read_nor_answer(people: People, client_of) -> None:
    thread, neighbour = write(people), client_of(people.charlie)
    assert neighbour.get(f"/espace/messages/{thread.id}").status_code == 404
    assert neighbour.post(f"/espace/messages/{thread.id}", data={"body": "Moi", "once_key": KEY}).status_code == 404
    assert neighbour.get("/espace/messages/pieces/1").status_code == 404


def test_a_long_inbox_has_pages(app: Flask, people: People, client_of, visit, clock) -> None:
    for rank in range(21):
        write(people, f"{rank:032x}")
        clock.at += timedelta(minutes=1)
    client = client_of(people.aminata)
    assert len(visit(client, "/espace/messages").select(".row")) == 20
    assert len(visit(client, "/espace/messages?page=2").select(".row")) == 1
    assert client.get("/espace/messages?page=3").status_code == 404
    assert client.get("/espace/messages?page=zero").status_code == 404
