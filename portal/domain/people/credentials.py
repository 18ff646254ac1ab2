"""A login and its password: made, given to somebody, changed. Who may ask for it is decided by the callers."""

from dataclasses import dataclass, field
from datetime import datetime

from portal.domain.people import passwords, sessions
from portal.domain.people.models import Access


@dataclass(frozen=True)
class Credentials:
    """A login and its password, which exists in clear here and nowhere else."""

    login: str
    password: str = field(repr=False)


def generate(name: str, *, seed: bytes = b"") -> Credentials:
    """Return a new login, after a name, and a new password; one same seed gives one same password."""
    login = passwords.generate_login(name)
    while Access.select().where(Access.login == login).exists():
        login = passwords.generate_login(name)
    return Credentials(login, passwords.derive(seed) if seed else passwords.generate())


def open_access(given: Credentials, password_hash: str, at: datetime, **owner: object) -> Access:
    """Open the access of a tenant or of a member of staff, inside the caller's transaction."""
    return Access.create(login=given.login, password_hash=password_hash, opened_at=at, password_set_at=at, **owner)


def set_password(access: Access, password_hash: str, at: datetime, keep: str = "") -> None:
    """Change a password and end every session but the one whose token is kept, inside the caller's transaction."""
    Access.update(password_hash=password_hash, password_set_at=at).where(Access.id == access.id).execute()
    sessions.end_all(access=access, but=keep)
