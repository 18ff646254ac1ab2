"""Mes réclamations, as a tenant sees them."""

from io import BytesIO

import pytest
from PIL import Image

from portal.db import db
from portal.domain.claims.models import Claim, ClaimPhoto
from tests.pages import plain

FILED = {
    "place": "dwelling",
    "nature": "plomberie",
    "description": "L’eau coule sous l’évier.\n\nDepuis lundi.",
    "once_key": "a" * 32,
}


@pytest.fixture
def aminata(client_of, people):
    """Aminata's browser."""
    return client_of(people.aminata)


def photo(name="évier.jpg"):
    """A small photo as a browser sends it."""
    content = BytesIO()
    Image.new("RGB", (40, 30), "navy").save(content, "JPEG")
    return BytesIO(content.getvalue()), name


def file_one(client, **changes):
    """Send the form and return the answer."""
    return client.post("/espace/reclamations/nouvelle", data={**FILED, **changes})


def test_an_empty_list_says_what_to_do(aminata, visit):
    page = visit(aminata, "/espace/reclamations")
    assert page.select_one(".empty a.button")["href"] == "/espace/reclamations/nouvelle"


def test_emergencies_come_before_the_form(aminata, visit):
    page = visit(aminata, "/espace/reclamations/nouvelle")
    numbers = page.select_one("main a[href='tel:0800473333']")
    assert numbers.find_next("form", action="/espace/reclamations/nouvelle")


def test_a_filed_claim_shows_its_number_then_stands_in_the_list(aminata, visit):
    answer = file_one(aminata)
    assert (answer.status_code, answer.location) == (303, "/espace/reclamations/2026-000001/envoyee")
    assert visit(aminata, answer.location).select_one(".confirmation__number").get_text() == "2026-000001"
    listed = visit(aminata, "/espace/reclamations").select_one(".row__link")
    assert listed["href"] == "/espace/reclamations/2026-000001"
    assert "C'est au tour de votre loge" in plain(listed.get_text())


def test_sent_twice_it_is_filed_once(aminata):
    assert file_one(aminata).location == file_one(aminata).location
    with db.connection_context():
        assert Claim.select().count() == 1


def test_what_is_missing_is_said_and_what_was_typed_is_kept(aminata):
    answer = file_one(aminata, nature="", place="")
    assert answer.status_code == 422
    text = answer.get_data(as_text=True)
    assert "Choisissez où est le problème." in text
    assert "Choisissez de quoi il s’agit." in text
    assert "Depuis lundi." in text


@pytest.mark.parametrize("bad", [{"nature": "licorne"}, {"place": "x"}, {"description": "a" * 4001}, {"once_key": "z"}])
def test_rubbish_is_refused_in_the_form(aminata, bad):
    assert file_one(aminata, **bad).status_code == 422
    with db.connection_context():
        assert Claim.select().count() == 0


def test_photos_stand_in_the_timeline_and_open_as_files(aminata, visit):
    file_one(aminata, photos=[photo(), photo("mur.jpg")])
    page = visit(aminata, "/espace/reclamations/2026-000001")
    links = page.select(".timeline .thumbnails a")
    assert len(links) == 2
    with aminata.get(links[0]["href"]) as answer:
        assert answer.mimetype == "image/jpeg"
        assert "attachment" in answer.headers["Content-Disposition"]


def test_the_seventh_photo_is_refused(aminata):
    assert file_one(aminata, photos=[photo() for _ in range(7)]).status_code == 422


def test_words_are_added_to_an_open_claim(aminata, visit):
    file_one(aminata)
    url = "/espace/reclamations/2026-000001"
    assert aminata.post(url, data={"words": "Cela coule plus fort.", "once_key": "b" * 32}).status_code == 303
    page = visit(aminata, url)
    assert "Cela coule plus fort." in page.select(".timeline .event")[-1].get_text()
    assert page.select_one("#flashes .notice--done")


def test_nothing_to_add_is_said(aminata):
    file_one(aminata)
    answer = aminata.post("/espace/reclamations/2026-000001", data={"words": " ", "once_key": "b" * 32})
    assert answer.status_code == 422


def test_a_claim_that_is_over_has_no_box_and_refuses_words(aminata, visit):
    file_one(aminata)
    url = "/espace/reclamations/2026-000001"
    with db.connection_context():
        Claim.update(state="close").execute()
    assert not visit(aminata, url).select_one("textarea")
    answer = aminata.post(url, data={"words": "Encore.", "once_key": "b" * 32})
    assert answer.status_code == 422
    assert "nouvelle réclamation" in answer.get_data(as_text=True)


def test_the_neighbour_finds_nothing(aminata, client_of, people):
    file_one(aminata, photos=[photo()])
    charlie = client_of(people.charlie)
    with db.connection_context():
        picture = ClaimPhoto.get().id
    base = "/espace/reclamations"
    for path in ("/2026-000001", "/2026-000001/envoyee", f"/photos/{picture}"):
        assert charlie.get(base + path).status_code == 404
    assert charlie.post(f"{base}/2026-000001", data={"words": "x", "once_key": "c" * 32}).status_code == 404
