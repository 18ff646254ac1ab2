"""Every error page is ours: French, calm, and it says what to do."""

import pytest
from flask import Flask, abort

from portal import create_app, db
from tests.pages import plain, read_page

CODES = (400, 403, 404, 405, 413, 422, 429, 500, 503)


@pytest.fixture(scope="module")
def built(built: Flask) -> Flask:
    """The portal, with an address that fails as it is told."""
    app = create_app(built.portal)
    app.config.update(PROPAGATE_EXCEPTIONS=False, WTF_CSRF_ENABLED=False)
    app.add_url_rule("/panne/<int:code>", "failing", abort)
    return app


@pytest.mark.parametrize("code", CODES)
def test_each_error_has_its_page_and_a_number_to_call(client, code):
    response = client.get(f"/panne/{code}")
    page = read_page(response)
    assert response.status_code == code
    assert "01 48 79 00 00" in plain(page.main.get_text())


def test_two_errors_are_not_told_in_the_same_words(client):
    titles = [read_page(client.get(f"/panne/{code}")).h1.get_text() for code in CODES]
    assert len(set(titles)) == len(CODES)


def test_the_way_out_of_an_error_leads_home_on_the_same_side(client_of, people):
    page = read_page(client_of(people.loge).get("/bureau/loges"))
    assert page.select_one(".actions a")["href"] == "/bureau"
    assert "Espace locataires" not in page.select_one(".top").get_text()
    page = read_page(client_of(people.aminata).get("/espace/quittances/1999-01"))
    assert page.select_one(".actions a")["href"] == "/espace"


@pytest.mark.parametrize("code", CODES)
def test_each_error_is_also_a_fragment(client, code):
    response = client.get(f"/panne/{code}", headers={"HX-Request": "true"})
    assert "<html" not in response.text
    assert read_page(response).main["id"] == "centre"


def test_an_unknown_page_is_told_plainly(client):
    page = read_page(client.get("/nulle-part"))
    assert plain(page.h1.get_text()) == "Cette page n'existe pas"


@pytest.mark.parametrize("signed_in", [False, True])
def test_the_page_of_a_fault_comes_out_without_the_database(client, client_of, people, monkeypatch, signed_in):
    def broken(_method: str) -> None:
        raise OSError("the disk is gone")

    if signed_in:
        client = client_of(people.aminata)
    monkeypatch.setattr(db, "open_for", broken)
    response = client.get("/")
    assert response.status_code == 500
    assert "disk" not in response.text
    assert plain(read_page(response).h1.get_text()) == "Le site a rencontré un problème"
