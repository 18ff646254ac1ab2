"""One handler for each kind of trouble; each error page is ours, in French, as page and as fragment."""

from flask import Response, current_app, flash, g, make_response, render_template, request, url_for
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, InternalServerError, MethodNotAllowed

from portal.domain.errors import DomainError, NotAllowedError, NotFoundError, TooManyTriesError
from portal.web.application import Portal
from portal.web.htmx import SIDES, leave_to, wants_fragment
from portal.web.menus import help_url
from portal.web.signin import manager, me

STATUS = {NotAllowedError: 403, NotFoundError: 404, TooManyTriesError: 429}
OURS = (400, 403, 404, 405, 413, 422, 429, 500, 503)


def error_page(code: int, sentence: str = "") -> Response:
    """Render the page of an error, asking nothing of the database."""
    if code >= 500:
        g._login_user = manager.anonymous_user()  # nobody is looked up: the database may be what broke
    layout = "layouts/public_swap.html" if wants_fragment() else "layouts/public.html"
    page = render_template(
        "errors/error.html", layout=layout, menu=None, help_url=help_url(), code=code, sentence=sentence
    )
    return make_response(page, code)


def register(app: Portal) -> None:
    """Answer every error by a page of ours."""

    @app.errorhandler(HTTPException)
    def http_error(error: HTTPException) -> Response:
        code = error.code or 500
        response = error_page(code if code in OURS else 400 if code < 500 else 500)
        if isinstance(error, MethodNotAllowed):
            response.headers["Allow"] = ", ".join(error.valid_methods or ())
        return response

    @app.errorhandler(DomainError)
    def domain_error(error: DomainError) -> Response:
        return error_page(STATUS.get(type(error), 422), str(error))

    @app.errorhandler(CSRFError)
    def expired_form(_error: CSRFError) -> Response:
        """A form older than its session: sign in again rather than read about CSRF."""
        if me() is None and request.blueprint in SIDES:
            flash(
                "Vous étiez resté longtemps sans rien faire. Entrez de nouveau : votre demande n’est pas partie.",
                "warning",
            )
            return leave_to(url_for("access.staff_sign_in" if request.blueprint == "office" else "access.sign_in"))
        return error_page(400)

    @app.errorhandler(InternalServerError)
    def broken(_error: InternalServerError) -> Response:
        return error_page(500)

    @app.errorhandler(Exception)
    def unexpected(error: Exception) -> Response:
        """Log the fault without what the person sent, and say it plainly."""
        if current_app.testing:
            raise error
        current_app.logger.exception("%s %s", request.method, request.endpoint)
        return error_page(500)
