"""One address, one view, one context, two skins: the whole page, or its centre for htmx."""

from typing import cast

from flask import Response, make_response, redirect, render_template, request

from portal.web.application import Portal
from portal.web.menus import help_url, menu_of

SIDES = ("tenant", "office")


def wants_fragment() -> bool:
    """Say whether htmx asks for the centre alone (a restored history entry is a whole page)."""
    headers = request.headers
    return headers.get("HX-Request") == "true" and not (
        headers.get("HX-Boosted") or headers.get("HX-History-Restore-Request")
    )


def side_of(blueprint: str | None) -> str:
    """Return the side of the house a counter belongs to: tenant, office, or public."""
    return blueprint if blueprint in SIDES else "public"


def layout() -> str:
    """Return the template a page of this request extends."""
    side = side_of(request.blueprint)
    return f"layouts/{side}_swap.html" if wants_fragment() else f"layouts/{side}.html"


def render(template: str, status: int = 200, **context: object) -> Response:
    """Answer with a page or its swap. A form that came back wrong is rendered with status 422."""
    html = render_template(template, layout=layout(), menu=menu_of(request.blueprint), help_url=help_url(), **context)
    return make_response(html, status)


def render_part(template: str, **context: object) -> Response:
    """Answer with a small fragment that lives at its own address (the unread mark)."""
    return make_response(render_template(template, **context))


def see(url: str) -> Response:
    """Answer a POST: go and see there (303, so that the verb does not follow)."""
    return cast("Response", redirect(url, 303))  # of the application's own class, which its signature does not say


def leave_to(url: str) -> Response:
    """Send the whole browser elsewhere, even when htmx asked."""
    if wants_fragment():
        return Response(status=204, headers={"HX-Redirect": url})
    return see(url)


def register(app: Portal) -> None:
    """Tell caches that pages and fragments share their addresses, and htmx what is an address."""

    @app.after_request
    def vary(response: Response) -> Response:
        if response.mimetype == "text/html":
            response.vary.add("HX-Request")
        if response.status_code in (422, 429) and wants_fragment():
            response.headers["HX-Push-Url"] = "false"  # a form to correct is not an address to come back to
        return response
