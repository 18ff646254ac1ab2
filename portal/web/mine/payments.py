"""Load the signed-in tenant's online payments: theirs, or a 404."""

from dataclasses import dataclass
from datetime import datetime

from flask import abort

from portal.domain.housing.queries import leases_of
from portal.domain.payments import policy, queries
from portal.domain.payments.models import OnlinePayment
from portal.web.access import the_tenant
from portal.web.clock import now
from portal.web.mine.rents import Leases


@dataclass(frozen=True)
class MyPayment:
    """A payment of the tenant, and where it stands at this moment."""

    leases: Leases
    payment: OnlinePayment
    at: datetime

    @property
    def state(self) -> str:
        """Where it stands."""
        return policy.state_of(self.payment, at=self.at)

    @property
    def needs_advice(self) -> bool:
        """Whether one has waited long enough to be told what to do."""
        return policy.needs_advice(self.payment, at=self.at)


def my_payment_or_404(number: str) -> MyPayment:
    """Return a payment of one of the tenant's leases."""
    leases = leases_of(tenant=the_tenant())
    payment = queries.payment_of(leases=leases, order_number=number) or abort(404)
    chosen = next(lease for lease in leases if lease.id == payment.lease_id)
    payment.lease = chosen
    return MyPayment(Leases(leases, chosen), payment, now())
