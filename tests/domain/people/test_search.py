"""One box finds tenants: by a number or by words, and never whom one may not see."""

from datetime import date, timedelta

import pytest

from portal.domain.housing.holders import LeaseHolder
from portal.domain.people import search
from portal.domain.people.models import Tenant
from tests.people import lease_of

pytestmark = pytest.mark.usefixtures("database")
LAST_DAY = date(2026, 11, 23)
NEXT_DAY = LAST_DAY + timedelta(days=1)


def found(staff, text: str, on: date = LAST_DAY, page: int = 1) -> list[Tenant]:
    return [each.tenant for each in search.find_tenants(text=text, staff=staff, on=on, page=page).found]


def test_a_caretaker_finds_a_tenant_until_the_last_day_of_the_lease_and_the_office_afterwards_too(people, ends):
    ends(people.aminata, LAST_DAY)
    assert found(people.loge, "keita", LAST_DAY) == [people.aminata]
    for text in ("keita", "0001", "B-0001", "rue peupliers"):
        assert people.aminata not in found(people.loge, text, NEXT_DAY)
        assert people.aminata in found(people.manager, text, NEXT_DAY)


@pytest.mark.parametrize("text", ["0003", "B-0003", "n'diaye", "tilleuls"])
def test_a_caretaker_finds_nobody_of_another_lodge_by_any_number_or_word(people, text):
    assert found(people.loge, text) == []
    assert found(people.other_loge, text) == [people.charlie]


def test_a_dwelling_is_found_by_its_six_first_digits_and_not_by_five(people):
    reference = lease_of(people.bruno).dwelling.reference
    assert found(people.manager, reference) == [people.bruno]
    assert found(people.manager, reference[:6]) == [people.bruno]
    assert found(people.manager, reference[:5]) == []
    assert found(people.manager, f" {reference[:3]} {reference[3:6]}") == [people.bruno]


def test_words_in_any_order_each_begin_a_word_of_the_name_or_of_the_place(people):
    assert found(people.manager, "peup kei ami") == [people.aminata]
    assert found(people.manager, "eita") == []
    assert found(people.manager, "keita tilleuls") == []
    assert found(people.manager, "legoff") == [people.bruno]
    Tenant.update(used_name="Traoré").where(Tenant.id == people.bruno.id).execute()
    assert found(people.manager, "traore") == [people.bruno]


def test_the_seventh_word_is_not_read(people):
    assert found(people.manager, "mina " * 6 + "x") == []
    assert found(people.manager, "aminata " * 6 + "x") == [people.aminata]
    assert found(people.manager, "aminata " * 5 + "x") == []


def test_a_tenant_of_no_lease_is_found_by_the_office_alone(people):
    gone = Tenant.create(number="0009", family_name="Obscure")
    assert found(people.manager, "obscure") == [gone]
    assert found(people.loge, "obscure") == []


@pytest.mark.parametrize("text", ["", "   ", "-’.", "%", "_"])
def test_nothing_typed_finds_nobody(people, text):
    assert search.find_tenants(text=text, staff=people.manager, on=LAST_DAY) == search.Results([], 1, False)


def test_twenty_a_page_by_name_and_whether_there_are_more(people):
    for rank in range(21):
        Tenant.create(number=f"9{rank:03d}", family_name="Zola", first_name=f"{chr(ord('u') - rank)}")
    first = search.find_tenants(text="zola", staff=people.manager, on=LAST_DAY)
    assert ([each.tenant.first_name for each in first.found], first.more) == (list("abcdefghijklmnopqrst"), True)
    second = search.find_tenants(text="zola", staff=people.manager, on=LAST_DAY, page=2)
    assert ([each.tenant.first_name for each in second.found], second.page, second.more) == (["u"], 2, False)


def test_twenty_exactly_fill_one_page(people):
    for rank in range(20):
        Tenant.create(number=f"9{rank:03d}", family_name="Zola")
    assert not search.find_tenants(text="zola", staff=people.manager, on=LAST_DAY).more


def test_the_lease_that_runs_comes_before_the_one_that_ended(people, ends):
    former = ends(people.aminata, LAST_DAY)
    new = lease_of(people.nadia)
    LeaseHolder.create(lease=new, tenant=people.aminata, rank=1)
    [one] = search.find_tenants(text="keita", staff=people.manager, on=NEXT_DAY).found
    assert one.leases == [new, former]
