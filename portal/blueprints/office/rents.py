"""The rents of the Office: the months to post, each with its preview, and the plans that run."""

from flask import abort, flash, request, url_for
from werkzeug.wrappers import Response

from portal.blueprints.office import blueprint
from portal.domain.dossiers.accounts import followed_plans, holders_by_lease
from portal.domain.errors import DomainError
from portal.domain.rents import policy, posting
from portal.domain.rents.labels import month_words
from portal.domain.rents.policy import KEEPS_ACCOUNTS, READS_ACCOUNTS
from portal.domain.rents.queries import months_posted
from portal.kernel.periods import Month
from portal.web.access import staff_needs, the_staff
from portal.web.clock import now, today
from portal.web.filters import format_count
from portal.web.htmx import render, see
from portal.web.paging import page_number, within

A_PAGE = 50


@blueprint.get("/loyers")
@staff_needs(*READS_ACCOUNTS)
def rents() -> Response:
    """Show the months around today, what is posted of each, and the plans that run."""
    return render(
        "office/rents.html",
        months=months_posted(on=today()),
        plans=followed_plans(on=today()),
        may_keep=policy.may_keep_accounts(the_staff()),
    )


@blueprint.get("/loyers/mois")
@staff_needs(*KEEPS_ACCOUNTS)
def month() -> Response:
    """Say what posting a month would do, before it is posted."""
    preview = _preview_or_404()
    page = page_number()
    pages = max(1, -(-len(preview.changed) // A_PAGE))
    within(page, pages)
    shown = preview.changed[(page - 1) * A_PAGE : page * A_PAGE]
    holders = holders_by_lease(leases=[call.lease_id for call in shown])
    return render("office/month.html", preview=preview, shown=shown, page=page, pages=pages, holders=holders)


@blueprint.post("/loyers/mois")
@staff_needs(*KEEPS_ACCOUNTS)
def post_month() -> Response:
    """Post a month; twice posts it once."""
    done = posting.post_month(month=_preview_or_404().month, at=now(), staff=the_staff())
    posted = format_count(len(done.calls), "loyer demandé", "loyers demandés")
    flash(f"{month_words(done.month).capitalize()} : {posted}.", "success")
    return see(url_for("office.rents"))


def _preview_or_404() -> posting.Preview:
    """Preview the month of the address (`?mois=`), or of the form; this month without one."""
    try:
        asked = Month.parse(request.values.get("mois", str(Month.of(today()))))
        return posting.preview_month(month=asked, on=today())
    except (ValueError, DomainError):
        abort(404)
