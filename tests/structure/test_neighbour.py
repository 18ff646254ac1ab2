"""The neighbour gets a 404 on every address of another tenant's objects: all the routes with ids, not a few."""

import pytest

from tests.structure.addresses import OWN, address, with_ids

NO_TENANTS = (
    "/bureau/equipe",
    "/bureau/courriers",
    "/bureau/loges",
)  # no tenant's object: whole pages kept for some roles
PAGES_BY_LEASE = ("/espace/compte", "/espace/quittances", "/espace/logement", "/espace/paiement")


def refused(client, app, rule, own):
    """Return the methods that did not answer 404."""
    url = address(app, rule, own)
    statuses = {method: client.open(url, method=method).status_code for method in rule.methods & {"GET", "POST"}}
    return {method: status for method, status in statuses.items() if status != 404}


def test_the_neighbour_finds_nothing_of_aminatas(app, client_of, people, own):
    charlie = client_of(people.charlie)
    open_doors = {rule.rule: refused(charlie, app, rule, own) for rule in with_ids(app, "tenant")}
    assert {rule: found for rule, found in open_doors.items() if found} == {}


def test_the_caretaker_of_another_lodge_finds_nothing_of_hers(app, client_of, people, own):
    other = client_of(people.other_loge)
    hers = [rule for rule in with_ids(app, "office") if not rule.rule.startswith(NO_TENANTS)]
    open_doors = {rule.rule: refused(other, app, rule, own) for rule in hers}
    assert {rule: found for rule, found in open_doors.items() if found} == {}


def test_aminata_herself_finds_everything(app, client_of, people, own):
    aminata = client_of(people.aminata)
    for rule in with_ids(app, "tenant"):
        if "GET" not in rule.methods:
            continue
        with aminata.get(address(app, rule, own)) as answer:
            assert answer.status_code == 200, rule.rule


@pytest.mark.parametrize("path", PAGES_BY_LEASE)
def test_the_lease_of_another_cannot_be_asked_for(client_of, people, path):
    assert client_of(people.charlie).get(f"{path}?bail=B-0001").status_code == 404


def test_every_address_with_an_id_is_known_and_no_other(app):
    rules = {rule.rule for side in ("tenant", "office") for rule in with_ids(app, side)}
    assert rules == set(OWN)
