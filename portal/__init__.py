"""The tenants' space of a public housing office."""

from portal import config as settings
from portal import db
from portal.kernel.clock import Clock, SystemClock
from portal.web.application import Portal


def create_app(config: settings.Config | None = None, clock: Clock | None = None) -> Portal:
    """Put the portal together: settings, database, kit, counters."""
    from portal.blueprints import register_blueprints
    from portal.web import converters, errors, filters, htmx, security, signin

    config = config or settings.load()
    app = Portal("portal")
    app.portal = config
    app.clock = clock or SystemClock()
    db.use(config.database)

    converters.register(app)
    db_hooks(app)  # first: whoever guards a request may have to look a person up
    security.register(app)
    signin.register(app)
    filters.register(app)
    htmx.register(app)
    errors.register(app)
    register_blueprints(app)
    return app


def db_hooks(app: Portal) -> None:
    """Open the database for each request but those of static files, and tidy it up after."""
    from flask import request

    @app.before_request
    def open_database() -> None:
        if request.endpoint != "static":
            db.open_for(request.method)

    @app.teardown_request
    def tidy_up(_error: BaseException | None) -> None:
        db.rest()
