"""Letters for a window envelope that are given once and kept nowhere."""

from pathlib import Path

from flask import Response, current_app, make_response, render_template, url_for

from portal.domain.housing import queries as housing
from portal.domain.people.actions import Credentials
from portal.domain.people.models import Tenant
from portal.web import pdf
from portal.web.clock import today


def access_letter(*, tenant: Tenant, given: Credentials) -> Response:
    """Answer with the letter that gives a tenant the login and password, at the address of the running dwelling."""
    leases = housing.leases_of(tenant=tenant)
    html = render_template(
        "pdf/access_letter.html",
        tenant=tenant,
        given=given,
        dwelling=leases[0].dwelling if leases else None,
        today=today(),
        url=current_app.portal.base_url + url_for("access.sign_in"),
    )
    response = make_response(pdf.draw(html, Path(current_app.static_folder)))
    response.mimetype = "application/pdf"
    response.headers["Content-Disposition"] = f'attachment; filename="acces-{tenant.number}.pdf"'
    return response
