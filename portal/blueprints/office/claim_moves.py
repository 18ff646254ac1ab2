"""One page for each thing the Office does with a réclamation."""

from flask import Response, abort, flash, url_for

from portal.blueprints.office import blueprint
from portal.blueprints.office.claim_doings import DOINGS, Doing, Target, offered
from portal.blueprints.office.forms.claims import MoveForm
from portal.domain.claims import moves, queue
from portal.domain.claims.models import Claim
from portal.domain.claims.natures import STATES_AT_THE_OFFICE
from portal.domain.errors import DomainError
from portal.domain.works.queries import visits_of_claim
from portal.web.access import the_staff
from portal.web.claim_acts import act_now
from portal.web.clock import now
from portal.web.htmx import render, see
from portal.web.mine.office_claims import staff_claim_or_404

LATEST = 3


@blueprint.get("/reclamations/<ref:number>/<ref:move>")
def claim_move(number: str, move: str) -> Response:
    """Show the form of a move."""
    claim, doing = staff_claim_or_404(number), DOINGS.get(move) or abort(404)
    form = doing.form()
    form.prepare(claim)
    return show(claim, move, doing, form)


@blueprint.post("/reclamations/<ref:number>/<ref:move>")
def make_claim_move(number: str, move: str) -> Response:
    """Make a move; refused, the words stay in the form and the page shows what has happened since."""
    claim, doing = staff_claim_or_404(number), DOINGS.get(move) or abort(404)
    form = doing.form()
    form.prepare(claim)
    if form.validate():
        visits = visits_of_claim(claim=claim)
        target = Target(claim, visits[-1] if visits else None, the_staff())
        try:
            doing.do(target, form, act_now(**form.said()))
        except DomainError as refusal:
            form.words.errors = [str(refusal)]
            form.seen.data = str(claim.moves)
        else:
            flash(doing.done, "success")
            return see(url_for("office.claim", number=number))
    return show(claim, move, doing, form, 422)


def show(claim: Claim, move: str, doing: Doing, form: MoveForm, status: int = 200) -> Response:
    """Render the page of a move, with the last things that happened."""
    visits = visits_of_claim(claim=claim)
    visit = visits[-1] if visits else None
    refusal = "" if move in offered(claim, visit, now()) else moves.REFUSALS.get(doing.verb, moves.VISIT_OVER)
    return render(
        "office/claim_move.html",
        status,
        claim=claim,
        move=move,
        doing=doing,
        form=form,
        visit=visit,
        refusal="" if form.errors else refusal,
        latest=queue.facts_of(claim=claim)[-LATEST:],
        states=STATES_AT_THE_OFFICE,
    )
