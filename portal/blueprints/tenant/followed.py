"""Following a neighbour's réclamation about the shared parts; nothing says who filed it nor who else follows."""

from flask import Response, flash, url_for

from portal.blueprints.tenant import blueprint
from portal.domain.claims import following
from portal.domain.claims.natures import PLACES, STATES_FOR_FOLLOWERS
from portal.domain.claims.turn_words import HOLDERS_FOR_FOLLOWERS
from portal.domain.errors import DomainError
from portal.web.access import the_tenant
from portal.web.clock import now
from portal.web.htmx import render, see
from portal.web.mine.claims import claim_to_follow_or_404, followed_claim_or_404


@blueprint.get("/reclamations/<ref:number>/suivre")
def ask_follow(number: str) -> Response:
    """Show what would be followed, before following it."""
    return render(
        "tenant/claim_follow.html",
        claim=claim_to_follow_or_404(number),
        places=PLACES,
        states=STATES_FOR_FOLLOWERS,
    )


@blueprint.post("/reclamations/<ref:number>/suivre")
def follow(number: str) -> Response:
    """Follow instead of filing."""
    try:
        following.follow(claim=claim_to_follow_or_404(number), tenant=the_tenant(), at=now())
    except DomainError as refusal:
        flash(str(refusal), "error")
        return see(url_for("tenant.claims"))
    flash("Vous suivez cette réclamation : ses nouvelles arrivent ici.", "success")
    return see(url_for("tenant.followed_claim", number=number))


@blueprint.get("/reclamations/<ref:number>/suivie")
def followed_claim(number: str) -> Response:
    """Show the news of a followed claim."""
    claim = followed_claim_or_404(number)
    turn = following.turn_of(claim=claim, at=now())
    return render(
        "tenant/claim_followed.html",
        claim=claim,
        turn=turn,
        holders=HOLDERS_FOR_FOLLOWERS,
        places=PLACES,
        states=STATES_FOR_FOLLOWERS,
        news=following.news_of(claim=claim, since=claim.follower.began_at),
    )


@blueprint.post("/reclamations/<ref:number>/ne-plus-suivre")
def unfollow(number: str) -> Response:
    """Stop following."""
    following.unfollow(claim=followed_claim_or_404(number), tenant=the_tenant(), at=now())
    flash("Vous ne suivez plus cette réclamation.", "success")
    return see(url_for("tenant.claims"))
