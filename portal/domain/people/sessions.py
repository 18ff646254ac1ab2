"""Open sessions, kept by the Office: ending one here ends it at once, whatever the browser still holds."""

import hashlib
import secrets
from datetime import datetime, timedelta

from peewee import JOIN

from portal.db import Written, db, place
from portal.domain.people.models import Access, SignIn, Staff, Tenant

_open = Written(
    lambda: (
        Access.select(Access, Tenant, Staff)
        .join(SignIn, on=(SignIn.access == Access.id))
        .switch(Access)
        .join(Tenant, JOIN.LEFT_OUTER)
        .switch(Access)
        .join(Staff, JOIN.LEFT_OUTER)
        .where(SignIn.token_hash == place("token_hash"), SignIn.expires_at > place("at"), Access.closed_at.is_null())
    )
)


def token_hash(token: str) -> str:
    """Return what the database keeps of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def begin(*, access: Access, at: datetime, hours: int) -> str:
    """Open a session of so many hours at most and return its token (256 bits)."""
    token = secrets.token_urlsafe(32)
    with db.atomic():
        SignIn.delete().where(SignIn.expires_at < at).execute()
        SignIn.create(token_hash=token_hash(token), access=access, began_at=at, expires_at=at + timedelta(hours=hours))
    return token


def access_of(*, token: str, at: datetime) -> Access | None:
    """Return the access (with its tenant or member of staff) of an open session, or nothing."""
    return next(iter(_open(token_hash=token_hash(token), at=SignIn.expires_at.db_value(at))), None)


def end(*, token: str) -> None:
    """End one session."""
    SignIn.delete().where(SignIn.token_hash == token_hash(token)).execute()


def end_all(*, access: Access, but: str = "") -> None:
    """End every session of an access, except the one whose token is given."""
    SignIn.delete().where(SignIn.access == access, SignIn.token_hash != token_hash(but)).execute()
