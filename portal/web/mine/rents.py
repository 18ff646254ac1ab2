"""Load the signed-in tenant's leases, accounts and terms: theirs, or a 404."""

from collections.abc import Container
from dataclasses import dataclass
from datetime import date

from flask import abort, request

from portal.domain.housing.models import Lease
from portal.domain.housing.queries import leases_of
from portal.domain.papers.receipts import Receipt, receipt_of
from portal.domain.rents.account import Statement
from portal.domain.rents.queries import statement_between, statement_of
from portal.kernel.periods import Month
from portal.web.access import the_tenant
from portal.web.clock import today
from portal.web.htmx import render


@dataclass(frozen=True)
class Leases:
    """The tenant's leases, the one this page is about (`?bail=`, else the running one), and whether it is over."""

    all: list[Lease]
    chosen: Lease
    is_over: bool = False


def my_leases_or_404() -> Leases:
    """Return the tenant's leases and the chosen one; a lease of somebody else is a 404.

    Whoever is on no lease at all is told so, in place of the page.
    """
    leases = leases_of(tenant=the_tenant())
    wanted = request.args.get("bail", "")
    if not leases and not wanted:
        abort(render("tenant/no_lease.html"))
    chosen = next((lease for lease in leases if wanted in ("", lease.number)), None) or abort(404)
    return Leases(leases, chosen, is_over=chosen.ends_on is not None and chosen.ends_on < today())


def my_term_or_404(lease: Lease, month: Month) -> Receipt:
    """Return what can be said of a term of the tenant's lease."""
    return receipt_of(lease, month=month, on=today()) or abort(404)


def asked_year() -> int | None:
    """Return the year of the address (`?annee=`), or None when there is none that makes sense."""
    text = request.args.get("annee", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) == len("2026") and text > "0000" else None


def asked_state(known: Container[str]) -> str | None:
    """Return the state the list is narrowed to (`?etat=`), or None for any other word."""
    word = request.args.get("etat", "")
    return word if word and word in known else None


def my_statement_or_404(lease: Lease) -> Statement:
    """Return the statement between two asked days (`?du=`, `?au=`), or of the asked year; impossible days are a 404."""
    first, last = request.args.get("du", ""), request.args.get("au", "")
    if not first and not last:
        return statement_of(lease, year=asked_year(), on=today())
    try:
        first_on, last_on = date.fromisoformat(first), date.fromisoformat(last)
    except ValueError:
        abort(404)
    if first_on > last_on:
        abort(404)
    return statement_between(lease, first_on=first_on, last_on=last_on, on=today())
