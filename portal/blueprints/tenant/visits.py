"""A visit to one's home: agree, propose another moment, say whether anyone came."""

from collections.abc import Callable

from flask import Response, flash, url_for

from portal.blueprints.tenant import blueprint
from portal.blueprints.tenant.forms.claims import OtherTimeForm
from portal.domain.errors import DomainError
from portal.domain.works import visits
from portal.domain.works.models import LIVE, Visit
from portal.domain.works.upcoming import appointment_of, visits_with
from portal.web.access import the_tenant
from portal.web.calendar import calendar_response
from portal.web.claim_acts import act_now
from portal.web.htmx import render, see
from portal.web.mine.works import my_visit_or_404
from portal.web.visits import page_of


@blueprint.post("/reclamations/passages/<number:id>/accord")
def agree_to_visit(id: int) -> Response:
    """« Cela me convient »."""
    return _say(id, visits.agree, "C’est convenu. Le rendez-vous est noté ci-dessous.")


@blueprint.post("/reclamations/passages/<number:id>/venus")
def say_they_came(id: int) -> Response:
    """« Ils sont venus »."""
    return _say(id, visits.say_they_came, "Merci. L’Office doit maintenant vous dire ce qui a été fait.")


@blueprint.post("/reclamations/passages/<number:id>/personne")
def say_nobody_came(id: int) -> Response:
    """« Personne n’est venu »."""
    return _say(id, visits.say_nobody_came, "C’est noté, l’Office le voit aussitôt. Il doit vous proposer un passage.")


@blueprint.get("/reclamations/passages/<number:id>/autre-moment")
def ask_other_time(id: int) -> Response:
    """Ask which other moment."""
    visit = my_visit_or_404(id)
    return render("tenant/visit_other_time.html", visit=visit, live=visit.state in LIVE, form=OtherTimeForm())


@blueprint.post("/reclamations/passages/<number:id>/autre-moment")
def propose_other_time(id: int) -> Response:
    """« Proposer un autre moment »."""
    visit, form = my_visit_or_404(id), OtherTimeForm()
    if form.validate():
        act = act_now(words=form.words.data, once_key=form.once_key.data)
        try:
            visits.propose_another(visit=visit, tenant=the_tenant(), span=form.span(), act=act)
        except DomainError as refusal:
            form.day.errors = [str(refusal)]
        else:
            flash("Votre proposition est envoyée : l’Office vous répond.", "success")
            return see(home_of(visit))
    return render("tenant/visit_other_time.html", 422, visit=visit, live=visit.state in LIVE, form=form)


@blueprint.get("/reclamations/passages/<number:id>.ics")
def visit_calendar(id: int) -> Response:
    """Give a visit for one's calendar, as it is now."""
    visit = my_visit_or_404(id)
    return calendar_response(appointment_of(visit=visit, visits=visits_with(visit=visit)))


def home_of(visit: Visit) -> str:
    """Return the address of the page that shows a visit."""
    page, number = page_of(visit)
    return url_for(page, number=number)


def _say(id: int, verb: Callable[..., Visit], done: str) -> Response:
    visit = my_visit_or_404(id)
    try:
        verb(visit=visit, tenant=the_tenant(), act=act_now())
        flash(done, "success")
    except DomainError as refusal:
        flash(str(refusal), "error")
    return see(home_of(visit))
