"""What belongs to Aminata, and the connection to write it."""

import pytest

from portal import db
from tests.structure.addresses import Belongings, furnish


@pytest.fixture
def own(app, people) -> Belongings:
    """The ids of Aminata's claim, thread, orders and papers."""
    with db.db.connection_context():
        return furnish(people, app.portal.uploads)
