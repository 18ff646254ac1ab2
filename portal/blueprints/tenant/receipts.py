"""« Mes quittances »: the terms year by year, each with its page, and the papers that are drawn up when asked for."""

from collections.abc import Callable

from flask import Response, flash, request, url_for

from portal.blueprints.tenant import blueprint
from portal.blueprints.tenant.forms.papers import ConsentForm
from portal.domain.errors import DomainError
from portal.domain.housing.models import Lease
from portal.domain.papers import actions, consents, letters
from portal.domain.papers.models import Paper
from portal.domain.papers.policy import slips_of
from portal.domain.papers.queries import receipts_of_year, shelf_of
from portal.domain.rents.policy import may_have_receipt
from portal.domain.rents.queries import account_of
from portal.kernel.periods import Month
from portal.web.access import the_tenant
from portal.web.clock import now, today
from portal.web.htmx import render, see
from portal.web.mine.papers import my_entry_or_404, my_paper_or_404
from portal.web.mine.rents import asked_state, asked_year, my_leases_or_404, my_term_or_404
from portal.web.papers import bound_response, desk, paper_response, zip_response

ASK_FIRST = "Dites d’abord comment vous voulez recevoir vos quittances : ici, en PDF, ou par la poste."
PAID, UNPAID = "payes", "a-payer"
STATES = {None: "Tous les mois", PAID: "Payés", UNPAID: "Pas encore payés"}
ANSWERS = {
    True: "C’est noté : vos quittances sont ici, en PDF. Vous pouvez changer d’avis sur « Mes informations ».",
    False: "C’est noté : demandez une quittance, elle vous vient par la poste.",
}


@blueprint.get("/quittances")
def receipts() -> Response:
    """List the terms of a year, the latest first, with their papers."""
    leases = my_leases_or_404()
    account = account_of(leases.chosen, on=today())
    year = asked_year() or account.last_year
    terms = account.of_year(year)
    paid = [term for term in terms if may_have_receipt(term)]
    state = asked_state((PAID, UNPAID))
    return render(
        "tenant/receipts.html",
        leases=leases,
        account=account,
        year=year,
        terms=terms,
        paid=paid,
        states=STATES.items(),
        state=state,
        shown=[term for term in terms if state is None or (term in paid) is (state == PAID)],
        slips=[each for each in slips_of(account.replayed) if each.value_on.year == year],
        consent_text=consents.TEXTS[consents.VERSION],
        **_papers(leases.chosen),
    )


@blueprint.get("/quittances/<month:month>")
def term(month: Month) -> Response:
    """Show what a term is made of, what paid it, and its papers."""
    leases = my_leases_or_404()
    receipt = my_term_or_404(leases.chosen, month)
    return render("tenant/term.html", leases=leases, receipt=receipt, on=today(), **_papers(leases.chosen))


@blueprint.post("/quittances/accord")
def answer_consent() -> Response:
    """Keep the tenant's answer to « quittances by the screen? »."""
    form = ConsentForm()
    if form.validate_on_submit():
        agreed = form.agreed.data == "oui"
        consents.answer(tenant=the_tenant(), agreed=agreed, at=now())
        flash(ANSWERS[agreed], "success")
    return see(url_for("tenant.profile" if form.back.data == "informations" else "tenant.receipts"))


@blueprint.post("/quittances/<month:month>/quittance")
def draw_receipt(month: Month) -> Response:
    """Draw the quittance of a paid term up, if it is not yet, and show it to who agreed to read it here."""
    lease = my_leases_or_404().chosen
    my_term_or_404(lease, month)
    if not consents.consents_of(tenant=the_tenant()).agreed:
        flash(ASK_FIRST, "warning")
        return see(url_for("tenant.receipts", bail=lease.number))
    return _drawn(actions.draw_up_receipt, url_for("tenant.term", month=month, bail=lease.number), lease, month=month)


