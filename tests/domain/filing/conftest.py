"""A réclamation being written, by Aminata."""

from collections.abc import Callable

import pytest

from portal.domain.filing import actions, queries
from portal.domain.filing.models import ClaimDraft
from portal.domain.housing.queries import leases_of
from tests.filing import ANSWERS
from tests.people import NOW


@pytest.fixture
def begin(database, people) -> Callable[..., ClaimDraft]:
    """Begin a réclamation with some answers, Aminata's unless said otherwise, and return it."""

    def write(tenant=people.aminata, **said: object) -> ClaimDraft:
        draft = actions.begin(tenant=tenant, leases=leases_of(tenant=tenant), at=NOW)
        actions.answer(draft=draft, at=NOW, **said)
        return queries.draft_of(tenant=tenant)

    return write


@pytest.fixture
def written(begin) -> ClaimDraft:
    """A réclamation with all its answers."""
    return begin(**ANSWERS)
