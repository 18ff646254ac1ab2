"""« Avis d’échéance »: those of a month in one PDF for the printer, made by the worker."""

from flask import Response, abort, flash, g, request, url_for

from portal.blueprints.office import blueprint
from portal.blueprints.office.forms.notices import NoticesForm
from portal.domain.errors import DomainError
from portal.domain.papers import printing
from portal.domain.papers.models import NoticeBatch
from portal.domain.papers.printing import Place
from portal.domain.rents.policy import KEEPS_ACCOUNTS
from portal.kernel.periods import Month
from portal.web.access import staff_needs, the_staff
from portal.web.application import the_portal
from portal.web.clock import now, today
from portal.web.htmx import render, render_part, see
from portal.web.notice_batches import file_of, size_of
from portal.web.sending import kept


@blueprint.get("/loyers/avis")
@staff_needs(*KEEPS_ACCOUNTS)
def notices_to_print() -> Response:
    """Show what may be prepared of a month, what is under way and what is ready."""
    month = _month_or_404()
    places = printing.places_asked(month=month)
    return _page(month, places, NoticesForm(month=month, places=places))


@blueprint.post("/loyers/avis")
@staff_needs(*KEEPS_ACCOUNTS)
def prepare_notices() -> Response:
    """Ask the worker for the file; asked twice, it is made once."""
    month = _month_or_404()
    places = printing.places_asked(month=month)
    form = NoticesForm(month=month, places=places)
    if not form.validate():
        return _page(month, places, form, 422)
    building = form.batiment.data or ""
    known = printing.batch_of(month=month, building=building)
    kept = known is not None and size_of(the_portal(), known) is not None
    try:
        printing.ask(month=month, building=building, kept=kept, staff=the_staff(), at=now())
    except DomainError as error:
        flash(str(error), "error")
    return see(url_for("office.notices_to_print", mois=month))


@blueprint.get("/loyers/avis/suite")
@staff_needs(*KEEPS_ACCOUNTS)
def notices_news() -> Response:
    """Answer the page that waits: nothing while nothing moved, else its list as it is now."""
    g.background = True
    month = _month_or_404()
    batches = printing.batches_of(month=month)
    if request.args.get("vu") == printing.progress_of(batches):
        return Response(status=204)
    return render_part(
        "office/_notice_batches.html", news=True, **_shown(month, printing.places_asked(month=month), batches)
    )


@blueprint.get("/loyers/avis.pdf")
@staff_needs(*KEEPS_ACCOUNTS)
def notices_file() -> Response:
    """Give the file of a month and a building; when it is not there, its page says why."""
    month, building = _month_or_404(), request.args.get("batiment", "")
    batch = printing.batch_of(month=month, building=building)
    if batch is None or size_of(the_portal(), batch) is None:
        return see(url_for("office.notices_to_print", mois=month))
    name = "-".join(part for part in ("avis", str(month), building) if part) + ".pdf"
    return kept(file_of(the_portal(), batch), name)


def _month_or_404() -> Month:
    """Return the month of the address (`?mois=`), or of the form; this month without one."""
    try:
        return Month.parse(request.values.get("mois", str(Month.of(today()))))
    except ValueError:
        abort(404)


def _page(month: Month, places: list[Place], form: NoticesForm, status: int = 200) -> Response:
    shown = _shown(month, places, printing.batches_of(month=month))
    return render("office/notices_to_print.html", status, form=form, news=False, **shown)


def _shown(month: Month, places: list[Place], batches: list[NoticeBatch]) -> dict:
    return {
        "places": {"": "tous les bâtiments"} | {place.code: place.words for place in places},
        "month": month,
        "batches": [(batch, size_of(the_portal(), batch)) for batch in batches],
        "seen": printing.progress_of(batches),
        "under_way": any(batch.under_way for batch in batches),
    }
