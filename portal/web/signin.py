"""Who is signed in: Flask-Login over the sessions kept in the database."""

from dataclasses import dataclass

from flask import g, redirect, request, session, url_for
from flask_login import LoginManager, UserMixin, current_user, login_user, logout_user
from werkzeug.wrappers import Response

from portal import db
from portal.domain.people import actions, sessions
from portal.domain.people.models import Access, Staff, Tenant
from portal.web.application import Portal, settings
from portal.web.clock import now
from portal.web.htmx import leave_to, wants_fragment

manager = LoginManager()


@dataclass
class Person(UserMixin):
    """The signed-in person: a tenant or a member of staff, and the token of this session."""

    token: str
    access: Access

    def get_id(self) -> str:
        """Return what the cookie holds: the session's token, never the person's number."""
        return self.token

    @property
    def tenant(self) -> Tenant | None:
        """The tenant, when a tenant is signed in."""
        return self.access.tenant if self.access.tenant_id else None

    @property
    def staff(self) -> Staff | None:
        """The member of staff, when one is signed in."""
        return self.access.staff if self.access.staff_id else None

    @property
    def name(self) -> str:
        """The name the header shows."""
        return self.tenant.full_name if self.tenant else self.staff.name if self.staff else ""


def register(app: Portal) -> None:
    """Let Flask-Login find people, and let templates know `me`."""
    manager.init_app(app)
    manager.session_protection = None  # a phone changes address on the way; sessions end on the server

    @manager.user_loader
    def load(token: str) -> Person | None:
        access = sessions.access_of(token=token, at=now())
        return Person(token, access) if access else None

    @manager.unauthorized_handler
    def ask_to_sign_in() -> Response:
        """Send to the right door, and back to this page afterwards; htmx gets no page to swap."""
        door = "access.staff_sign_in" if request.blueprint == "office" else "access.sign_in"
        wanted = None if wants_fragment() or request.method != "GET" else request.full_path.rstrip("?")
        url = url_for(door, next=wanted)
        return leave_to(url) if wants_fragment() else redirect(url, 303)

    @app.after_request
    def stay(response: Response) -> Response:
        """Push back the idle end at each page: not at a file, nor when the page itself asks in the background."""
        if response.mimetype == "text/html" and not g.get("background") and session.get("_user_id"):
            session.modified = True
        return response

    portal = app.portal
    app.context_processor(
        lambda: {"me": me(), "office": portal.office, "demo": portal.demo, "poll_seconds": portal.poll_seconds}
    )


def me() -> Person | None:
    """Return the signed-in person, if any; never touches the database where it is closed."""
    if not request or ("_login_user" not in g and db.db.is_closed()):
        return None
    return current_user if current_user.is_authenticated else None


def enter(access: Access) -> None:
    """Open a session for an access: a new token, a new cookie, nothing kept of the old one."""
    session.clear()
    at = now()
    actions.let_in(access=access, at=at)
    token = sessions.begin(access=access, at=at, hours=settings().access.session_hours)
    login_user(Person(token, access))


def leave() -> None:
    """End this session on the server and in the browser."""
    if current_user.is_authenticated:
        sessions.end(token=current_user.token)
    logout_user()
    session.clear()
