"""« Une réclamation à ma loge »: one question a page, each answer kept, until it is sent."""

from flask import Response, abort, flash, url_for

from portal.blueprints.tenant import blueprint
from portal.blueprints.tenant.forms.filing import (
    CheckForm,
    DescriptionForm,
    DetailsForm,
    GoOnForm,
    LeaseForm,
    NatureForm,
    PlaceForm,
    SameForm,
    VisitForm,
)
from portal.domain.claims import following
from portal.domain.errors import DomainError
from portal.domain.filing import actions, policy, queries
from portal.domain.filing.guidance import GUIDANCE, PLACES, advice, natures_at
from portal.domain.filing.queries import Guide
from portal.domain.housing.queries import current, leases_of
from portal.web.access import the_tenant
from portal.web.application import settings
from portal.web.clock import now, today
from portal.web.forms import PortalForm
from portal.web.htmx import render, see
from portal.web.mine.claims import my_claim_or_404
from portal.web.mine.filing import my_guide_at, next_url


@blueprint.get("/reclamations/nouvelle")
def new_claim() -> Response:
    """Emergencies first, then the way to the guide; what was begun is found again."""
    return render(
        "tenant/filing/start.html",
        leases=current(leases_of(tenant=the_tenant()), on=today()),
        draft=queries.draft_of(tenant=the_tenant()),
        sent=queries.just_sent(tenant=the_tenant(), at=now()),
    )


@blueprint.post("/reclamations/nouvelle")
def begin_claim() -> Response:
    """Begin, or go on with what was begun."""
    leases = current(leases_of(tenant=the_tenant()), on=today())
    if leases:
        actions.begin(tenant=the_tenant(), leases=leases, at=now())
    return see(next_url())


@blueprint.route("/reclamations/nouvelle/logement", methods=["GET", "POST"])
def claim_lease() -> Response:
    """Which dwelling."""
    guide = my_guide_at("lease")
    form = LeaseForm(lease=guide.draft.lease_id)
    form.offer(guide.leases)
    if form.validate_on_submit():
        return keep(guide, lease=form.lease.data)
    return ask(guide, "lease", form)


@blueprint.route("/reclamations/nouvelle/lieu", methods=["GET", "POST"])
def claim_place() -> Response:
    """Where the problem is."""
    guide = my_guide_at("place")
    form = PlaceForm(place=guide.draft.place)
    if form.validate_on_submit():
        return keep(guide, place=form.place.data)
    return ask(guide, "place", form, places=PLACES)


@blueprint.route("/reclamations/nouvelle/nature", methods=["GET", "POST"])
def claim_nature() -> Response:
    """What it is about."""
    guide = my_guide_at("nature")
    form = NatureForm(nature=guide.draft.nature)
    form.offer(guide.draft.place)
    if form.validate_on_submit():
        return keep(guide, nature=form.nature.data)
    return ask(guide, "nature", form, natures=natures_at(guide.draft.place), guidance=GUIDANCE)


@blueprint.route("/reclamations/nouvelle/qui-repare", methods=["GET", "POST"])
def claim_advice() -> Response:
    """Who repairs what, before filing."""
    guide = my_guide_at("advice")
    form = GoOnForm()
    if form.validate_on_submit():
        return keep(guide, advice_for=policy.subject(guide.draft))
    sentences = advice(guide.draft.place, guide.draft.nature)
    return ask(guide, "advice", form, sentences=sentences)


@blueprint.route("/reclamations/nouvelle/deja-signale", methods=["GET", "POST"])
def claim_same() -> Response:
    """The same problem is known: follow it, or go on."""
    guide = my_guide_at("same")
    form = SameForm()
    if form.validate_on_submit():
        if form.follow.data:
            return follow_instead(guide, form.follow.data)
        return keep(guide, same_for=policy.subject(guide.draft))
    return ask(guide, "same", form, mine={lease.id for lease in guide.leases}, places=PLACES)


@blueprint.route("/reclamations/nouvelle/description", methods=["GET", "POST"])
def claim_description() -> Response:
    """What happens."""
    guide = my_guide_at("description")
    form = DescriptionForm(description=guide.draft.description)
    if form.validate_on_submit():
        return keep(guide, description=form.description.data)
    return ask(guide, "description", form)


