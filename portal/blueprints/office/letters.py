"""« Courriers à imprimer »: the letters that wait, printed together, and the batches already printed."""

from collections.abc import Callable
from functools import partial

from flask import abort, flash, url_for
from werkzeug.wrappers import Response

from portal.blueprints.office import blueprint
from portal.domain.people import letters
from portal.domain.people.models import Role
from portal.web.access import staff_needs, the_staff
from portal.web.clock import now, today
from portal.web.forms import OnceForm, fresh_key
from portal.web.htmx import render, see
from portal.web.letters import drawn
from portal.web.sending import kept

printers_only = staff_needs(Role.ADMINISTRATOR, Role.MANAGER)


@blueprint.get("/courriers", endpoint="letters")
@printers_only
def to_print() -> Response:
    """Show what waits for paper, and the last batches."""
    return render(
        "office/letters.html",
        waiting=letters.waiting(on=today()),
        homeless=letters.without_address(on=today()),
        batches=letters.batches(),
        kinds=letters.KINDS,
        most=letters.MOST,
        fresh_key=fresh_key,
    )


@blueprint.post("/courriers")
@printers_only
def print_letters() -> Response:
    """Give one PDF of all that waits, which is printed from then on; a second press prints nothing twice."""
    return _printed(letters.print_waiting, "courriers")


@blueprint.post("/courriers/lots/<number:id>")
@printers_only
def print_again(id: int) -> Response:
    """Give the letters of a batch again; those with a password have a new one."""
    batch = letters.batch_of(id=id) or abort(404)
    return _printed(partial(letters.print_again, batch=batch), f"courriers-lot-{id}")


def _printed(verb: Callable[..., bytes], name: str) -> Response:
    form = OnceForm()
    if not form.validate():
        abort(422)
    try:
        paper = verb(staff=the_staff(), once_key=form.once_key.data, draw=drawn, at=now())
    except (letters.AlreadyPrintedError, letters.NothingToPrintError) as refusal:
        flash(str(refusal), "warning")
        return see(url_for("office.letters"))
    return kept(paper, f"{name}-{today().isoformat()}.pdf")
