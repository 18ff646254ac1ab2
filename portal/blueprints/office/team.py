"""« Équipe »: the Office's people and their accesses. For administrators."""

from flask import flash, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from portal.blueprints.office import blueprint
from portal.domain.audit import queries as audit
from portal.domain.errors import DomainError
from portal.domain.people import queries, second_factor
from portal.domain.people import team as people
from portal.domain.people.models import Role
from portal.web import shown_once
from portal.web.access import staff_needs, the_staff
from portal.web.application import settings
from portal.web.clock import now
from portal.web.htmx import render, see
from portal.web.mine.people import member_or_404

administrators_only = staff_needs(Role.ADMINISTRATOR)
ROLES = {
    Role.ADMINISTRATOR: "Administrateur",
    Role.MANAGER: "Gestion locative",
    Role.ACCOUNTANT: "Comptabilité",
    Role.TECHNICAL: "Technique",
    Role.CARETAKER: "Gardien",
}


@blueprint.get("/equipe")
@administrators_only
def team() -> Response:
    """List the Office's people, what they do, and whether they can come in."""
    return render("office/team.html", people=audit.team(), roles=ROLES)


@blueprint.get("/equipe/<number:id>/acces")
@administrators_only
def give_staff_password(id: int) -> Response:
    """Ask to confirm before a new password is made."""
    one = member_or_404(id)
    return render("office/staff_password.html", one=one, access=queries.access_of_staff(member=one))


@blueprint.post("/equipe/<number:id>/acces")
@administrators_only
def do_give_staff_password(id: int) -> Response:
    """Make it; it is on the next page, once. One's own sessions end too, but for this one."""
    one = member_or_404(id)
    place = f"staff:{one.id}"
    if not shown_once.is_waiting(place):
        keep = current_user.token if one == the_staff() else ""
        shown_once.keep(place, people.give_staff_password(member=one, by=the_staff(), at=now(), keep=keep))
    return see(url_for("office.staff_password_given", id=one.id))


@blueprint.get("/equipe/<number:id>/acces/donne")
@administrators_only
def staff_password_given(id: int) -> Response:
    """Show the login and the new password, once."""
    one = member_or_404(id)
    return render("office/staff_password_given.html", one=one, given=shown_once.take(f"staff:{one.id}"))


@blueprint.get("/equipe/<number:id>/fermeture")
@administrators_only
def close_staff_access(id: int) -> Response:
    """Ask to confirm before an access is closed."""
    return render("office/close_staff_access.html", one=member_or_404(id))


@blueprint.post("/equipe/<number:id>/fermeture")
@administrators_only
def do_close_staff_access(id: int) -> Response:
    """Close the access: its sessions end at once. The last administrator's stays open, and the page says why."""
    one = member_or_404(id)
    try:
        people.close_staff_access(member=one, by=the_staff(), at=now())
    except DomainError as refusal:
        flash(str(refusal), "error")
        return see(url_for("office.team"))
    flash(f"L’accès de {one.name} est fermé.", "success")
    return see(url_for("office.team"))


@blueprint.get("/equipe/<number:id>/telephone")
@administrators_only
def forget_telephone(id: int) -> Response:
    """Ask to confirm before a lost telephone is forgotten."""
    one = member_or_404(id)
    asked = one.role in settings().access.second_factor_roles
    return render("office/forget_telephone.html", one=one, asked=asked)


@blueprint.post("/equipe/<number:id>/telephone")
@administrators_only
def do_forget_telephone(id: int) -> Response:
    """Forget it: the sessions end, the password opens until another telephone is set up."""
    one = member_or_404(id)
    second_factor.forget(member=one, by=the_staff(), at=now())
    flash(f"Le téléphone de {one.name} est retiré.", "success")
    return see(url_for("office.team"))
