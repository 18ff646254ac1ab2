"""The réclamations at the Office: the queue, and the file of one with everything that happened."""

from flask import Response, flash, request, url_for

from portal.blueprints.office import blueprint
from portal.blueprints.office.claim_doings import offered
from portal.blueprints.office.forms.claims import CHANNELS, PAYER_WORDS, SERVICES
from portal.blueprints.office.forms.new_claim import NewClaimForm
from portal.domain.claims import actions, deadlines, queries, queue
from portal.domain.claims.natures import NATURES, PLACES_AT_THE_OFFICE, STATES_AT_THE_OFFICE
from portal.domain.claims.turn_words import HOLDERS_AT_THE_OFFICE, TASKS_AT_THE_OFFICE
from portal.domain.filing.queries import wishes_of
from portal.domain.people.queries import lodges
from portal.domain.works.queries import orders_for_staff, visits_of_claim
from portal.web.access import the_staff
from portal.web.claim_acts import act_now
from portal.web.clock import now, today
from portal.web.htmx import render, see
from portal.web.mine.office_claims import staff_claim_or_404, staff_photo_or_404
from portal.web.paging import page_number, within
from portal.web.uploads import file_response

VIEWS = {
    "ouvertes": "Toutes",
    "nouvelles": "Nouvelles",
    "en-retard": "En retard",
    "manquees": "Personne n’est venu",
    "rouvertes": "Rouvertes",
    "en-cours": "En cours",
    "prevues": "Passage prévu",
    "attente": "Attendent le locataire",
    "faites": "À confirmer par le locataire",
    "terminees": "Terminées",
}


@blueprint.get("/reclamations")
def claims() -> Response:
    """Show the queue: `?etat=`, `?nature=`, `?loge=`, `?a-moi=1`; what is due first comes first."""
    filters = asked_filters()
    page = queue.page_of(staff=the_staff(), filters=filters, at=now(), on=today(), number=page_number())
    within(page.number, page.pages)
    return render(
        "office/claims.html",
        page=page,
        filters=filters,
        views=VIEWS,
        states=STATES_AT_THE_OFFICE,
        lodges=lodges(),
        turns=queries.turns_of(claims=page.claims, at=now()),
        holders=HOLDERS_AT_THE_OFFICE,
        counts=queue.counts(staff=the_staff(), at=now(), on=today()),
        alarm=deadlines.alarm,
        on=today(),
    )


@blueprint.get("/reclamations/<ref:number>")
def claim(number: str) -> Response:
    """Show the file of a claim; the look is noted in the tenant's trace."""
    one = staff_claim_or_404(number)
    facts, visits = queue.facts_of(claim=one), visits_of_claim(claim=one)
    last = visits[-1] if visits else None
    ended = queries.ended_at(fact.event for fact in facts)
    return render(
        "office/claim.html",
        claim=one,
        facts=facts,
        visits=visits,
        orders=orders_for_staff(claim=one),
        turn=queries.whose_turn(queries.facts_of(one, last, ended), now()),
        holders=HOLDERS_AT_THE_OFFICE,
        tasks=TASKS_AT_THE_OFFICE,
        doings=offered(one, last, now()),
        wishes=wishes_of(claim=one),
        services=SERVICES,
        payers=PAYER_WORDS,
        channels=CHANNELS,
        places=PLACES_AT_THE_OFFICE,
        states=STATES_AT_THE_OFFICE,
        alarm=deadlines.alarm(nature=one.nature, filed_at=one.filed_at, on=today()),
    )


@blueprint.get("/reclamations/photos/<number:photo_id>")
def claim_photo(photo_id: int) -> Response:
    """Give a photo of a claim."""
    return file_response(staff_photo_or_404(photo_id).file)


@blueprint.get("/reclamations/nouvelle")
def new_claim() -> Response:
    """Ask what a tenant says at the counter or by telephone; `?locataire=` fills in the number."""
    form = NewClaimForm(tenant_number=request.args.get("locataire", ""))
    form.offer()
    return render("office/new_claim.html", form=form)


@blueprint.post("/reclamations/nouvelle")
def file_claim() -> Response:
    """File it in the tenant's name; the same form twice files once."""
    form = NewClaimForm()
    form.offer()
    if not (form.validate() and form.tenant):
        return render("office/new_claim.html", 422, form=form)
    act = act_now()
    filed = actions.file_claim(
        staff=the_staff(),
        channel=form.channel.data,
        tenant=form.tenant,
        lease=form.chosen_lease,
        place=form.place.data,
        nature=form.nature.data,
        description=form.description.data,
        once_key=form.once_key.data,
        photos=form.photos.checked,
        at=act.at,
        delays=act.delays,
        folder=act.folder,
    )
    flash(f"La réclamation n° {filed.number} est enregistrée. Donnez ce numéro au locataire.", "success")
    return see(url_for("office.claim", number=filed.number))


def asked_filters() -> queue.Filters:
    """Return the filters of the address; what nobody wrote is left out."""
    asked = request.args
    view = asked.get("etat", "ouvertes")
    nature = asked.get("nature", "")
    return queue.Filters(
        view=view if view in VIEWS else "ouvertes",
        nature=nature if nature in NATURES else "",
        lodge=asked.get("loge", "")[:40],
        mine=asked.get("a-moi") == "1",
    )
