"""« Ordres de service » and « Bons de travaux »: works in one's dwelling and in the shared parts."""

from flask import Response

from portal.blueprints.tenant import blueprint
from portal.domain.works.models import Order
from portal.domain.works.queries import SERVICE_ORDER, WORK_ORDER, orders_of, visits_received
from portal.web.access import the_tenant
from portal.web.clock import now
from portal.web.htmx import render
from portal.web.mine.works import my_order_or_404
from portal.web.records import order_record


@blueprint.get("/ordres-de-service")
def service_orders() -> Response:
    """List the ordres de service."""
    return render("tenant/orders.html", kind=SERVICE_ORDER, orders=orders_of(tenant=the_tenant(), kind=SERVICE_ORDER))


@blueprint.get("/bons-de-travaux")
def work_orders() -> Response:
    """List the bons de travaux."""
    return render("tenant/orders.html", kind=WORK_ORDER, orders=orders_of(tenant=the_tenant(), kind=WORK_ORDER))


@blueprint.get("/ordres-de-service/<ref:number>")
def service_order(number: str) -> Response:
    """Show one ordre de service."""
    return show(my_order_or_404(number, SERVICE_ORDER))


@blueprint.get("/bons-de-travaux/<ref:number>")
def work_order(number: str) -> Response:
    """Show one bon de travaux."""
    return show(my_order_or_404(number, WORK_ORDER))


@blueprint.get("/ordres-de-service/<ref:number>.pdf")
def service_order_pdf(number: str) -> Response:
    """Give one ordre de service as a PDF."""
    return order_record(my_order_or_404(number, SERVICE_ORDER), tenant=the_tenant())


@blueprint.get("/bons-de-travaux/<ref:number>.pdf")
def work_order_pdf(number: str) -> Response:
    """Give one bon de travaux as a PDF."""
    return order_record(my_order_or_404(number, WORK_ORDER), tenant=the_tenant())


def show(order: Order) -> Response:
    """Render an order, with the visits this tenant is to receive."""
    return render("tenant/order.html", order=order, visits=visits_received(tenant=the_tenant(), order=order), at=now())
