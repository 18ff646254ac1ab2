"""Asking for an access code with the three facts of the avis d'échéance."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from portal.db import db
from portal.domain.messages.models import Thread
from portal.domain.people.models import Access, AccessRequest, Letter
from tests.pages import plain, read_page
from tests.people import lease_of

DONE = "Ça y est c'est terminé, vous êtes enregistré"


@pytest.fixture
def facts(app, people):
    """What Nadia reads on her notice."""
    with db.connection_context():
        reference = lease_of(people.nadia).dwelling.reference
    return {"name": "de Almeida-Şahin", "dwelling_reference": reference, "tenant_number": "0004"}


def ask(client, facts, **other):
    return client.post("/acces/demande", data={**facts, **other})


def outcomes():
    with db.connection_context():
        return [request.outcome for request in AccessRequest.select().order_by(AccessRequest.id)]


def test_the_page_bears_the_office_name_and_the_drawing(client, visit):
    page = visit(client, "/acces/demande")
    assert plain(page.h1.text) == "Demande d'un code d'accès au site OPH d'Aulnay-sous-Bois"
    assert page.find("svg", class_="drawing__picture")


def test_three_right_facts_show_the_code_once(client, facts, visit):
    answer = ask(client, facts)
    assert (answer.status_code, answer.location) == (303, "/acces/demande/termine")
    page = visit(client, answer.location)
    assert plain(page.h1.text) == DONE
    again = visit(client, answer.location)
    assert plain(again.h1.text) == "Votre code a déjà été montré"
    assert not again.find(class_="credentials")


def test_the_code_shown_opens_the_space(client, facts, visit):
    page = visit(client, ask(client, facts).location)
    login, password = (page.find(id=f"credential-{rank}").text for rank in (1, 2))
    assert client.post("/acces", data={"login": login, "password": password}).location == "/espace"


@pytest.mark.parametrize(
    "name", ["ALMEIDA SAHIN", "de almeida sahin", "Mme DE ALMEIDA-SAHIN Nadia", "Nadia de Almeida Şahin"]
)
def test_names_are_compared_leniently(client, facts, name):
    expected = 422 if name == "ALMEIDA SAHIN" else 303
    assert ask(client, facts, name=name).status_code == expected


def test_spaces_in_the_numbers_are_tolerated(client, facts):
    reference = facts["dwelling_reference"]
    spaced = f"{reference[:4]} {reference[4:8]} {reference[8:]}"
    assert ask(client, facts, dwelling_reference=spaced, tenant_number=" 00 04").status_code == 303


@pytest.mark.parametrize(
    "wrong", [{"name": "Keïta"}, {"dwelling_reference": "999999999999"}, {"tenant_number": "0001"}]
)
def test_every_mismatch_reads_the_same(client, facts, wrong):
    answer = ask(client, facts, **wrong)
    assert answer.status_code == 422
    assert "Nous ne retrouvons pas ces trois informations ensemble" in plain(
        read_page(answer).find(class_="summary").text
    )
    assert outcomes() == ["mismatch"]


def test_what_was_typed_is_kept(client, facts):
    page = read_page(ask(client, facts, tenant_number="0001"))
    assert page.find(id="dwelling_reference")["value"] == facts["dwelling_reference"]


def test_whoever_has_an_access_is_sent_to_the_office(client, people, facts):
    with db.connection_context():
        reference = lease_of(people.aminata).dwelling.reference
    answer = ask(client, facts, name="Keita", dwelling_reference=reference, tenant_number="0001")
    assert answer.status_code == 422
    assert "Un accès est déjà ouvert" in plain(read_page(answer).find(class_="summary").text)
    assert outcomes() == ["already"]


def test_a_double_click_opens_one_access_and_shows_it(client, facts, visit):
    assert [ask(client, facts).location for _ in range(2)] == ["/acces/demande/termine"] * 2
    assert plain(visit(client, "/acces/demande/termine").h1.text) == DONE
    assert outcomes() == ["opened"]


def test_an_opened_access_prints_a_letter_and_leaves_a_message(client, facts, people):
    ask(client, facts)
    with db.connection_context():
        assert Letter.get().kind == "access_opened"
        assert Thread.get(Thread.tenant == people.nadia).office_last_id > 0
        assert "k7" not in Access.get(Access.tenant == people.nadia).password_hash[:4]


def test_six_tries_on_one_dwelling_are_too_many(client, facts):
    answers = [ask(client, facts, name="Keïta") for _ in range(7)]
    assert [answer.status_code for answer in answers] == [422] * 5 + [429] * 2
    assert outcomes() == ["mismatch"] * 5 + ["throttled"]


def test_by_letter_nothing_is_shown(app, client, facts, people, visit):
    from dataclasses import replace

    app.portal = replace(app.portal, access=replace(app.portal.access, delivery="letter"))
    answer = ask(client, facts)
    page = visit(client, answer.location)
    assert not page.find(class_="credentials")
    with db.connection_context():
        assert Letter.get().kind == "access_code"
        assert not Access.select().where(Access.tenant == people.nadia).exists()


def test_two_presses_at_the_same_moment_open_one_access_and_show_one_password(app, facts, people):
    """Without JavaScript nothing holds the second press back: both arrive at once, from one page and one browser."""
    pressed = {**facts, "once_key": "e" * 32}

    def press(_rank):
        page = (browser := app.test_client()).get(ask(browser, pressed).location)
        return [read_page(page).find(id=f"credential-{rank}").text for rank in (1, 2)]

    with ThreadPoolExecutor(2) as threads:
        first, second = threads.map(press, range(2))
    assert first == second
    assert outcomes() == ["opened"]
    assert app.test_client().post("/acces", data={"login": first[0], "password": first[1]}).location == "/espace"


def test_the_same_form_later_or_another_form_shows_nothing_again(app, facts, clock):
    pressed = {**facts, "once_key": "e" * 32}
    assert ask(app.test_client(), pressed).status_code == 303
    assert ask(app.test_client(), {**facts, "once_key": "f" * 32}).status_code == 422
    clock.at += timedelta(minutes=1)
    assert ask(app.test_client(), pressed).status_code == 422


def test_an_error_corrected_in_the_same_page_is_not_the_same_press(client, facts):
    pressed = {**facts, "once_key": "e" * 32}
    assert ask(client, pressed, name="Keïta").status_code == 422
    assert ask(client, pressed).status_code == 303
    assert outcomes() == ["mismatch", "opened"]
