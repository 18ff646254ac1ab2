"""Asking for an access with what is printed on the notice: who may, once, and how often one may try."""

from datetime import date, timedelta

import pytest

from portal.domain.audit.models import Trace
from portal.domain.errors import TooManyTriesError
from portal.domain.people import actions, passwords
from portal.domain.people.actions import Asked
from portal.domain.people.models import Access, AccessRequest, Letter, Tenant
from portal.kernel.clock import paris_day
from tests.people import NOW, lease_of

pytestmark = pytest.mark.usefixtures("database")
HERE = "192.0.2.1"
SECOND, HOUR = timedelta(seconds=1), timedelta(hours=1)


def asked(tenant: Tenant, **changes: object) -> Asked:
    """What a tenant reads on the notice."""
    facts = {"name": tenant.family_name, "tenant_number": tenant.number, "address": HERE}
    facts |= {"dwelling_reference": lease_of(tenant).dwelling.reference, "once_key": "k", "seed": b"s" * 32}
    return Asked(**facts | changes)


def request(asked: Asked, at=NOW, delivery: str = "screen"):
    return actions.request_access(asked=asked, delivery=delivery, at=at)


def outcomes() -> list[str]:
    return [request.outcome for request in AccessRequest.select().order_by(AccessRequest.id)]


def test_a_tenant_asks_until_the_last_day_of_the_lease_and_a_former_one_never_opens_an_access(people, ends):
    ends(people.nadia, paris_day(NOW) - timedelta(days=1))
    with pytest.raises(actions.NoMatchError):
        request(asked(people.nadia))
    with pytest.raises(actions.NoMatchError):
        request(asked(people.nadia), delivery="letter")
    assert (outcomes(), Letter.select().count()) == (["mismatch"] * 2, 0)
    ends(people.nadia, paris_day(NOW))
    assert request(asked(people.nadia))


def test_the_last_day_is_that_of_france(people, ends):
    ends(people.nadia, date(2026, 11, 23))
    late = NOW.replace(hour=23)  # midnight in Paris
    with pytest.raises(actions.NoMatchError):
        request(asked(people.nadia), at=late)
    assert request(asked(people.nadia), at=late - SECOND)


def test_the_access_opens_with_what_was_given_and_is_told_by_a_message_and_a_letter(people):
    given = request(asked(people.nadia))
    access = Access.get(Access.tenant == people.nadia)
    assert access.login == given.login
    assert passwords.is_right(given.password, access.password_hash)
    assert (Letter.get().kind, people.nadia.threads.count(), outcomes()) == ("access_opened", 1, ["opened"])


def test_the_login_is_made_after_the_name_in_use(people):
    Tenant.update(used_name="Zidane").where(Tenant.id == people.nadia.id).execute()
    assert request(asked(people.nadia, name="Zidane")).login.startswith("zidane")


@pytest.mark.parametrize(("after", "again"), [(timedelta(seconds=30), True), (timedelta(seconds=31), False)])
def test_the_same_press_gives_the_same_password_for_thirty_seconds(people, after, again):
    first = request(asked(people.nadia))
    if again:
        assert request(asked(people.nadia), at=NOW + after) == first
    else:
        with pytest.raises(actions.AlreadyOpenError):
            request(asked(people.nadia), at=NOW + after)
    assert Access.select().where(Access.tenant == people.nadia).count() == 1


def changed_elsewhere(access: Access) -> None:
    Access.update(password_set_at=NOW + SECOND).where(Access.id == access.id).execute()


def closed(access: Access) -> None:
    Access.update(closed_at=NOW).where(Access.id == access.id).execute()


@pytest.mark.parametrize("happens", [changed_elsewhere, closed])
def test_a_press_whose_access_was_changed_or_closed_meanwhile_gives_nothing(people, happens):
    request(asked(people.nadia))
    happens(Access.get(Access.tenant == people.nadia))
    with pytest.raises(actions.AlreadyOpenError):
        request(asked(people.nadia))


@pytest.mark.parametrize("other", [{"once_key": "other"}, {"once_key": None}, {"seed": b""}])
def test_another_form_gives_nothing_again(people, other):
    request(asked(people.nadia))
    with pytest.raises(actions.AlreadyOpenError):
        request(asked(people.nadia, **other))
    assert outcomes() == ["opened", "already"]


def test_the_key_that_opened_a_neighbours_access_shows_nothing_of_ones_own(people):
    request(asked(people.nadia))
    with pytest.raises(actions.AlreadyOpenError):
        request(asked(people.aminata))


def test_by_letter_the_code_is_posted_once_however_often_it_is_asked(people):
    for key in ("k", "k", "l"):
        assert request(asked(people.nadia, once_key=key), delivery="letter") is None
    assert (outcomes(), [letter.kind for letter in Letter.select()]) == (["letter"] * 2, ["access_code"])
    Letter.update(printed_at=NOW).execute()
    request(asked(people.nadia, once_key="m"), delivery="letter")
    assert Letter.select().count() == 2


def test_by_letter_whoever_has_an_access_is_still_sent_to_the_office(people):
    with pytest.raises(actions.AlreadyOpenError):
        request(asked(people.aminata), delivery="letter")
    assert Letter.select().count() == 0


def test_a_flood_is_written_once_an_hour_an_address(people):
    def five(at, network):
        for rank in range(5):
            with pytest.raises(actions.AlreadyOpenError):
                request(asked(people.aminata, address=f"{network}.{rank}"), at=at)

    def too_many(at, address=HERE) -> int:
        with pytest.raises(TooManyTriesError):
            request(asked(people.aminata, address=address), at=at)
        return outcomes().count("throttled")

    five(NOW, "198.51.100")
    assert [too_many(NOW), too_many(NOW + HOUR - SECOND), too_many(NOW, "192.0.2.2")] == [1, 1, 2]
    five(NOW + HOUR, "203.0.113")
    assert [too_many(NOW + HOUR), too_many(NOW + HOUR)] == [3, 3]


@pytest.mark.parametrize(("brake", "most"), [("address", 10), ("reference", 5)])
def test_asking_is_braked_by_visitor_and_by_dwelling(people, brake, most):
    def ask(rank: int):
        other = {"dwelling_reference": f"{rank}"} if brake == "address" else {"address": f"192.0.2.{rank}"}
        request(asked(people.nadia, name="Personne", **other))

    for rank in range(most):
        with pytest.raises(actions.NoMatchError):
            ask(rank)
    with pytest.raises(TooManyTriesError):
        ask(most)


def test_given_at_the_counter_for_the_first_time_it_is_opened_and_the_letter_is_no_longer_sent(people):
    request(asked(people.nadia), delivery="letter")
    other = Letter.create(tenant=people.aminata, kind="access_code", asked_at=NOW)
    actions.give_access(staff=people.loge, tenant=people.nadia, at=NOW)
    assert [letter.id for letter in Letter.select().where(Letter.printed_at.is_null())] == [other.id]
    assert (Trace.get().act, people.nadia.threads.count()) == ("opened_access", 1)


def test_a_letter_that_tells_of_an_access_still_goes_when_it_is_given_at_the_counter(people):
    request(asked(people.nadia))
    actions.give_access(staff=people.loge, tenant=people.nadia, at=NOW)
    assert Letter.get().printed_at is None
