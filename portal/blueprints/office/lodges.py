"""The loges: which one is closed, and which one stands in for it."""

from flask import Response, abort, flash, url_for

from portal.blueprints.office import blueprint
from portal.blueprints.office.forms.lodges import ClosingForm
from portal.domain.errors import DomainError
from portal.domain.housing import actions, queries
from portal.domain.housing.models import Lodge
from portal.domain.people.policy import CLOSES_LODGES
from portal.web.access import staff_needs
from portal.web.clock import today
from portal.web.htmx import render, see


@blueprint.get("/loges")
@staff_needs(*CLOSES_LODGES)
def lodges() -> Response:
    """List the loges, closed ones said."""
    return render("office/lodges.html", lodges=queries.lodges_with_stand_ins(), on=today(), is_closed=queries.is_closed)


@blueprint.get("/loges/<ref:lodge_code>")
@staff_needs(*CLOSES_LODGES)
def lodge(lodge_code: str) -> Response:
    """Show the form that closes a loge, or opens it again."""
    one = lodge_or_404(lodge_code)
    return show(one, ClosingForm(others=queries.other_lodges(lodge=one), obj=one))


@blueprint.post("/loges/<ref:lodge_code>")
@staff_needs(*CLOSES_LODGES)
def close_lodge(lodge_code: str) -> Response:
    """Close a loge between two days, with its stand-in; or open it again."""
    one = lodge_or_404(lodge_code)
    form = ClosingForm(others=queries.other_lodges(lodge=one))
    if form.opening.data:
        actions.open_lodge(lodge=one)
        flash(f"{one.name} est ouverte.", "success")
        return see(url_for("office.lodges"))
    if form.validate():
        said = {"closed_from": form.closed_from.data, "closed_until": form.closed_until.data}
        try:
            actions.close_lodge(lodge=one, stand_in=form.chosen, **said)
        except DomainError as refusal:
            form.closed_until.errors = [str(refusal)]
        else:
            flash(f"La fermeture de {one.name} est notée : les locataires le voient.", "success")
            return see(url_for("office.lodges"))
    return show(one, form, 422)


def lodge_or_404(code: str) -> Lodge:
    """Return a loge by its code."""
    return queries.lodge_of(code=code) or abort(404)


def show(one: Lodge, form: ClosingForm, status: int = 200) -> Response:
    """Render the form of a loge."""
    return render("office/lodge.html", status, lodge=one, form=form)
