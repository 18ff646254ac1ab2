"""An order at the Office: what it says, and how it ended."""

from flask import Response, flash, url_for

from portal.blueprints.office import blueprint
from portal.blueprints.office.forms.orders import OutcomeForm, StateForm
from portal.domain.errors import DomainError
from portal.domain.works import orders, policy
from portal.domain.works.models import Order
from portal.web.access import the_staff
from portal.web.claim_acts import act_now
from portal.web.clock import today
from portal.web.forms import PortalForm
from portal.web.htmx import render, see
from portal.web.mine.office_works import staff_order_or_404


@blueprint.get("/ordres/<ref:number>")
def order(number: str) -> Response:
    """Show an order, its visits, and what may become of it."""
    return show(staff_order_or_404(number), OutcomeForm(done_on=today()))


@blueprint.post("/ordres/<ref:number>")
def report_order(number: str) -> Response:
    """Say how an order ended; its claim is told."""
    one, form = staff_order_or_404(number), OutcomeForm()
    if form.validate():
        said = {"words": form.words.data or "", "once_key": form.once_key.data, "photos": form.photos.checked}
        try:
            orders.report(order=one, staff=the_staff(), outcome=form.outcome(), act=act_now(**said))
        except DomainError as refusal:
            form.words.errors = [str(refusal)]
        else:
            flash("C’est noté, et le locataire le sait.", "success")
            return see(url_for("office.order", number=number))
    return show(one, form, 422)


@blueprint.post("/ordres/<ref:number>/etat")
def advance_order(number: str) -> Response:
    """Move an order along its states."""
    one, form = staff_order_or_404(number), StateForm()
    try:
        orders.advance(order=one, staff=the_staff(), to=form.state.data or "", act=act_now())
        flash("L’état de l’ordre est changé.", "success")
    except DomainError as refusal:
        flash(str(refusal), "error")
    return see(url_for("office.order", number=number))


def show(one: Order, form: PortalForm, status: int = 200) -> Response:
    """Render an order."""
    return render("office/order.html", status, order=one, form=form, next=policy.by_hand(one.kind, one.state))
