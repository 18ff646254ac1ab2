"""Who may come to a counter."""

from collections.abc import Callable
from functools import wraps

from flask import abort
from flask_login import current_user
from werkzeug.wrappers import Response

from portal.domain.people.models import Staff, Tenant
from portal.web.signin import manager


def tenants_only() -> Response | None:
    """Refuse whoever is not a signed-in tenant; staff are told it is not their side."""
    if not current_user.is_authenticated:
        return manager.unauthorized()
    if current_user.tenant is None:
        abort(403)
    return None


def staff_only() -> Response | None:
    """Refuse whoever is not a signed-in member of staff."""
    if not current_user.is_authenticated:
        return manager.unauthorized()
    if current_user.staff is None:
        abort(403)
    return None


def the_tenant() -> Tenant:
    """Return the signed-in tenant."""
    return current_user.tenant


def the_staff() -> Staff:
    """Return the signed-in member of staff."""
    return current_user.staff


def staff_needs(*roles: str) -> Callable:
    """Keep a view for some roles of the Office; the others get a 403."""

    def guard(view: Callable) -> Callable:
        @wraps(view)
        def guarded(*args: object, **kwargs: object) -> Response:
            if the_staff().role not in roles:
                abort(403)
            return view(*args, **kwargs)

        return guarded

    return guard
