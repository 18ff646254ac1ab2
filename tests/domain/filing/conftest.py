"""A réclamation being written, by Aminata."""

from collections.abc import Callable

import pytest

from portal.domain.filing.models import ClaimDraft
from tests.filing import ANSWERS, write


@pytest.fixture
def begin(database, people) -> Callable[..., ClaimDraft]:
    """Begin a réclamation with some answers, Aminata's unless said otherwise, and return it."""
    return lambda tenant=people.aminata, **said: write(tenant, **said)


@pytest.fixture
def written(begin) -> ClaimDraft:
    """A réclamation with all its answers."""
    return begin(**ANSWERS)
