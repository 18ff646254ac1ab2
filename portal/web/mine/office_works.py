"""Orders a member of staff may see."""

from flask import abort

from portal.domain.works.models import Order
from portal.domain.works.queries import order_for_staff
from portal.web.access import the_staff
from portal.web.clock import today


def staff_order_or_404(number: str) -> Order:
    """Return an order this member of staff may see: a caretaker, those of the buildings of its lodge."""
    return order_for_staff(staff=the_staff(), number=number, on=today()) or abort(404)
