"""Mes réclamations: the list, the story of one, and the form that sends one to the loge."""

from functools import partial

from flask import Response, flash, url_for

from portal.blueprints.tenant import blueprint
from portal.blueprints.tenant.forms.claims import WordsForm
from portal.domain.claims import actions, policy, queries
from portal.domain.claims.following import followed_by
from portal.domain.claims.models import Claim
from portal.domain.claims.natures import PAYERS, PLACES, STATES, STATES_FOR_FOLLOWERS
from portal.domain.claims.turn_words import HOLDERS_FOR_FOLLOWERS
from portal.domain.errors import DomainError
from portal.domain.filing.queries import draft_of
from portal.domain.housing.queries import answering
from portal.domain.works.queries import orders_of_claim, visits_of_claim
from portal.web.access import the_tenant
from portal.web.application import settings
from portal.web.clock import now, today
from portal.web.htmx import render, see
from portal.web.mine.claims import my_claim_or_404, my_photo_or_404
from portal.web.records import claim_record
from portal.web.uploads import file_response, thumbnail_response


@blueprint.get("/reclamations")
def claims() -> Response:
    """List the claims of the tenant's leases: those that wait for somebody, then those that are over."""
    listed = queries.claims_of(tenant=the_tenant())
    followed = followed_by(tenant=the_tenant())
    return render(
        "tenant/claims.html",
        draft=draft_of(tenant=the_tenant()),
        waiting=[claim for claim in listed if not policy.is_over(claim.state)],
        over=[claim for claim in listed if policy.is_over(claim.state)],
        followed=followed,
        turns=queries.turns_of(claims=[*listed, *followed], at=now()),
        holders=HOLDERS_FOR_FOLLOWERS,
        followed_states=STATES_FOR_FOLLOWERS,
        states=STATES,
    )


@blueprint.route("/reclamations/<ref:number>", methods=["GET", "POST"])
def claim(number: str) -> Response:
    """Tell the story of a claim, and add words to it."""
    mine = my_claim_or_404(number)
    form = WordsForm()
    if form.validate_on_submit():
        try:
            return add(form, mine)
        except DomainError as refusal:
            form.words.errors = [str(refusal)]
    events, visits = queries.timeline(claim=mine), visits_of_claim(claim=mine)
    return render(
        "tenant/claim.html",
        422 if form.errors else 200,
        claim=mine,
        lodge=answering(mine.lodge, on=today()),
        form=form,
        events=events,
        turn=queries.turn_of(claim=mine, visit=visits[-1] if visits else None, events=events, at=now()),
        orders=orders_of_claim(tenant=the_tenant(), claim=mine),
        visits=visits,
        at=now(),
        may=partial(policy.tenant_may, state=mine.state),
        places=PLACES,
        payers=PAYERS,
        states=STATES,
    )


def add(form: WordsForm, claim: Claim) -> Response:
    """Add the form's words and photos to a claim, then show it."""
    actions.add_words(
        claim=claim,
        tenant=the_tenant(),
        words=form.words.data,
        once_key=form.once_key.data,
        at=now(),
        delays=settings().claims,
        folder=settings().uploads,
        photos=form.photos.checked,
    )
    flash("C’est ajouté à votre réclamation. Votre loge le lira.", "success")
    return see(url_for("tenant.claim", number=claim.number))


@blueprint.get("/reclamations/<ref:number>/dossier.pdf")
def claim_dossier(number: str) -> Response:
    """Give « Mon dossier »."""
    return claim_record(my_claim_or_404(number), tenant=the_tenant())


@blueprint.get("/reclamations/photos/<number:photo_id>")
def claim_photo(photo_id: int) -> Response:
    """Give a photo of a claim."""
    return file_response(my_photo_or_404(photo_id).file)


@blueprint.get("/reclamations/photos/<number:photo_id>/vignette")
def claim_thumbnail(photo_id: int) -> Response:
    """Give a photo of a claim, small."""
    return thumbnail_response(my_photo_or_404(photo_id).file)