@blueprint.post("/quittances/<month:month>/poste")
def post_receipt(month: Month) -> Response:
    """Put the quittance of a paid term in the Office's next post."""
    lease = my_leases_or_404().chosen
    my_term_or_404(lease, month)
    back = see(url_for("tenant.receipts", annee=month.year, bail=lease.number))
    try:
        paper = actions.draw_up_receipt(lease=lease, month=month, desk=desk(), at=now())
    except DomainError as error:
        flash(str(error), "error")
        return back
    letters.ask_by_post(paper=paper, tenant=the_tenant(), at=now())
    flash("Votre quittance part avec le prochain courrier de l’Office. C’est gratuit.", "success")
    return back


@blueprint.post("/quittances/<month:month>/avis")
def draw_notice(month: Month) -> Response:
    """Draw the avis d’échéance of a term up, if it is not yet, and show it."""
    lease = my_leases_or_404().chosen
    my_term_or_404(lease, month)
    return _drawn(actions.draw_up_notice, url_for("tenant.term", month=month, bail=lease.number), lease, month=month)


@blueprint.post("/quittances/recus/<number:entry_id>")
def draw_slip(entry_id: int) -> Response:
    """Draw the reçu of a payment up, if it is not yet, and show it."""
    lease, entry = my_entry_or_404(entry_id)
    return _drawn(actions.draw_up_slip, url_for("tenant.account", bail=lease.number), lease, entry=entry)


@blueprint.post("/quittances/annee")
def draw_year() -> Response:
    """Draw every quittance of a year up, then give them together: one PDF, or one file each in a ZIP."""
    lease = my_leases_or_404().chosen
    year = asked_year() or today().year
    if not consents.consents_of(tenant=the_tenant()).agreed:
        flash(ASK_FIRST, "warning")
        return see(url_for("tenant.receipts", annee=year, bail=lease.number))
    actions.draw_up_year(lease=lease, year=year, desk=desk(), at=now())
    zipped = request.form.get("forme") == "zip"
    return see(url_for("tenant.year_zip" if zipped else "tenant.year_pdf", annee=year, bail=lease.number))


@blueprint.get("/quittances/annee.zip")
def year_zip() -> Response:
    """Give the quittances of a year that were drawn up, one file each."""
    return _year(zip_response)


@blueprint.get("/quittances/annee.pdf")
def year_pdf() -> Response:
    """Give the quittances of a year that were drawn up, in one PDF."""
    return _year(bound_response)


@blueprint.get("/papiers/<ref:number>.pdf")
def paper(number: str) -> Response:
    """Give a paper that was drawn up, as a PDF; a duplicate when the post brought the original."""
    found = my_paper_or_404(number)
    return paper_response(found, duplicate_on=today() if found.posted else None)


def _year(answer: Callable) -> Response:
    """Give the quittances of the asked year that this tenant may read here, or go back to the list without any."""
    lease, year = my_leases_or_404().chosen, asked_year() or today().year
    agreed = consents.consents_of(tenant=the_tenant())
    found = [paper for paper in receipts_of_year(lease=lease, year=year) if agreed.may_read(paper)]
    if not found:
        flash("Il n’y a pas encore de quittance à télécharger pour cette année.", "info")
        return see(url_for("tenant.receipts", annee=year, bail=lease.number))
    return answer(found, name=f"quittances-{year}-{lease.number}")


def _drawn(draw_up: Callable[..., Paper], back: str, lease: Lease, **what: object) -> Response:
    """Draw a paper up and go and see it, or go back with the sentence that says why not."""
    try:
        drawn = draw_up(lease=lease, desk=desk(), at=now(), **what)
    except DomainError as error:
        flash(str(error), "error")
        return see(back)
    return see(url_for("tenant.paper", number=drawn.number))


def _papers(lease: Lease) -> dict:
    """Return what the pages need to offer papers: those drawn up, the tenant's agreement."""
    return {
        "shelf": shelf_of(lease=lease),
        "consents": consents.consents_of(tenant=the_tenant()),
    }
