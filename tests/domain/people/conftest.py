"""What several rules about people need: a lease that ends, a password that is known."""

from collections.abc import Callable
from datetime import date

import pytest

from portal.domain.housing.models import Lease
from portal.domain.people import passwords
from portal.domain.people.models import Access, Staff, Tenant
from tests.people import lease_of

PASSWORD = "k7mf-3xqa-r9tw"


@pytest.fixture
def ends() -> Callable[[Tenant, date], Lease]:
    """End the lease of a tenant on a day, and return it."""

    def end(tenant: Tenant, on: date) -> Lease:
        lease = lease_of(tenant)
        Lease.update(ends_on=on).where(Lease.id == lease.id).execute()
        return lease

    return end


@pytest.fixture
def access_of(database) -> Callable[[Tenant | Staff], Access]:
    """Return the access of somebody, as it now stands, with the password the tests know."""
    Access.update(password_hash=passwords.hashed(PASSWORD)).execute()

    def read(person: Tenant | Staff) -> Access:
        return Access.get((Access.tenant if isinstance(person, Tenant) else Access.staff) == person)

    return read
