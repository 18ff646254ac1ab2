"""The Office's first page: one box to search, and what waits."""

from datetime import timedelta

from flask import request
from werkzeug.wrappers import Response

from portal.blueprints.office import blueprint
from portal.domain.claims import queue
from portal.domain.messages import queries as messages
from portal.domain.payments import queries as payments
from portal.domain.payments.policy import may_read_payments
from portal.domain.people import policy, queries, search
from portal.web.access import the_staff
from portal.web.clock import now, today
from portal.web.htmx import render

WEEK = timedelta(days=7)
LAST_PAGE = 10_000


@blueprint.get("")
def home() -> Response:
    """Show the search box and what waits: claims, unread messages, requests for an access, odd news of the bank."""
    reads_requests = policy.may_read_requests(the_staff())
    return render(
        "office/home.html",
        unread=messages.count_unread_by_office(staff=the_staff(), on=today()),
        requests=queries.count_requests_since(since=now() - WEEK) if reads_requests else None,
        odd=payments.count_odd(at=now()) if may_read_payments(the_staff()) else None,
        claims=queue.counts(staff=the_staff(), at=now(), on=today()),
    )


@blueprint.get("/recherche", endpoint="search")
def search_tenants() -> Response:
    """Show the tenants a text names, among those this member of staff may see."""
    text, page = request.args.get("q", "")[:200].strip(), _page()
    results = search.find_tenants(text=text, staff=the_staff(), on=today(), page=page)
    return render("office/search.html", text=text, results=results, today=today())


def _page() -> int:
    asked = request.args.get("page", "1")
    return min(max(int(asked), 1), LAST_PAGE) if asked.isascii() and asked.isdigit() and len(asked) < 6 else 1
