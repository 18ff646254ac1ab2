"""A réclamation that somebody began yesterday and has not sent: found again at the next sign-in."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from portal.demo.neighbourhood import Household
from portal.domain.filing import actions
from portal.domain.filing.models import ClaimDraft

WHOSE = "in_arrears"
KEY = "0" * 32  # not drawn: the same seed gives the same office
WORDS = "Le radiateur de la chambre reste froid depuis samedi. Je l’ai purgé, rien ne change."


def leave(homes: Sequence[Household], at: datetime) -> None:
    """Leave the réclamation of one of the cast half-made, at the photos."""
    home = next(home for home in homes if home.role == WHOSE)
    begun = at - timedelta(days=1, hours=2)
    draft = actions.begin(tenant=home.tenant, leases=[home.lease], at=begun)
    ClaimDraft.update(once_key=KEY).where(ClaimDraft.id == draft.id).execute()
    actions.answer(
        draft=draft, at=begun, place="dwelling", nature="chauffage_eau_chaude",
        advice_for="dwelling:chauffage_eau_chaude", description=WORDS,
    )  # fmt: skip
