"""The Office's menu: each role finds there what it may open, and nothing else."""

import pytest

from portal.domain.people.policy import may_read_requests
from portal.web.menus import KEPT, OFFICE, items

ROLES = ("admin", "manager", "accountant", "technical", "loge")


def entries(page) -> list[str]:
    return [link["href"] for link in page.select("#menu a")]


@pytest.mark.parametrize("name", ROLES)
def test_every_entry_leads_where_the_role_may_go_and_no_other_does(app, client_of, people, visit, name):
    client = client_of(getattr(people, name))
    offered = entries(visit(client, "/bureau"))
    with app.test_request_context():
        every = [app.url_map.bind("localhost").build(endpoint) for _, endpoint, _ in OFFICE]
    statuses = {url: client.get(url).status_code for url in every}
    assert offered == [url for url, status in statuses.items() if status == 200]
    assert set(statuses.values()) <= {200, 403}
    assert ("/bureau/demandes" in offered) == may_read_requests(getattr(people, name))


def test_what_is_kept_is_in_the_menu():
    assert set(KEPT) <= {endpoint for _, endpoint, _ in OFFICE}


def test_an_order_stands_under_the_claims(app):
    with app.test_request_context("/bureau/ordres/BT-2026-0001"):
        assert [item.label for item in items(OFFICE, {}) if item.current] == ["Réclamations"]
