"""The records a tenant takes away: a réclamation's whole file, an order."""

from flask import Response, render_template

from portal.domain.claims import queries as claims
from portal.domain.claims.models import Claim, ClaimPhoto
from portal.domain.claims.natures import PLACES, STATES_AT_THE_OFFICE
from portal.domain.files.actions import path_of
from portal.domain.filing.queries import wishes_of
from portal.domain.people.models import Tenant
from portal.domain.works.models import Order
from portal.domain.works.queries import orders_of_claim, visits_of_claim, visits_received
from portal.web import pdf
from portal.web.application import STATIC, settings
from portal.web.clock import now
from portal.web.sending import kept
from portal.web.uploads import thumbnail


def claim_record(claim: Claim, *, tenant: Tenant) -> Response:
    """Answer with « Mon dossier »: the facts, the story, the photos, the visits and the orders of a réclamation."""
    events, visits = claims.timeline(claim=claim), visits_of_claim(claim=claim)
    photos = [photo for event in events for photo in event.photos]
    html = render_template(
        "pdf/claim_record.html",
        claim=claim,
        events=events,
        visits=visits,
        orders=orders_of_claim(tenant=tenant, claim=claim),
        photos=photos,
        wishes=wishes_of(claim=claim),
        turn=claims.turn_of(claim=claim, visit=visits[-1] if visits else None, events=events, at=now()),
        at=now(),
        places=PLACES,
        states=STATES_AT_THE_OFFICE,  # a conciliator reads it: « Votre réponse » would be theirs
    )
    return _file(html, f"dossier-{claim.number}.pdf", {address(photo): small(photo) for photo in photos})


def order_record(order: Order, *, tenant: Tenant) -> Response:
    """Answer with an order, as its tenant may see it (domain, §3.6)."""
    visits = visits_received(tenant=tenant, order=order)
    html = render_template("pdf/order_record.html", order=order, visits=visits, at=now())
    return _file(html, f"{order.number}.pdf", {})


def address(photo: ClaimPhoto) -> str:
    """Return the name a record calls a photo by."""
    return f"photo:{photo.id}"


def small(photo: ClaimPhoto) -> bytes:
    """Return a photo made small; empty, and so left out, when it is no longer on the disk."""
    path = path_of(photo.file, folder=settings().uploads)
    return thumbnail(path) if path.is_file() else b""


def _file(html: str, name: str, pictures: dict[str, bytes]) -> Response:
    shown = {url: content for url, content in pictures.items() if content}
    drawn = pdf.draw_record(html, STATIC, shown)
    return kept(drawn, name)
