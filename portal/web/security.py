"""What protects every answer: headers, cookies, CSRF, sizes, and who may speak for the visitor's address."""

from urllib.parse import unquote_to_bytes

from flask import Response, abort, request
from flask_wtf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

from portal.web.application import Portal, settings

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
    "manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; object-src 'none'"
)
FILE_POLICY = "default-src 'none'; style-src 'none'; sandbox"
MEGABYTE = 1024 * 1024
LONGEST_FORM = 4 * MEGABYTE
YEAR = 365 * 24 * 3600

ALWAYS = (
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "same-origin"),
    ("X-Frame-Options", "DENY"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=()"),
)

csrf = CSRFProtect()


def register(app: Portal) -> None:
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
        MAX_FORM_MEMORY_SIZE=LONGEST_FORM,  # a text too long comes back in its form, with its sentence
        MAX_FORM_PARTS=200,
        SEND_FILE_MAX_AGE_DEFAULT=YEAR,  # asset() puts the content's hash in each address
    )
    if config.trusted_proxies:
        hops = config.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign] # Flask says to
    app.before_request(refuse_what_is_not_text)
    csrf.init_app(app)
    app.after_request(protect)


def refuse_what_is_not_text() -> None:
    """Answer 400 to an address or a form that is not UTF-8 or holds NUL: what would be kept is not what was written."""
    if request.blueprint == "bank":
        return  # the bank's notification is signed byte for byte: its counter reads it alone
    written = [request.query_string]
    if request.mimetype == "application/x-www-form-urlencoded" and (request.content_length or 0) <= LONGEST_FORM:
        written.append(request.get_data())
    try:
        texts = [unquote_to_bytes(each).decode() for each in written]
    except UnicodeDecodeError:
        abort(400)
    if request.method == "POST":
        texts += [value for _, value in request.form.items(multi=True)]
    if any("\0" in text for text in texts):
        abort(400)


def protect(response: Response) -> Response:
    """Put the security headers on an answer; nothing of a person's is kept by the browser or a proxy."""
    headers = response.headers
    headers.setdefault("Content-Security-Policy", POLICY)
    headers.extend(ALWAYS)
    if settings().secure:
        headers["Strict-Transport-Security"] = f"max-age={2 * YEAR}; includeSubDomains"
    if request.endpoint != "static":
        headers.setdefault("Cache-Control", "no-store, private")
    return response
