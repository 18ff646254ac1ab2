"""The page that shows a visit: its réclamation's, else its order's."""

from portal.domain.works.models import Visit


def page_of(visit: Visit) -> tuple[str, str]:
    """Return the endpoint of the page that shows a visit to its tenant, and the number it is given."""
    if visit.claim:
        return "tenant.claim", visit.claim.number
    if visit.order:
        return "tenant.service_order" if visit.order.kind == "OS" else "tenant.work_order", visit.order.number
    raise ValueError("a visit is for a réclamation, an order, or both")
