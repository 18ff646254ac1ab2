"""What protects every answer: headers, cookies, CSRF, sizes, and who may speak for the visitor's address."""

from flask import Flask, Response, request
from flask_wtf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
    "manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; object-src 'none'"
)
FILE_POLICY = "default-src 'none'; style-src 'none'; sandbox"
MEGABYTE = 1024 * 1024
YEAR = 365 * 24 * 3600

csrf = CSRFProtect()


def register(app: Flask) -> None:
    """Set cookies, limits and headers once for all."""
    config = app.portal
    app.config.update(
        SECRET_KEY=config.secret_key,
        SESSION_COOKIE_NAME="__Host-session" if config.secure else "session",
        SESSION_COOKIE_SECURE=config.secure,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        PERMANENT_SESSION_LIFETIME=config.idle,
        WTF_CSRF_TIME_LIMIT=None,  # a form lives as long as the session: lunch must not lose what was typed
        MAX_CONTENT_LENGTH=64 * MEGABYTE,
        MAX_FORM_MEMORY_SIZE=4 * MEGABYTE,  # a text too long comes back in its form, with its sentence
        MAX_FORM_PARTS=200,
        SEND_FILE_MAX_AGE_DEFAULT=YEAR,  # asset() puts the content's hash in each address
    )
    if config.trusted_proxies:
        hops = config.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)
    csrf.init_app(app)
    app.after_request(protect)


def protect(response: Response) -> Response:
    """Put the security headers on an answer; nothing of a person's is kept by the browser or a proxy."""
    from flask import current_app

    headers = response.headers
    headers.setdefault("Content-Security-Policy", POLICY)
    headers["X-Content-Type-Options"] = "nosniff"
    headers["Referrer-Policy"] = "same-origin"
    headers["X-Frame-Options"] = "DENY"
    headers["Cross-Origin-Opener-Policy"] = "same-origin"
    headers["Cross-Origin-Resource-Policy"] = "same-origin"
    headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), payment=()"
    if current_app.portal.secure:
        headers["Strict-Transport-Security"] = f"max-age={2 * YEAR}; includeSubDomains"
    if request.endpoint != "static":
        headers.setdefault("Cache-Control", "no-store, private")
    return response
