"""Whether a tenant agrees to have the quittances by the screen: asked once, given and withdrawn as easily, kept.

Only the quittance needs it (law of 6 July 1989, art. 21: « avec l’accord exprès du locataire »). The avis d’échéance
and the reçu do not: the law says nothing of how they are sent.
"""

from dataclasses import dataclass
from datetime import datetime

from portal.db import Written, db, place
from portal.domain.papers.models import RECEIPT, Paper, PaperlessConsent
from portal.domain.people.models import Tenant

VERSION = "2026-11"
TEXTS = {
    "2026-11": (
        "J’accepte de recevoir mes quittances ici, en PDF, et non plus par la poste. "
        "Je peux changer d’avis quand je veux."
    ),
}


_answers = Written(
    lambda: (
        PaperlessConsent.select()
        .where(PaperlessConsent.tenant == place("tenant"))
        .order_by(PaperlessConsent.said_at, PaperlessConsent.id)
    )
)


@dataclass(frozen=True)
class Consents:
    """Every answer of one tenant, the first one first."""

    answers: list[PaperlessConsent]

    @property
    def last(self) -> PaperlessConsent | None:
        """The answer that counts, if the tenant was ever asked."""
        return self.answers[-1] if self.answers else None

    @property
    def asked(self) -> bool:
        """Whether the tenant answered, whatever the answer."""
        return bool(self.answers)

    @property
    def agreed(self) -> bool:
        """Whether the tenant agrees today."""
        return bool(self.last and self.last.agreed)

    def agreed_at(self, at: datetime) -> bool:
        """Whether the tenant agreed at an instant."""
        before = [answer for answer in self.answers if answer.said_at <= at]
        return bool(before and before[-1].agreed)

    def may_read(self, paper: Paper) -> bool:
        """A quittance is read by the screen by who agrees, or agreed when it was drawn up; the others need nothing."""
        return paper.kind != RECEIPT or self.agreed or self.agreed_at(paper.issued_at)


def consents_of(*, tenant: Tenant) -> Consents:
    """Return what a tenant answered, in the order of time."""
    return Consents(_answers(tenant=tenant.id))


def answer(*, tenant: Tenant, agreed: bool, at: datetime) -> None:
    """Keep a tenant's answer, dated, with the version of the text that was read; the same answer again adds nothing."""
    with db.atomic():
        last = consents_of(tenant=tenant).last
        if last is None or bool(last.agreed) is not agreed:
            PaperlessConsent.create(tenant=tenant, agreed=int(agreed), text_version=VERSION, said_at=at)
