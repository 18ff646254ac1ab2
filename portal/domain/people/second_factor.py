"""The second factor of the Office's people: six digits that an application on a telephone shows for thirty seconds.

Time-based one-time passwords, RFC 6238, as every such application knows them (SHA-1, 30 seconds, 6 digits).
"""

import hmac
from datetime import datetime

import pyotp

from portal.db import db
from portal.domain.audit import actions as audit
from portal.domain.errors import DomainError, NotAllowedError, NotFoundError
from portal.domain.people import passwords, policy, queries, sessions, throttles
from portal.domain.people.models import Access, SecondFactor, Staff

EARLY_OR_LATE_STEPS = 1  # a telephone's clock is seldom right to the second (RFC 6238, §5.2)


class WrongCodeError(DomainError):
    """The code is not the one of now, or it was used already; which of them is never said."""

    sentence = (
        "Ce code n’est pas le bon, ou il a déjà servi. Attendez que votre application en montre un autre, "
        "puis écrivez-le. Vérifiez aussi que votre téléphone est à l’heure."
    )


def new_secret() -> str:
    """Return a secret to share with an application (160 bits, in base 32)."""
    return pyotp.random_base32()


def address_of(*, secret: str, login: str, office: str) -> str:
    """Return what an application reads in the QR code: the secret, and under which name to keep it."""
    return pyotp.TOTP(secret).provisioning_uri(name=login, issuer_name=office)


def factor_of(*, access: Access) -> SecondFactor | None:
    """Return the second factor of an access, if one was set up."""
    return SecondFactor.get_or_none(SecondFactor.access == access)


def is_needed(*, access: Access, roles: tuple[str, ...]) -> bool:
    """Whether the password alone does not open this access: a factor was set up, or the role asks for one."""
    if access.staff is None:
        return False
    return access.staff.role in roles or factor_of(access=access) is not None


def set_up(*, access: Access, secret: str, code: str, at: datetime) -> None:
    """Keep the secret of a member of staff's application, once a first code proves that it has it.

    A telephone set up before no longer serves. Raises WrongCodeError, TooManyTriesError.
    """
    _brake(access, at)
    step = _step(secret, code, at)
    if step is None:
        raise WrongCodeError
    with db.atomic():
        SecondFactor.delete().where(SecondFactor.access == access).execute()
        SecondFactor.create(access=access, secret=secret, set_at=at, last_step=step)
        throttles.forget(throttles.SECOND_FACTOR, str(access.id))
        audit.note(act=audit.SET_UP_SECOND_FACTOR, at=at, staff=access.staff)


def check(*, access: Access, code: str, at: datetime) -> None:
    """Take a code of the application, once: the same one opens nothing a second time (RFC 6238, §5.2).

    Raises WrongCodeError, TooManyTriesError.
    """
    _brake(access, at)
    factor = factor_of(access=access)
    step = _step(factor.secret, code, at) if factor else None
    with db.atomic():
        if taken := factor is not None and step is not None and _use(factor, step):
            throttles.forget(throttles.SECOND_FACTOR, str(access.id))
        else:
            audit.note(act=audit.SIGN_IN_REFUSED, at=at, staff=access.staff)
    if not taken:
        raise WrongCodeError


def forget(*, member: Staff, by: Staff | None, at: datetime) -> None:
    """Forget the telephone a member of staff has lost: the password alone opens again, every session ends.

    Where the role asks for a second factor, another telephone is set up at the next sign-in. `by` is an administrator,
    or nobody at the terminal. Raises NotAllowedError.
    """
    if by is not None and not policy.may_manage_staff(by):
        raise NotAllowedError
    access = queries.access_of_staff(member=member)
    with db.atomic():
        if access and SecondFactor.delete().where(SecondFactor.access == access).execute():
            sessions.end_all(access=access)
            throttles.forget(throttles.SECOND_FACTOR, str(access.id))
            audit.note(act=audit.FORGOT_SECOND_FACTOR, at=at, staff=by, detail=f"staff {member.id}")


def forget_of_login(*, login: str, at: datetime) -> None:
    """Forget the telephone of the member of staff of a login, at the terminal. Raises NotFoundError."""
    access = queries.access_by_login(login=passwords.canonical_login(login))
    if access is None or access.staff is None:
        raise NotFoundError(f"Aucun agent n’a l’identifiant « {login} ».")
    forget(member=access.staff, by=None, at=at)


def _brake(access: Access, at: datetime) -> None:
    throttles.count((throttles.SECOND_FACTOR, str(access.id)), at=at)


def _use(factor: SecondFactor, step: int) -> bool:
    """Take thirty seconds, unless they, or later ones, were taken already."""
    fresh = (SecondFactor.id == factor.id) & (SecondFactor.last_step < step)
    return bool(SecondFactor.update(last_step=step).where(fresh).execute())


def _step(secret: str, code: str, at: datetime) -> int | None:
    """Return which thirty seconds a code belongs to, or nothing if it is not one of about now."""
    totp, typed = pyotp.TOTP(secret), "".join(code.split()).encode()
    now = totp.timecode(at)
    near = range(now - EARLY_OR_LATE_STEPS, now + EARLY_OR_LATE_STEPS + 1)
    return next((step for step in near if hmac.compare_digest(totp.generate_otp(step).encode(), typed)), None)
