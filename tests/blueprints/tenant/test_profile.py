"""« Mes informations »: read them, change how one is reached, choose a password."""

from datetime import timedelta

import pytest

from portal.db import db
from portal.domain.messages.models import OutboxMail
from portal.domain.people import passwords
from portal.domain.people.models import Access, SignIn, Tenant
from tests.pages import plain, read_page

PRESENT = "k7mf-3xqa-r9tw"
CHOSEN = "cheval pile agrafe vert"


@pytest.fixture
def aminata(client_of, people):
    """Aminata, signed in, with a password the tests know."""
    with db.connection_context():
        Access.update(password_hash=passwords.hashed(PRESENT)).execute()
    return client_of(people.aminata)


def row(people):
    with db.connection_context():
        return Tenant.get_by_id(people.aminata.id)


def link_of():
    with db.connection_context():
        text = OutboxMail.select().order_by(OutboxMail.id.desc()).get().text
    return next(line for line in text.split() if "/acces/" in line).partition("8000")[2]


def test_the_page_says_who_is_on_the_lease(aminata, visit):
    text = plain(visit(aminata, "/espace/informations").main.text)
    assert "Mme Aminata KEÏTA" in text
    assert "0001" in text


def test_a_new_phone_is_kept(aminata, people, visit):
    visit(aminata, "/espace/informations/telephone")
    aminata.post("/espace/informations/telephone", data={"phone": "06 12 34 56 78", "current": PRESENT})
    assert row(people).phone == "06 12 34 56 78"


@pytest.mark.parametrize("sent", [{"phone": "12", "current": PRESENT}, {"phone": "0612345678", "current": "wrong"}])
def test_a_phone_is_not_changed_without_a_password_or_all_its_digits(aminata, people, sent):
    answer = aminata.post("/espace/informations/telephone", data=sent)
    assert answer.status_code == 422
    assert row(people).phone == ""
    assert read_page(answer).find(id="phone")["value"] == sent["phone"]


def test_a_new_address_counts_once_its_link_is_followed(aminata, people, visit):
    visit(aminata, "/espace/informations/courriel")
    aminata.post("/espace/informations/courriel", data={"email": "A.Keita@example.org", "current": PRESENT})
    assert row(people).email == ""
    visit(aminata, link_of())
    assert row(people).email == ""
    aminata.post(link_of())
    assert row(people).email == "a.keita@example.org"
    assert aminata.post(link_of()).status_code == 422


def test_a_program_that_keeps_passwords_is_told_whose_it_is(aminata, visit):
    page = visit(aminata, "/espace/informations/mot-de-passe")
    assert page.select_one("[autocomplete=username][hidden]")["value"] == "aminata"


def test_a_new_password_signs_out_everywhere_else(aminata, client_of, people, client, visit):
    other = client_of(people.aminata)
    visit(aminata, "/espace/informations/mot-de-passe")
    sent = {"current": PRESENT, "password": CHOSEN, "again": CHOSEN}
    assert aminata.post("/espace/informations/mot-de-passe", data=sent).status_code == 303
    assert aminata.get("/espace/informations").status_code == 200
    assert other.get("/espace/informations").status_code == 303
    assert client.post("/acces", data={"login": "aminata", "password": CHOSEN}).location == "/espace"


@pytest.mark.parametrize(
    ("page", "typed"),
    [
        ("telephone", {"phone": "06 12 34 56 78"}),
        ("courriel", {"email": "other@example.org"}),
        ("mot-de-passe", {"password": "un velours sous la pluie", "again": "un velours sous la pluie"}),
    ],
)
def test_a_form_opened_before_the_password_was_changed_elsewhere_changes_nothing(
    aminata, client_of, people, client, page, typed
):
    other = client_of(people.aminata)
    sent = {"current": PRESENT, "password": CHOSEN, "again": CHOSEN}
    assert aminata.post("/espace/informations/mot-de-passe", data=sent).location == "/espace/informations"
    for current in (PRESENT, CHOSEN):
        answer = other.post(f"/espace/informations/{page}", data={"current": current, **typed})
        assert (answer.status_code, answer.location.partition("?")[0]) == (303, "/acces")
    with db.connection_context():
        assert (row(people).phone, OutboxMail.select().count()) == ("", 0)
    assert client.post("/acces", data={"login": "aminata", "password": CHOSEN}).location == "/espace"