@blueprint.route("/reclamations/nouvelle/visite", methods=["GET", "POST"])
def claim_visit() -> Response:
    """When somebody may come in."""
    guide = my_guide_at("visit")
    form = VisitForm(entry=guide.draft.entry, home_when=guide.draft.home_when)
    if form.validate_on_submit():
        return keep(guide, entry=form.entry.data, home_when=form.home_when.data or "")
    return ask(guide, "visit", form)


@blueprint.route("/reclamations/nouvelle/a-savoir", methods=["GET", "POST"])
def claim_details() -> Response:
    """How to reach the tenant, and what the workman should know."""
    guide = my_guide_at("details")
    draft = guide.draft
    form = DetailsForm(phone=draft.phone, pets=draft.pets, notes=draft.notes)
    if form.validate_on_submit():
        said = {name: form[name].data or "" for name in ("phone", "pets", "notes")}
        return keep(guide, details_done=1, **said)
    return ask(guide, "details", form, comes_in="visit" in guide.steps)


@blueprint.get("/reclamations/nouvelle/verifier")
def claim_check() -> Response:
    """Everything that was said, to check before sending."""
    guide = my_guide_at(policy.CHECK)
    form = CheckForm(once_key=guide.draft.once_key, version=guide.draft.version)
    return ask(guide, policy.CHECK, form, places=PLACES)


@blueprint.post("/reclamations/nouvelle/verifier")
def send_claim() -> Response:
    """Send what was checked, once, and show its number."""
    form = CheckForm()
    if not form.validate_on_submit():
        return see(next_url())
    try:
        claim = actions.send(
            tenant=the_tenant(),
            once_key=form.once_key.data,
            version=form.version.data,
            at=now(),
            delays=settings().claims,
        )
    except DomainError as refusal:
        flash(str(refusal), "warning")
        return see(next_url())
    return see(url_for("tenant.claim_filed", number=claim.number))


@blueprint.get("/reclamations/<ref:number>/envoyee")
def claim_filed(number: str) -> Response:
    """Confirm that a claim was sent: its number, and what happens next."""
    return render("tenant/filing/filed.html", claim=my_claim_or_404(number))


@blueprint.get("/reclamations/nouvelle/effacer")
def drop_claim() -> Response:
    """Ask whether what was begun is to be forgotten."""
    return render("tenant/filing/drop.html", draft=queries.draft_of(tenant=the_tenant()))


@blueprint.post("/reclamations/nouvelle/effacer")
def do_drop_claim() -> Response:
    """Forget what was begun."""
    if draft := queries.draft_of(tenant=the_tenant()):
        actions.drop(draft=draft, folder=settings().uploads)
        flash("La réclamation commencée est effacée.", "success")
    return see(url_for("tenant.claims"))


def follow_instead(guide: Guide, number: str) -> Response:
    """Follow a claim of the shared parts in place of the one begun."""
    known = following.claim_to_follow(tenant=the_tenant(), number=number, on=today()) or abort(404)
    try:
        following.follow(claim=known, tenant=the_tenant(), at=now())
    except DomainError as refusal:
        flash(str(refusal), "warning")
        return see(next_url())
    actions.drop(draft=guide.draft, folder=settings().uploads)
    flash(f"Vous suivez maintenant la réclamation n° {known.number}. Vous aurez ses nouvelles.", "success")
    return see(url_for("tenant.claims"))


def keep(guide: Guide, **said: object) -> Response:
    """Keep answers, then show the next question."""
    try:
        actions.answer(draft=guide.draft, at=now(), **said)
    except actions.GoneError as gone:
        flash(str(gone), "warning")
    return see(next_url())


def ask(guide: Guide, step: str, form: PortalForm, **context: object) -> Response:
    """Show a question; one whose answer is wrong comes back with 422."""
    return render(
        f"tenant/filing/{step}.html", 422 if form.errors else 200, guide=guide, step=step, form=form, **context
    )
