"""The Office's people and their accesses: taken in, given a new password, closed. An administrator always remains."""

from datetime import datetime

from portal.db import db
from portal.domain.audit import actions as audit
from portal.domain.errors import DomainError, NotAllowedError, NotFoundError
from portal.domain.people import credentials, passwords, policy, queries, sessions, throttles
from portal.domain.people.credentials import Credentials
from portal.domain.people.models import Access, Role, Staff


class LastAdministratorError(DomainError):
    """The access to close is the last one that can open the others."""

    sentence = (
        "C’est le dernier accès d’administrateur : s’il se ferme, plus personne ne peut gérer les accès de l’équipe. "
        "Ouvrez d’abord celui d’un autre administrateur."
    )


def hire(*, name: str, role: str, function: str, email: str, lodge: object, at: datetime) -> Credentials:
    """Take in a member of staff with an access; a caretaker has a lodge, the others none."""
    given = credentials.generate(name.rsplit(maxsplit=1)[-1])
    password_hash = passwords.hashed(given.password)
    with db.atomic():
        staff = Staff.create(name=name, role=role, function=function, email=email, lodge=lodge)
        credentials.open_access(given, password_hash, at, staff=staff)
        audit.note(act=audit.OPENED_ACCESS, at=at, detail=f"staff {staff.id}")
    return given


def give_staff_password(*, member: Staff, by: Staff | None, at: datetime, keep: str = "") -> Credentials:
    """Give a member of staff a new password, opening the access again if it was closed; every session ends.

    `by` is an administrator, or nobody at the terminal; `keep` is the token of the session that is not ended (the
    administrator's own, for an own password). Raises NotAllowedError.
    """
    if by is not None and not policy.may_manage_staff(by):
        raise NotAllowedError
    given = credentials.generate(member.name.rsplit(maxsplit=1)[-1])
    password_hash = passwords.hashed(given.password)
    with db.atomic():
        access = queries.access_of_staff(member=member)
        if access is None:
            credentials.open_access(given, password_hash, at, staff=member)
        else:
            given = Credentials(access.login, given.password)
            credentials.set_password(access, password_hash, at, keep)
            Access.update(closed_at=None).where(Access.id == access.id).execute()
            throttles.forget(throttles.SIGN_IN_LOGIN, access.login)
        audit.note(act=audit.GAVE_STAFF_PASSWORD, at=at, staff=by, detail=f"staff {member.id}")
    return given


def give_password_of_login(*, login: str, at: datetime) -> Credentials:
    """Give a new password to the member of staff of a login, at the terminal. Raises NotFoundError."""
    access = queries.access_by_login(login=passwords.canonical_login(login))
    if access is None or access.staff is None:
        raise NotFoundError(f"Aucun agent n’a l’identifiant « {login} ».")
    return give_staff_password(member=access.staff, by=None, at=at)


def close_staff_access(*, member: Staff, by: Staff, at: datetime) -> None:
    """Close the access of a member of staff and end its sessions at once.

    Raises NotAllowedError, or LastAdministratorError when no other administrator's access is open.
    """
    if not policy.may_manage_staff(by):
        raise NotAllowedError
    with db.atomic():
        access = queries.access_of_staff(member=member)
        if access is None or access.closed_at is not None:
            return
        if member.role == Role.ADMINISTRATOR and queries.count_open_administrators() < 2:
            raise LastAdministratorError
        Access.update(closed_at=at).where(Access.id == access.id).execute()
        sessions.end_all(access=access)
        audit.note(act=audit.CLOSED_STAFF_ACCESS, at=at, staff=by, detail=f"staff {member.id}")
