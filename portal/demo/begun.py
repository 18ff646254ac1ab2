"""What the guide leaves: a réclamation begun yesterday and not sent, and what was said for a passage."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from portal.demo.neighbourhood import Household
from portal.domain.claims.models import Claim
from portal.domain.filing import actions
from portal.domain.filing.models import ClaimDraft, VisitWishes

BEGAN, FILED = "in_arrears", "up_to_date"
KEY = "0" * 32  # not drawn: the same seed gives the same office
WORDS = "Le radiateur de la chambre reste froid depuis samedi. Je l’ai purgé, rien ne change."


def leave(homes: Sequence[Household], at: datetime) -> None:
    """Leave the réclamation of one of the cast half-made, at the photos, and the wishes of another for the plumber."""
    home = next(home for home in homes if home.role == BEGAN)
    begun = at - timedelta(days=1, hours=2)
    draft = actions.begin(tenant=home.tenant, leases=[home.lease], at=begun)
    ClaimDraft.update(once_key=KEY).where(ClaimDraft.id == draft.id).execute()
    actions.answer(
        draft=draft,
        at=begun,
        place="dwelling",
        nature="chauffage_eau_chaude",
        advice_for="dwelling:chauffage_eau_chaude",
        description=WORDS,
    )
    guest = next(home for home in homes if home.role == FILED)
    for claim in Claim.select().where(Claim.lease == guest.lease, Claim.nature == "plomberie").order_by(Claim.id):
        VisitWishes.create(
            claim=claim,
            entry="present",
            home_when="Le matin, sauf le mercredi.",
            phone=guest.tenant.phone,
            pets="Un chat",
            notes="L’interphone ne sonne pas : appelez en bas.",
        )
