"""Load an order the signed-in tenant may see, or a 404."""

from flask import abort

from portal.domain.works.models import Order
from portal.domain.works.queries import order_of
from portal.web.access import the_tenant


def my_order_or_404(number: str, kind: str) -> Order:
    """Return an order about the tenant's dwelling or building."""
    return order_of(tenant=the_tenant(), kind=kind, number=number) or abort(404)
