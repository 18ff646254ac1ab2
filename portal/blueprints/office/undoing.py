"""What undoes an entry at the counter: a payment the bank took back, an entry written by mistake."""

from flask import flash, url_for
from werkzeug.wrappers import Response

from portal.blueprints.office import blueprint
from portal.blueprints.office.forms.rents import RejectionForm, UndoForm
from portal.domain.errors import DomainError
from portal.domain.rents import actions
from portal.web.access import the_staff
from portal.web.clock import now
from portal.web.htmx import render, see
from portal.web.mine.accounts import staff_entry_to_undo_or_404


@blueprint.get("/loyers/ecritures/<number:id>/rejet")
def rejection(id: int) -> Response:
    """Ask for the reason, and to confirm, before a payment is noted as taken back."""
    entry, held = staff_entry_to_undo_or_404(id)
    return render("office/rejection.html", entry=entry, held=held, form=RejectionForm())


@blueprint.post("/loyers/ecritures/<number:id>/rejet")
def reject_payment(id: int) -> Response:
    """Note that the bank took a payment back; twice notes it once."""
    entry, held = staff_entry_to_undo_or_404(id)
    form = RejectionForm()
    if not form.validate():
        return render("office/rejection.html", 422, entry=entry, held=held, form=form)
    try:
        actions.reject_payment(
            payment=entry,
            reference=form.once_key.data,
            reason=form.reason.data,
            value_on=form.value_on.data,
            at=now(),
            staff=the_staff(),
        )
    except DomainError as error:
        form.value_on.errors = [str(error)]
        return render("office/rejection.html", 422, entry=entry, held=held, form=form)
    flash("Le rejet est noté : le locataire doit de nouveau cette somme, sans aucun frais.", "success")
    return see(url_for("office.account", number=held.lease.number))


@blueprint.get("/loyers/ecritures/<number:id>/annulation")
def reversal(id: int) -> Response:
    """Ask for the reason, and to confirm, before an entry is undone by another."""
    entry, held = staff_entry_to_undo_or_404(id)
    return render("office/reversal.html", entry=entry, held=held, form=UndoForm())


@blueprint.post("/loyers/ecritures/<number:id>/annulation")
def reverse_entry(id: int) -> Response:
    """Undo an entry by another one; twice undoes it once."""
    entry, held = staff_entry_to_undo_or_404(id)
    form = UndoForm()
    if not form.validate():
        return render("office/reversal.html", 422, entry=entry, held=held, form=form)
    try:
        actions.reverse_entry(entry=entry, reason=form.reason.data, at=now(), staff=the_staff())
    except DomainError as error:
        form.reason.errors = [str(error)]
        return render("office/reversal.html", 422, entry=entry, held=held, form=form)
    flash("L’écriture est annulée par une écriture contraire : les deux restent au compte.", "success")
    return see(url_for("office.account", number=held.lease.number))
