"""Mes réclamations: the list, the story of one, and the form that sends one to the loge."""

from flask import Response, current_app, flash, url_for
from wtforms import TextAreaField
from wtforms.validators import StopValidation

from portal.blueprints.tenant import blueprint
from portal.domain.claims import actions, policy, queries
from portal.domain.claims.models import Claim
from portal.domain.claims.natures import NATURES, PLACES, STATES
from portal.domain.errors import DomainError
from portal.domain.filing.queries import draft_of
from portal.domain.works.queries import orders_of_claim
from portal.web.access import the_tenant
from portal.web.clock import now
from portal.web.forms import OnceForm, at_most
from portal.web.htmx import render, see
from portal.web.mine.claims import my_claim_or_404, my_photo_or_404
from portal.web.uploads import UploadsField, file_response

LONGEST = 4000
PHOTOS = 6
TOO_LONG = at_most(LONGEST, "Votre texte est trop long : 4 000 caractères au plus.")


class WordsForm(OnceForm):
    """Words or photos to add to a claim; photos alone will do."""

    words = TextAreaField("Votre texte", validators=[TOO_LONG])
    photos = UploadsField("Photos", most=PHOTOS, pdf=False)

    def validate_words(self, field: TextAreaField) -> None:
        """Ask for something to add."""
        if not field.data and not self.photos.data:
            raise StopValidation("Écrivez quelque chose, ou choisissez une photo.")


@blueprint.get("/reclamations")
def claims() -> Response:
    """List the claims of the tenant's leases: those that wait for somebody, then those that are over."""
    listed = queries.claims_of(tenant=the_tenant())
    waiting = [claim for claim in listed if not policy.is_over(claim.state)]
    over = [claim for claim in listed if policy.is_over(claim.state)]
    draft = draft_of(tenant=the_tenant())
    return render("tenant/claims.html", draft=draft, waiting=waiting, over=over, natures=NATURES, states=STATES)


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
    return render(
        "tenant/claim.html",
        422 if form.errors else 200,
        claim=mine,
        form=form,
        events=queries.timeline(claim=mine),
        orders=orders_of_claim(tenant=the_tenant(), claim=mine),
        may_add=policy.may_add(mine.state),
        natures=NATURES,
        places=PLACES,
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
        delays=current_app.portal.claims,
        folder=current_app.portal.uploads,
        photos=form.photos.checked,
    )
    flash("C’est ajouté à votre réclamation. Votre loge le lira.", "success")
    return see(url_for("tenant.claim", number=claim.number))


@blueprint.get("/reclamations/photos/<number:photo_id>")
def claim_photo(photo_id: int) -> Response:
    """Give a photo of a claim."""
    return file_response(my_photo_or_404(photo_id).file)
