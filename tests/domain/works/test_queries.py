"""Which orders a tenant may see (domain, §3.6)."""

from datetime import date

import pytest

from portal.domain.works.models import Contractor, Order
from portal.domain.works.queries import WORK_ORDER, next_visit, order_of, orders_of
from tests.people import lease_of

pytestmark = pytest.mark.usefixtures("database")


def order(number, issued_on=date(2026, 11, 2), **facts):
    company, _ = Contractor.get_or_create(code="VAR", defaults={"name": "Plomberie Varin"})
    common = {"kind": WORK_ORDER, "trade": "Plomberie", "subject": "Fuite", "state": "rendez_vous"}
    return Order.create(number=number, issued_on=issued_on, contractor=company, **common, **facts)


def numbers(tenant):
    return [each.number for each in orders_of(tenant=tenant, kind=WORK_ORDER)]


def test_a_tenant_sees_the_orders_of_the_dwelling_and_of_the_building(people):
    home = lease_of(people.aminata).dwelling
    order("BT-1", dwelling=home)
    order("BT-2", building=home.building)
    assert numbers(people.aminata) == ["BT-2", "BT-1"]
    assert numbers(people.bruno) == ["BT-2"]
    assert numbers(people.charlie) == []


def test_the_orders_of_who_lived_there_before_stay_theirs(people):
    lease = lease_of(people.aminata)
    order("BT-1", issued_on=date(2018, 5, 2), dwelling=lease.dwelling)
    assert numbers(people.aminata) == []


def test_a_neighbours_order_is_not_found(people):
    order("BT-1", dwelling=lease_of(people.aminata).dwelling)
    assert order_of(tenant=people.aminata, kind=WORK_ORDER, number="BT-1")
    assert order_of(tenant=people.bruno, kind=WORK_ORDER, number="BT-1") is None


def test_the_next_visit_is_the_first_that_comes_at_home(people):
    home = lease_of(people.aminata).dwelling
    order("BT-1", dwelling=home, planned_on=date(2026, 11, 20))
    order("BT-2", building=home.building, planned_on=date(2026, 11, 24))
    order("BT-3", dwelling=home, planned_on=date(2026, 11, 27))
    assert next_visit(tenant=people.aminata, on=date(2026, 11, 23)).number == "BT-3"
    assert next_visit(tenant=people.bruno, on=date(2026, 11, 23)).number == "BT-2"
    assert next_visit(tenant=people.charlie, on=date(2026, 11, 23)) is None
