"""Somebody who is on no lease, or whose lease is over, is told so: never a bare 404."""

from datetime import date

import pytest

from portal.db import db
from portal.domain.housing.holders import LeaseHolder
from portal.domain.housing.models import Lease
from tests.pages import plain
from tests.people import lease_of

PAGES = ("/espace/compte", "/espace/quittances", "/espace/logement", "/espace/paiement")
NEW_CLAIM = "/espace/reclamations/nouvelle"


@pytest.fixture
def without_lease(app, people):
    with db.connection_context():
        LeaseHolder.delete().where(LeaseHolder.tenant == people.aminata).execute()
    return people.aminata


@pytest.fixture
def gone(app, people):
    with db.connection_context():
        Lease.update(ends_on=date(2026, 10, 31)).where(Lease.id == lease_of(people.aminata).id).execute()
    return people.aminata


@pytest.mark.parametrize("url", PAGES)
def test_without_a_lease_the_page_says_what_remains_and_whom_to_call(client_of, without_lease, visit, url):
    page = visit(client_of(without_lease), url)
    assert plain(page.h1.text) == "Vous n'avez pas de bail en cours"
    assert page.main.select_one("a[href='/espace/messages']")
    assert page.main.select_one("a[href^='tel:']")


@pytest.mark.parametrize("url", PAGES)
def test_once_the_lease_is_over_its_papers_stay_and_the_page_says_so(client_of, gone, visit, url):
    text = plain(visit(client_of(gone), url).main.get_text(" "))
    assert "Ce bail est terminé" in text
    assert "samedi 31 octobre 2026" in text


@pytest.mark.parametrize("state", ["without_lease", "gone"])
def test_nothing_is_filed_without_a_running_lease_and_the_page_explains(client_of, visit, request, state):
    tenant = request.getfixturevalue(state)
    text = plain(visit(client_of(tenant), NEW_CLAIM).main.get_text(" "))
    assert "bail en cours" in text


def test_the_lease_of_another_is_still_not_found(client_of, without_lease):
    assert client_of(without_lease).get("/espace/compte?bail=B-0002").status_code == 404


def test_the_home_and_the_lists_stand_without_a_lease(client_of, without_lease, visit):
    for url in ("/espace", "/espace/reclamations", "/espace/informations", "/espace/ordres-de-service"):
        visit(client_of(without_lease), url)
