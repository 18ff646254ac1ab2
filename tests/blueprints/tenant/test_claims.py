"""Mes réclamations, as a tenant sees them."""

import pytest

from portal.db import db
from portal.domain.claims.models import Claim, ClaimPhoto
from tests.filing import file_one, photo
from tests.pages import plain


@pytest.fixture
def aminata(client_of, people):
    """Aminata's browser."""
    return client_of(people.aminata)


def test_an_empty_list_says_what_to_do(aminata, visit):
    page = visit(aminata, "/espace/reclamations")
    assert page.select_one(".empty a.button")["href"] == "/espace/reclamations/nouvelle"


def test_a_filed_claim_stands_in_the_list(aminata, visit):
    file_one(aminata)
    listed = visit(aminata, "/espace/reclamations").select_one(".row__link")
    assert listed["href"] == "/espace/reclamations/2026-000001"
    assert "C'est au tour de votre loge" in plain(listed.get_text())


def test_photos_stand_in_the_timeline_and_open_as_files(aminata, visit):
    file_one(aminata, photos={"go": "next", "photos": [photo(), photo("mur.jpg", "red")]})
    page = visit(aminata, "/espace/reclamations/2026-000001")
    links = page.select(".timeline .thumbnails a")
    assert len(links) == 2
    with aminata.get(links[0]["href"]) as answer:
        assert answer.mimetype == "image/jpeg"
        assert "attachment" in answer.headers["Content-Disposition"]


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
    file_one(aminata, photos={"go": "next", "photos": [photo()]})
    charlie = client_of(people.charlie)
    with db.connection_context():
        picture = ClaimPhoto.get().id
    base = "/espace/reclamations"
    for path in ("/2026-000001", "/2026-000001/envoyee", f"/photos/{picture}"):
        assert charlie.get(base + path).status_code == 404
    assert charlie.post(f"{base}/2026-000001", data={"words": "x", "once_key": "c" * 32}).status_code == 404
