"""The papers of an account, their duplicates, and the quittances that leave by post."""

from datetime import datetime

from flask import abort, flash, request, url_for
from werkzeug.wrappers import Response

from portal.blueprints.office import blueprint
from portal.domain.errors import DomainError
from portal.domain.papers import actions, letters
from portal.domain.papers.queries import paper_of_lease, papers_of
from portal.domain.people.models import Role
from portal.domain.rents.policy import may_have_receipt
from portal.domain.rents.queries import account_of
from portal.kernel.periods import Month
from portal.web.access import staff_needs
from portal.web.clock import now, today
from portal.web.htmx import render, see
from portal.web.mine.accounts import staff_account_or_404
from portal.web.papers import desk, letters_pdf, paper_response
from portal.web.sending import kept

printers_only = staff_needs(Role.ADMINISTRATOR, Role.MANAGER)


@blueprint.get("/loyers/comptes/<ref:number>/papiers")
def papers(number: str) -> Response:
    """List the papers that were given for a lease, and the paid months that have no quittance yet."""
    held = staff_account_or_404(number)
    given = papers_of(lease=held.lease)
    drawn = {paper.month for paper in given if paper.kind == "receipt" and paper.stands}
    terms = account_of(held.lease, on=today()).terms
    paid = [term.month for term in terms if may_have_receipt(term) and term.month not in drawn]
    return render("office/papers.html", held=held, papers=given, paid=paid)


@blueprint.post("/loyers/comptes/<ref:number>/papiers/<month:month>")
def draw_receipt(number: str, month: Month) -> Response:
    """Draw the quittance of a paid month up for who asks for it at the counter, and show it."""
    held = staff_account_or_404(number)
    try:
        paper = actions.draw_up_receipt(lease=held.lease, month=month, desk=desk(), at=now())
    except DomainError as error:
        flash(str(error), "error")
        return see(url_for("office.papers", number=number))
    return see(url_for("office.duplicate", number=number, paper=paper.number, premiere="oui"))


@blueprint.get("/loyers/comptes/<ref:number>/papiers/<ref:paper>.pdf")
def duplicate(number: str, paper: str) -> Response:
    """Give a paper again, marked « duplicata »: same number, same words. Just drawn up here, it is not one."""
    held = staff_account_or_404(number)
    found = paper_of_lease(lease=held.lease, number=paper) or abort(404)
    first = "premiere" in request.args and found.issued_on == today()
    return paper_response(found, duplicate_on=None if first else today())


@blueprint.get("/courriers/quittances")
@printers_only
def posted_receipts() -> Response:
    """Show the quittances that tenants asked for by post, and those already printed."""
    return render("office/posted_receipts.html", waiting=letters.waiting_letters(), printed=letters.printings())


@blueprint.post("/courriers/quittances")
@printers_only
def print_receipts() -> Response:
    """Give one PDF of the quittances that wait, printed from then on; or, with its moment, a printing again."""
    try:
        if moment := request.form.get("printed_at", ""):
            found = letters.printed_at(datetime.fromisoformat(moment))
        else:
            found = letters.waiting_letters()
        paper = letters.print_all(letters=found, draw=letters_pdf, at=now())
    except (ValueError, DomainError) as error:
        flash(str(error) if isinstance(error, DomainError) else "Ce lot n’existe pas.", "warning")
        return see(url_for("office.posted_receipts"))
    return kept(paper, f"quittances-{today().isoformat()}.pdf")
