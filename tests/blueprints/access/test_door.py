"""The door: who is let in, who is not, and how little is said."""

import pytest

from portal.db import db
from portal.domain.people import passwords
from portal.domain.people.models import Access, SignIn
from tests.pages import plain, read_page

PASSWORD = "k7mf-3xqa-r9tw"


@pytest.fixture
def key(app, people):
    """Give Aminata and the manager a password the tests know."""
    with db.connection_context():
        Access.update(password_hash=passwords.hashed(PASSWORD)).execute()


def enter(client, login="aminata", password=PASSWORD, url="/acces", **more):
    return client.post(url, data={"login": login, "password": password, **more})


def test_the_door_is_as_the_guide_says(client, visit):
    page = visit(client, "/acces")
    assert plain(page.h1.text) == "Accès à l'application new web"
    assert page.find("button", string=lambda text: text == "Valider") or "Valider" in page.form.button.text
    assert plain(page.find("a", href="/acces/demande", class_=False).text) == "Demander un code d'accès"


def test_the_right_password_opens_the_space(client, key):
    answer = enter(client)
    assert (answer.status_code, answer.location) == (303, "/espace")


@pytest.mark.parametrize("typed", ["K7MF 3XQA R9TW", "k7mf3xqar9tw", " k7mf-3xqa–r9tw "])
def test_case_spaces_and_dashes_do_not_count(client, key, typed):
    assert enter(client, login=" Aminata ", password=typed).status_code == 303


def test_unknown_login_and_wrong_password_read_the_same(client, key):
    answers = [enter(client, login="nobody"), enter(client, password="wrong")]
    first, second = (read_page(answer) for answer in answers)
    assert [answer.status_code for answer in answers] == [422, 422]
    assert first.find(class_="summary").text == second.find(class_="summary").text


def test_what_was_typed_stays_but_the_password(client, key):
    page = read_page(enter(client, password="wrong"))
    assert page.find(id="login")["value"] == "aminata"
    assert not page.find(id="password").get("value")


def test_after_five_failures_one_waits_and_is_told_until_when(client, key):
    for _ in range(5):
        enter(client, password="wrong")
    answer = enter(client)
    assert answer.status_code == 429
    assert "Réessayez à 11 h 01" in plain(read_page(answer).find(class_="summary").text)


def test_the_wait_ends(client, key, clock):
    from datetime import timedelta

    for _ in range(5):
        enter(client, password="wrong")
    clock.at += timedelta(minutes=2)
    assert enter(client).status_code == 303


def test_a_closed_access_opens_nothing(client, key, people, clock):
    with db.connection_context():
        Access.update(closed_at=clock.now()).where(Access.tenant == people.aminata).execute()
    assert enter(client).status_code == 422


@pytest.mark.parametrize(
    ("wanted", "lands"),
    [
        ("/espace/quittances", "/espace/quittances"),
        ("/bureau", "/espace"),
        ("//evil.example/espace", "/espace"),
        ("https://evil.example/espace", "/espace"),
        ("/\\evil.example", "/espace"),
        ("/espace/%0d%0aX: y\r\n", "/espace"),
        ("/espaces", "/espace"),
    ],
)
def test_the_next_page_stays_on_this_side_of_this_site(client, key, wanted, lands):
    assert enter(client, next=wanted).location == lands


def test_the_office_has_its_own_door(client, key):
    answer = enter(client, login="marc", url="/bureau/connexion")
    assert (answer.status_code, answer.location) == (303, "/bureau")


def test_signing_out_ends_the_session_on_the_server(client, key):
    enter(client)
    assert client.post("/acces/sortie").location == "/acces"
    with db.connection_context():
        assert SignIn.select().count() == 0


def test_empty_fields_are_asked_for(client, visit):
    page = read_page(enter(client, login="  ", password=""))
    words = plain(page.find(class_="summary").text)
    assert "Écrivez votre identifiant" in words
    assert "Écrivez votre mot de passe" in words
