"""After the password, the code of the telephone: for who must, and for who wants."""

from dataclasses import replace
from datetime import timedelta

import pyotp
import pytest

from portal.db import db
from portal.domain.audit.models import Trace
from portal.domain.people import passwords
from portal.domain.people.models import Access, SecondFactor, SignIn
from tests.pages import plain, read_page
from tests.people import NOW

PASSWORD = "k7mf-3xqa-r9tw"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"  # an example, of nobody
DOOR, STEP = "/bureau/connexion", "/bureau/connexion/code"


def code(at, secret=SECRET) -> str:
    return pyotp.TOTP(secret).at(at)


@pytest.fixture
def key(app, people):
    """Give everybody a password the tests know."""
    with db.connection_context():
        Access.update(password_hash=passwords.hashed(PASSWORD)).execute()


@pytest.fixture
def telephone(key, people):
    """Marc, the manager, has set his telephone up this morning."""
    with db.connection_context():
        access = Access.get(Access.staff == people.manager)
        SecondFactor.create(access=access, secret=SECRET, set_at=NOW - timedelta(hours=2), last_step=0)
    return access


def give_password(client, login="marc", **more):
    return client.post(DOOR, data={"login": login, "password": PASSWORD, **more})


def give_code(client, digits, **more):
    return client.post(STEP, data={"code": digits, **more})


def sentence(answer) -> str:
    return plain(read_page(answer).find(class_="summary").text)


def test_the_password_alone_opens_nothing_to_who_has_a_telephone(client, telephone):
    answer = give_password(client)
    assert (answer.status_code, answer.location) == (303, STEP)
    assert client.get("/bureau").location.startswith(DOOR)
    with db.connection_context():
        assert SignIn.select().count() == 0


def test_the_code_of_now_opens_and_the_entry_is_traced(client, telephone, clock):
    give_password(client)
    assert give_code(client, code(clock.now())).location == "/bureau"
    assert client.get("/bureau").status_code == 200
    with db.connection_context():
        assert Trace.select().where(Trace.act == "signed_in").count() == 1


@pytest.mark.parametrize("seconds", [-30, 30])
def test_a_telephone_half_a_minute_off_still_opens(client, telephone, clock, seconds):
    give_password(client)
    assert give_code(client, code(clock.now() + timedelta(seconds=seconds))).status_code == 303


def test_spaces_in_the_code_do_not_count(client, telephone, clock):
    give_password(client)
    digits = code(clock.now())
    assert give_code(client, f" {digits[:3]} {digits[3:]} ").status_code == 303


@pytest.mark.parametrize("digits", ["000000", "12345", "١٢٣٤٥٦", "é", "0" * 20])
def test_a_wrong_code_says_what_to_do(client, telephone, digits):
    give_password(client)
    answer = give_code(client, digits)
    assert answer.status_code == 422
    assert "Ce code n'est pas le bon" in sentence(answer)
    assert client.get("/bureau").status_code == 303


def test_a_code_of_two_minutes_ago_opens_nothing(client, telephone, clock):
    give_password(client)
    assert give_code(client, code(clock.now() - timedelta(minutes=2))).status_code == 422


def test_a_code_serves_once(app, client, telephone, clock):
    give_password(client)
    digits = code(clock.now())
    assert give_code(client, digits).status_code == 303
    other = app.test_client()
    give_password(other)
    assert give_code(other, digits).status_code == 422


def test_after_five_wrong_codes_one_waits_whatever_the_browser(app, client, telephone, clock):
    give_password(client)
    for _ in range(5):
        give_code(client, "000000")
    other = app.test_client()
    give_password(other)
    answer = give_code(other, code(clock.now()))
    assert answer.status_code == 429
    assert "Réessayez à 11 h 01" in sentence(answer)


def test_ten_minutes_after_the_password_it_is_asked_again(client, telephone, clock, visit):
    give_password(client)
    clock.at += timedelta(minutes=10)
    answer = give_code(client, code(clock.now()))
    assert answer.location == DOOR
    assert "Écrivez-le de nouveau" in visit(client, DOOR).find(id="flashes").text


def test_a_password_changed_meanwhile_ends_it(client, telephone, clock):
    give_password(client)
    with db.connection_context():
        Access.update(password_set_at=clock.now()).where(Access.id == telephone.id).execute()
    assert give_code(client, code(clock.now())).location == DOOR


def test_an_access_closed_meanwhile_ends_it(client, telephone, clock):
    give_password(client)
    with db.connection_context():
        Access.update(closed_at=clock.now()).where(Access.id == telephone.id).execute()
    assert give_code(client, code(clock.now())).location == DOOR


def test_without_a_password_there_is_no_code_to_give(client, telephone, clock):
    assert client.get(STEP).location == DOOR
    assert give_code(client, code(clock.now())).location == DOOR


def test_the_page_wanted_before_is_reached_after_the_code(client, telephone, clock, visit):
    answer = give_password(client, next="/bureau/messages")
    assert visit(client, answer.location).find("input", attrs={"name": "next"})["value"] == "/bureau/messages"
    assert give_code(client, code(clock.now()), next="/bureau/messages").location == "/bureau/messages"


@pytest.fixture
def strict(app, key):
    """A browser where the Office asks a code of its managers."""
    access = replace(app.portal.access, second_factor="manager administrator")
    app.portal = replace(app.portal, access=access)
    return app.test_client()


def letters_of(page) -> str:
    return page.select_one(".qr__letters").text.replace(" ", "")


def test_a_role_that_must_sets_its_telephone_up_at_the_door(strict, visit, clock, people):
    page = visit(strict, give_password(strict).location)
    assert page.select_one(".qr svg title").text == "Code à scanner avec l’application de votre téléphone"
    secret = letters_of(page)
    assert letters_of(visit(strict, STEP)) == secret
    assert strict.get("/bureau").location.startswith(DOOR)
    assert give_code(strict, code(clock.now(), secret)).location == "/bureau"
    with db.connection_context():
        assert SecondFactor.get().secret == secret


def test_a_wrong_first_code_sets_nothing_up(strict, visit):
    secret = letters_of(visit(strict, give_password(strict).location))
    answer = give_code(strict, "000000")
    assert answer.status_code == 422
    assert letters_of(read_page(answer)) == secret
    with db.connection_context():
        assert SecondFactor.select().count() == 0


@pytest.mark.parametrize(("login", "door", "home"), [("aminata", "/acces", "/espace"), ("claire", DOOR, "/bureau")])
def test_the_others_come_in_with_their_password(strict, login, door, home):
    assert strict.post(door, data={"login": login, "password": PASSWORD}).location == home


def test_a_manager_who_comes_by_the_tenants_door_is_asked_too(strict):
    assert strict.post("/acces", data={"login": "marc", "password": PASSWORD}).location == STEP
