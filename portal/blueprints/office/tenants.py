"""A tenant's file, and the tenant's access. Opening a file leaves a trace the tenant reads."""

from flask import flash, request, url_for
from werkzeug.wrappers import Response

from portal.blueprints.office import blueprint
from portal.domain.audit import queries as audit
from portal.domain.audit.actions import SENTENCES
from portal.domain.claims.natures import STATES_AT_THE_OFFICE
from portal.domain.dossiers.queries import file_of
from portal.domain.people import actions, policy, queries
from portal.domain.rents.policy import may_read_accounts
from portal.web import letters, shown_once
from portal.web.access import the_staff
from portal.web.clock import now, today
from portal.web.htmx import render, see
from portal.web.mine.people import staff_tenant_or_404, staff_tenant_to_let_in_or_404


@blueprint.get("/locataires/<ref:number>")
def tenant(number: str) -> Response:
    """Show who the tenant is, the leases and balances, what is open, the access."""
    one = staff_tenant_or_404(number)
    return render(
        "office/tenant.html",
        file=file_of(tenant=one, on=today()),
        may_give_access=policy.may_give_access(the_staff()),
        may_read_accounts=may_read_accounts(the_staff()),
        states=STATES_AT_THE_OFFICE,
    )


@blueprint.get("/locataires/<ref:number>/consultations")
def looks(number: str) -> Response:
    """Show who looked at the file, as the tenant reads it."""
    one = staff_tenant_or_404(number)
    return render("office/looks.html", tenant=one, looks=audit.looks_at(tenant=one), sentences=SENTENCES)


@blueprint.get("/locataires/<ref:number>/acces")
def give_access(number: str) -> Response:
    """Ask to confirm before a new password is made."""
    one = staff_tenant_to_let_in_or_404(number)
    return render("office/give_access.html", tenant=one, access=queries.access_of(tenant=one))


@blueprint.post("/locataires/<ref:number>/acces")
def do_give_access(number: str) -> Response:
    """Open the access or give it again; the password is on the next page, once."""
    one = staff_tenant_to_let_in_or_404(number)
    place = f"tenant:{one.id}"
    if not shown_once.is_waiting(place):
        shown_once.keep(place, actions.give_access(staff=the_staff(), tenant=one, at=now()))
    page = "office.access_letter" if "letter" in request.form else "office.access_given"
    return see(url_for(page, number=one.number))


@blueprint.get("/locataires/<ref:number>/acces/lettre.pdf")
def access_letter(number: str) -> Response:
    """Give the new password as a letter for a window envelope, once; it is kept nowhere."""
    one = staff_tenant_to_let_in_or_404(number)
    given = shown_once.take(f"tenant:{one.id}")
    if given is None:
        return render("office/access_given.html", tenant=one, given=None, today=today())
    return letters.access_letter(tenant=one, given=given)


@blueprint.get("/locataires/<ref:number>/acces/donne")
def access_given(number: str) -> Response:
    """Show the new password, once, as a letter to print and hand over."""
    one = staff_tenant_to_let_in_or_404(number)
    given = shown_once.take(f"tenant:{one.id}")
    return render("office/access_given.html", tenant=one, given=given, today=today())


@blueprint.get("/locataires/<ref:number>/acces/fermeture")
def close_access(number: str) -> Response:
    """Ask to confirm before the access is closed."""
    one = staff_tenant_to_let_in_or_404(number)
    return render("office/close_access.html", tenant=one)


@blueprint.post("/locataires/<ref:number>/acces/fermeture")
def do_close_access(number: str) -> Response:
    """Close the access: its sessions end at once."""
    one = staff_tenant_to_let_in_or_404(number)
    actions.close_access(staff=the_staff(), tenant=one, at=now())
    flash("L’accès est fermé. Le locataire ne peut plus entrer dans son espace.", "success")
    return see(url_for("office.tenant", number=one.number))
