"""« Mon accès »: one's own telephone, set up by oneself, forgotten by an administrator."""

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
MINE, TELEPHONE = "/bureau/mon-acces", "/bureau/mon-acces/telephone"
PASSWORD_PAGE = "/bureau/mon-acces/mot-de-passe"


@pytest.fixture
def marc(client_of, people):
    """The manager, signed in, whose password the tests know."""
    with db.connection_context():
        Access.update(password_hash=passwords.hashed(PASSWORD)).execute()
    return client_of(people.manager)


def offered(visit, client) -> str:
    return visit(client, TELEPHONE).select_one(".qr__letters").text.replace(" ", "")


def send(client, secret, current=PASSWORD, at=NOW):
    return client.post(TELEPHONE, data={"current": current, "code": pyotp.TOTP(secret).at(at)})


def test_the_page_says_who_one_is_and_that_the_password_is_enough(marc, visit):
    page = plain(visit(marc, MINE).main.text)
    assert "Marc Petit" in page
    assert "Votre mot de passe suffit" in page


def test_a_telephone_is_added_with_the_password_and_a_first_code(marc, visit):
    secret = offered(visit, marc)
    assert send(marc, secret).location == MINE
    page = plain(visit(marc, MINE).main.text)
    assert "Active depuis le lundi 23 novembre 2026" in page
    with db.connection_context():
        assert SecondFactor.get().secret == secret
        assert Trace.select().where(Trace.act == "set_up_second_factor").count() == 1


def test_another_telephone_takes_the_place_of_the_first(marc, visit, clock):
    send(marc, first := offered(visit, marc))
    clock.at += timedelta(minutes=1)
    second = offered(visit, marc)
    assert second != first
    assert send(marc, second, at=clock.now()).status_code == 303
    with db.connection_context():
        assert [each.secret for each in SecondFactor.select()] == [second]


@pytest.mark.parametrize(("current", "secret", "field"), [("wrong", None, "current"), (PASSWORD, "A" * 32, "code")])
def test_a_wrong_password_or_code_sets_nothing_up(marc, visit, current, secret, field):
    answer = send(marc, secret or offered(visit, marc), current)
    assert answer.status_code == 422
    assert read_page(answer).select_one(f".summary a[href='#{field}']")
    with db.connection_context():
        assert SecondFactor.select().count() == 0


@pytest.fixture
def lost(people, app):
    """Marc has a telephone, and loses it."""
    with db.connection_context():
        access = Access.get(Access.staff == people.manager)
        SecondFactor.create(access=access, secret="A" * 32, set_at=NOW, last_step=0)
    return f"/bureau/equipe/{people.manager.id}/telephone"


def test_an_administrator_forgets_a_lost_telephone_and_the_sessions_end(client_of, people, lost, visit):
    client_of(people.manager)
    admin = client_of(people.admin)
    assert "Retirer le téléphone de Marc Petit" in visit(admin, lost).h1.text
    assert admin.post(lost).location == "/bureau/equipe"
    with db.connection_context():
        assert SecondFactor.select().count() == 0
        assert SignIn.select().join(Access).where(Access.staff == people.manager).count() == 0
        assert Trace.get(Trace.act == "forgot_second_factor").staff_id == people.admin.id
    assert admin.post(lost).status_code == 303


def test_the_team_page_says_who_gives_a_code(client_of, people, lost, visit):
    rows = {
        row.th.get_text(" ", strip=True): plain(row.text)
        for row in visit(client_of(people.admin), "/bureau/equipe").select("tbody tr")
    }
    assert "avec un code du téléphone" in rows["Marc Petit"]
    assert "code du téléphone" not in rows["Théo Blanc"]


def test_a_manager_forgets_nobodys_telephone(client_of, people, lost):
    assert client_of(people.manager).post(lost).status_code == 403


def change(client, new="un velours sous la pluie", again=None, current=PASSWORD):
    return client.post(PASSWORD_PAGE, data={"current": current, "password": new, "again": again or new})


def test_a_program_that_keeps_passwords_is_told_whose_it_is(marc, visit):
    assert visit(marc, PASSWORD_PAGE).select_one("[autocomplete=username][hidden]")["value"] == "marc"


def test_one_changes_ones_own_password_and_stays_where_one_is(marc, client_of, people, visit):
    elsewhere = client_of(people.manager)
    assert change(marc).location == MINE
    assert "Votre mot de passe est changé" in plain(visit(marc, MINE).text)
    assert elsewhere.get(MINE).status_code == 303
    with db.connection_context():
        kept = Access.get(Access.staff == people.manager)
        assert passwords.is_right("un velours sous la pluie", kept.password_hash)
        assert Trace.select().where(Trace.act == "changed_password", Trace.staff == people.manager).count() == 1


@pytest.mark.parametrize(
    ("sent", "field", "said"),
    [
        ({"current": "wrong"}, "current", "Ce n'est pas votre mot de passe actuel"),
        ({"new": "court"}, "password", "au moins 12 caractères"),
        ({"new": "petit marc 12"}, "password", "reprend votre nom"),
        ({"again": "un autre velours"}, "again", "ne sont pas les mêmes"),
    ],
)
def test_a_password_that_will_not_do_changes_nothing(marc, sent, field, said):
    answer = change(marc, **sent)
    assert answer.status_code == 422
    summary = read_page(answer).select_one(f".summary a[href='#{field}']")
    assert said in plain(summary.text)
    with db.connection_context():
        assert all(passwords.is_right(PASSWORD, each.password_hash) for each in Access.select())


def test_nobody_tries_passwords_from_an_open_desk(marc):
    tries = [change(marc, current="wrong").status_code for _ in range(6)]
    assert tries[-1] == 429
    assert change(marc).status_code == 429
