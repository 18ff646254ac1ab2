"""What a tenant says of a réclamation: it is repaired or not, it is no longer needed, how satisfied one is."""

from flask import Response, flash, url_for

from portal.blueprints.tenant import blueprint
from portal.blueprints.tenant.forms.claims import NotRepairedForm, RatingForm, WithdrawForm
from portal.domain.claims import closing, moves
from portal.domain.claims.models import Claim
from portal.domain.errors import DomainError
from portal.web.access import the_tenant
from portal.web.claim_acts import act_now
from portal.web.clock import now
from portal.web.forms import PortalForm
from portal.web.htmx import render, see
from portal.web.mine.claims import my_claim_or_404


@blueprint.post("/reclamations/<ref:number>/repare")
def say_repaired(number: str) -> Response:
    """« C’est réparé »."""
    mine = my_claim_or_404(number)
    try:
        closing.say_repaired(claim=mine, tenant=the_tenant(), act=act_now())
        flash("Merci. La réclamation est terminée. Dites-nous si vous êtes satisfait, plus bas.", "success")
    except DomainError as refusal:
        flash(str(refusal), "error")
    return see(url_for("tenant.claim", number=number))


@blueprint.get("/reclamations/<ref:number>/pas-repare")
def ask_not_repaired(number: str) -> Response:
    """Ask what is wrong before opening again."""
    return _page("tenant/claim_not_repaired.html", my_claim_or_404(number), NotRepairedForm(), "say_not_repaired")


@blueprint.post("/reclamations/<ref:number>/pas-repare")
def say_not_repaired(number: str) -> Response:
    """« Ce n’est pas réparé »: the claim is open again, and the Office sees it."""
    mine, form = my_claim_or_404(number), NotRepairedForm()
    if form.validate():
        said = {"words": form.words.data, "photos": form.photos.checked, "once_key": form.once_key.data}
        try:
            closing.say_not_repaired(claim=mine, tenant=the_tenant(), act=act_now(**said))
        except DomainError as refusal:
            form.words.errors = [str(refusal)]
        else:
            flash("C’est noté : la réclamation est rouverte, l’Office le voit aussitôt.", "success")
            return see(url_for("tenant.claim", number=number))
    return _page("tenant/claim_not_repaired.html", mine, form, "say_not_repaired", 422)


@blueprint.get("/reclamations/<ref:number>/retrait")
def ask_withdraw(number: str) -> Response:
    """Ask to confirm before withdrawing."""
    return _page("tenant/claim_withdraw.html", my_claim_or_404(number), WithdrawForm(), "withdraw")


@blueprint.post("/reclamations/<ref:number>/retrait")
def withdraw(number: str) -> Response:
    """Withdraw a claim nothing is planned for."""
    mine, form = my_claim_or_404(number), WithdrawForm()
    if form.validate():
        said = {"words": form.words.data, "once_key": form.once_key.data}
        try:
            closing.withdraw(claim=mine, tenant=the_tenant(), act=act_now(**said))
        except DomainError as refusal:
            form.words.errors = [str(refusal)]
        else:
            flash("La réclamation est retirée.", "success")
            return see(url_for("tenant.claim", number=number))
    return _page("tenant/claim_withdraw.html", mine, form, "withdraw", 422)


@blueprint.post("/reclamations/<ref:number>/avis")
def rate(number: str) -> Response:
    """Keep one to five stars, in one tap, and a comment afterwards."""
    mine, form = my_claim_or_404(number), RatingForm()
    if not form.validate():
        flash("Choisissez de 1 à 5, et un commentaire de 1 000 caractères au plus.", "error")
        return see(url_for("tenant.claim", number=number, _anchor="avis"))
    try:
        comment = form.comment.data or ""
        closing.rate(claim=mine, tenant=the_tenant(), stars=form.stars.data, comment=comment, at=now())
        flash("Merci pour votre avis.", "success")
    except DomainError as refusal:
        flash(str(refusal), "error")
    return see(url_for("tenant.claim", number=number, _anchor="avis"))


def _page(template: str, claim: Claim, form: PortalForm, verb: str, status: int = 200) -> Response:
    """Show the page of a move, or why it cannot be made."""
    refusal = "" if moves.may(verb, moves.TENANT, claim.state) else moves.REFUSALS[verb]
    return render(template, status, claim=claim, form=form, refusal=refusal)
