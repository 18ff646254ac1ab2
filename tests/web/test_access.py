"""Who may come to a counter: each guard, before each kind of visitor and each role of the Office."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from flask_login import login_user
from werkzeug.exceptions import Forbidden

from portal.domain.people.models import Access, Role, Staff, Tenant
from portal.web.access import staff_needs, staff_only, tenants_only, the_staff, the_tenant
from portal.web.signin import Person

STAFF = {
    Role.ADMINISTRATOR: "admin",
    Role.MANAGER: "manager",
    Role.ACCOUNTANT: "accountant",
    Role.TECHNICAL: "technical",
    Role.CARETAKER: "loge",
}


@pytest.fixture
def seen_as(app, database) -> Callable:
    """Within it, the page asked for is asked by a person: the guards are called as the blueprints call them."""

    @contextmanager
    def come(person: Tenant | Staff | None, url: str = "/espace") -> Iterator[None]:
        with app.test_request_context(url):
            if person:
                whose = Access.tenant == person if isinstance(person, Tenant) else Access.staff == person
                login_user(Person("token", Access.get(whose)))
            yield

    return come


def test_a_tenant_comes_to_the_tenants_side(seen_as, people):
    with seen_as(people.aminata):
        assert tenants_only() is None
        assert the_tenant() == people.aminata


@pytest.mark.parametrize("name", STAFF.values())
def test_whatever_their_role_staff_come_to_the_offices_side(seen_as, people, name):
    with seen_as(getattr(people, name), "/bureau"):
        assert staff_only() is None
        assert the_staff() == getattr(people, name)


@pytest.mark.parametrize("name", STAFF.values())
def test_whatever_their_role_staff_are_told_that_the_tenants_side_is_not_theirs(seen_as, people, name):
    with seen_as(getattr(people, name)), pytest.raises(Forbidden):
        tenants_only()


def test_a_tenant_is_told_that_the_offices_side_is_not_theirs(seen_as, people):
    with seen_as(people.aminata, "/bureau"), pytest.raises(Forbidden):
        staff_only()


@pytest.mark.parametrize(
    ("guard", "url", "door"),
    [
        (tenants_only, "/espace/compte", "/acces?next=/espace/compte"),
        (staff_only, "/bureau/demandes", "/bureau/connexion?next=/bureau/demandes"),
    ],
)
def test_whoever_is_not_signed_in_is_sent_to_the_door_of_that_side_and_back_afterwards(seen_as, guard, url, door):
    with seen_as(None, url):
        answer = guard()
    assert (answer.status_code, answer.location) == (303, door)


@pytest.mark.parametrize("needed", [(Role.MANAGER,), (Role.ADMINISTRATOR, Role.ACCOUNTANT), Role.ALL])
@pytest.mark.parametrize("role", Role.ALL)
def test_a_page_kept_for_some_roles_opens_to_each_of_them_and_to_no_other(seen_as, people, role, needed):
    @staff_needs(*needed)
    def page(number: str, *, month: str) -> str:
        return f"{number}, {month}"

    with seen_as(getattr(people, STAFF[role]), "/bureau"):
        if role in needed:
            assert page("0001", month="2026-11") == "0001, 2026-11"
        else:
            with pytest.raises(Forbidden):
                page("0001", month="2026-11")


def test_a_guarded_view_keeps_its_name_so_that_its_endpoint_is_its_own():
    @staff_needs(Role.MANAGER)
    def letters() -> None:
        """Never called."""

    assert letters.__name__ == "letters"
