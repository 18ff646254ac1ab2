"""The Office's people: an administrator gives passwords and closes accesses; one administrator always remains."""

import pytest

from portal.db import db
from portal.domain.audit.models import Trace
from portal.domain.people.models import Access, SignIn
from tests.pages import plain
from tests.people import NOW


@pytest.fixture
def admin(client_of, people):
    return client_of(people.admin)


def url(member, what="acces") -> str:
    return f"/bureau/equipe/{member.id}/{what}"


def sessions_of(member) -> int:
    with db.connection_context():
        return SignIn.select().join(Access).where(Access.staff == member).count()


def test_the_list_says_who_does_what_and_who_came_in(admin, people, visit, clock):
    with db.connection_context():
        Trace.create(happened_at=NOW, act="signed_in", staff=people.manager)
    rows = {
        row.th.get_text(" ", strip=True): plain(row.get_text(" "))
        for row in visit(admin, "/bureau/equipe").select("tbody tr")
    }
    assert len(rows) == 6
    assert "Service gestion locative 23/11/2026 à 11 h 00 Ouvert marc" in rows["Marc Petit"]
    assert "Gardien Loge Les Peupliers Jamais" in rows["Odile Faure"]


def test_a_new_password_is_shown_once_ends_the_sessions_and_is_traced(admin, people, client_of, client, visit):
    client_of(people.manager)
    answer = admin.post(url(people.manager))
    page = visit(admin, answer.location)
    login, password = (page.find(id=f"credential-{rank}").text for rank in (1, 2))
    assert sessions_of(people.manager) == 0
    assert not visit(admin, answer.location).find(class_="credentials")
    assert client.post("/bureau/connexion", data={"login": login, "password": password}).location == "/bureau"
    with db.connection_context():
        trace = Trace.get(Trace.act == "gave_staff_password")
        assert (trace.staff_id, trace.detail) == (people.admin.id, f"staff {people.manager.id}")


def test_ones_own_new_password_ends_the_other_sessions_and_keeps_this_one(admin, people, client_of, visit):
    client_of(people.admin)
    answer = admin.post(url(people.admin))
    assert visit(admin, answer.location).find(class_="credentials")
    assert sessions_of(people.admin) == 1


def test_a_closed_access_lets_nobody_in_until_it_is_opened_again(admin, people, client_of, visit):
    manager = client_of(people.manager)
    assert admin.post(url(people.manager, "fermeture")).location == "/bureau/equipe"
    assert manager.get("/bureau").status_code == 303
    assert "Fermé" in visit(admin, "/bureau/equipe").main.text
    admin.post(url(people.manager))
    with db.connection_context():
        assert Access.get(Access.staff == people.manager).closed_at is None


def test_the_last_administrator_cannot_be_closed(admin, people, visit):
    admin.post(url(people.admin, "fermeture"))
    assert "dernier accès d'administrateur" in plain(visit(admin, "/bureau/equipe").main.get_text(" "))
    assert sessions_of(people.admin) == 1


def test_only_an_administrator_comes_here(client_of, people):
    for staff in (people.manager, people.accountant, people.technical, people.loge):
        assert client_of(staff).get("/bureau/equipe").status_code == 403
        assert client_of(staff).post(url(people.manager)).status_code == 403