@pytest.mark.parametrize("weak", ["court", "azertyuiop123", "Keita-0001-2026", "x" * 129])
def test_a_weak_password_is_refused_with_a_sentence(aminata, weak):
    sent = {"current": PRESENT, "password": weak, "again": weak}
    answer = aminata.post("/espace/informations/mot-de-passe", data=sent)
    assert answer.status_code == 422
    assert read_page(answer).find(class_="summary")


@pytest.fixture
def lost(aminata, people, client, clock):
    """Aminata has confirmed her address, lost everything, and asked for a link: its address."""
    with db.connection_context():
        Tenant.update(email="a@example.org", email_confirmed_at=clock.now()).where(
            Tenant.id == people.aminata.id
        ).execute()
    assert client.post("/acces/perdu", data={"email": "A@example.org"}).status_code == 303
    return link_of()


def test_a_lost_password_is_chosen_again_through_a_link_that_recalls_the_login(lost, client, visit):
    assert "Votre identifiant est aminata." in plain(visit(client, lost).main.text)
    assert client.post(lost, data={"password": CHOSEN, "again": CHOSEN}).location == "/acces"
    assert client.post("/acces", data={"login": "aminata", "password": CHOSEN}).location == "/espace"
    with db.connection_context():
        assert SignIn.select().count() == 1


def test_a_password_that_is_refused_can_be_written_again(lost, client):
    answer = client.post(lost, data={"password": "court", "again": "court"})
    assert answer.status_code == 422
    assert "Votre identifiant est aminata." in plain(read_page(answer).main.text)
    assert client.post(lost, data={"password": CHOSEN, "again": CHOSEN}).location == "/acces"


@pytest.mark.parametrize("sent", [{"password": CHOSEN, "again": CHOSEN}, {"password": CHOSEN, "again": ""}])
def test_a_link_to_a_closed_access_says_nothing_of_it(lost, people, client, visit, clock, sent):
    with db.connection_context():
        Access.update(closed_at=clock.now()).where(Access.tenant == people.aminata).execute()
    for page in (visit(client, lost), read_page(answer := client.post(lost, data=sent))):
        assert plain(page.h1.text) == "Ce lien ne marche plus"
        assert "aminata" not in page.main.text
    assert answer.status_code == 422


def test_an_unknown_address_gets_the_same_answer_and_no_mail(client, visit):
    answer = client.post("/acces/perdu", data={"email": "nobody@example.org"})
    assert (answer.status_code, answer.location) == (303, "/acces/perdu/envoi")
    visit(client, answer.location)
    with db.connection_context():
        assert OutboxMail.select().count() == 0


def test_a_link_dies_after_thirty_minutes(lost, client, visit, clock):
    clock.at += timedelta(minutes=31)
    assert plain(visit(client, lost).h1.text) == "Ce lien ne marche plus"


def test_the_neighbour_sees_his_own(client_of, people, visit):
    assert "KEÏTA" not in visit(client_of(people.charlie), "/espace/informations").main.text


def test_nobody_signed_in_is_shown_the_door(client):
    assert client.get("/espace/informations").location.startswith("/acces?next=")


def test_the_mails_one_receives_are_chosen(client_of, people, visit):
    aminata = client_of(people.aminata)
    url = "/espace/informations/courriels"
    assert len(visit(aminata, url).select("input[type=checkbox][checked]")) == 4
    assert aminata.post(url, data={"topics": ["visits"]}).location == "/espace/informations"
    assert [box["value"] for box in visit(aminata, url).select("input[checked]")] == ["visits"]
    assert aminata.post(url).status_code == 303
    assert not visit(aminata, url).select("input[checked]")
    assert aminata.post(url, data={"topics": ["licorne"]}).status_code == 422
