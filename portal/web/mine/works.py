"""Load an order the signed-in tenant may see, or a 404."""

from flask import abort

from portal.domain.works.models import Order, Visit
from portal.domain.works.queries import order_of, visit_of
from portal.web.access import the_tenant


def my_order_or_404(number: str, kind: str) -> Order:
    """Return an order about the tenant's dwelling or building."""
    return order_of(tenant=the_tenant(), kind=kind, number=number) or abort(404)


def my_visit_or_404(id: int) -> Visit:
    """Return a visit for a claim of the tenant's leases, or for works in their dwelling."""
    return visit_of(tenant=the_tenant(), id=id) or abort(404)
