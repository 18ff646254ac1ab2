"""What is done with an access: ask for it, sign in, give it again, close it, choose another password."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from portal.db import db
from portal.domain.audit import actions as audit
from portal.domain.errors import DomainError, NotAllowedError, TooManyTriesError
from portal.domain.people import credentials, passwords, policy, queries, sessions, throttles
from portal.domain.people.credentials import Credentials
from portal.domain.people.models import Access, AccessRequest, Letter, Staff, Tenant
from portal.domain.people.welcome import welcome
from portal.kernel.clock import paris_day
from portal.kernel.references import compact_digits

LETTER = "letter"
GRANTED = ("opened", "letter")
SAME_PRESS = timedelta(seconds=30)
WRONG = (
    "L’identifiant ou le mot de passe n’est pas bon. Vérifiez-les sur le papier où vous les avez notés, "
    "puis recommencez."
)
ALREADY = (
    "Un accès est déjà ouvert pour vous. Si vous avez perdu votre identifiant ou votre mot de passe, "
    "contactez l’Office : il vous en donne un nouveau."
)
MISMATCH = (
    "Nous ne retrouvons pas ces trois informations ensemble. Vérifiez sur votre avis d’échéance le nom, "
    "la référence du logement et le numéro de locataire, chiffre par chiffre. Si cela ne passe toujours pas, "
    "appelez l’Office."
)


class WrongPasswordError(DomainError):
    """The login or the password is not right; which of them is never said."""

    sentence = WRONG


class NoMatchError(DomainError):
    """Name, reference and number do not belong together; which of them is never said."""

    sentence = MISMATCH


class AlreadyOpenError(DomainError):
    """The tenant has an access: only the Office gives it again."""

    sentence = ALREADY


@dataclass(frozen=True)
class Asked:
    """What a person typed to have an access, from where, and the one-time key of the form it came from.

    `seed` is drawn from the key and a secret of the Office: both halves of a double click make one same password.
    """

    name: str
    dwelling_reference: str
    tenant_number: str
    address: str
    once_key: str | None = None
    seed: bytes = b""


def sign_in(*, login: str, password: str, address: str, at: datetime) -> Access:
    """Return the access of a login and password; `let_in` says afterwards that it was opened.

    Raises TooManyTriesError, or WrongPasswordError with one sentence, after one same time, whatever is wrong.
    """
    login, network = passwords.canonical_login(login), throttles.network_of(address)
    throttles.count((throttles.SIGN_IN_LOGIN, login), (throttles.SIGN_IN_ADDRESS, network), at=at)
    access = queries.access_by_login(login=login)
    known = access if access and access.closed_at is None else None
    right = passwords.is_right(password, known.password_hash if known else None)
    if known is None or not right:
        if access:
            audit.note(act=audit.SIGN_IN_REFUSED, at=at, **_whose(access))
        raise WrongPasswordError
    with db.atomic():
        throttles.forget(throttles.SIGN_IN_LOGIN, login)
        throttles.give_back(throttles.SIGN_IN_ADDRESS, network, at=at)
    return known


def let_in(*, access: Access, at: datetime) -> None:
    """Note that somebody came in, having proved all that was asked."""
    audit.note(act=audit.SIGNED_IN, at=at, **_whose(access))


def request_access(*, asked: Asked, delivery: str, at: datetime) -> Credentials | None:
    """Open the access of the tenant whose name, dwelling and number are given; every request is kept.

    Returns nothing when the settings have the code sent by letter. The same form twice at once (a double click) opens
    one access and gives the same login and password twice. Raises TooManyTriesError, NoMatchError or AlreadyOpenError.
    """
    asked = replace(
        asked,
        dwelling_reference=compact_digits(asked.dwelling_reference),
        tenant_number=compact_digits(asked.tenant_number),
    )
    _brake(asked, at)
    holders = queries.holders_asking(
        dwelling_reference=asked.dwelling_reference, tenant_number=asked.tenant_number, on=paris_day(at)
    )
    if not policy.names_one_of(asked.name, holders):
        _keep(asked, "mismatch", None, at)
        raise NoMatchError
    tenant = holders[0]
    if delivery == LETTER and queries.access_of(tenant=tenant) is None:
        _to_be_posted(asked, tenant, at)
        return None
    given = credentials.generate(tenant.used_name or tenant.family_name, seed=asked.seed)
    password_hash = passwords.hashed(given.password)
    with db.atomic():
        access = queries.access_of(tenant=tenant)
        if access and _just_opened(access, asked, at):
            return Credentials(access.login, given.password)
        _keep(asked, "already" if access else "opened", tenant, at)
        if not access:
            credentials.open_access(given, password_hash, at, tenant=tenant)
            Letter.create(tenant=tenant, kind="access_opened", asked_at=at)
            welcome(tenant=tenant, at=at)
    if access:
        raise AlreadyOpenError
    return given


def give_access(*, staff: Staff, tenant: Tenant, at: datetime) -> Credentials:
    """Open a tenant's access, or give it again: a new password, and every open session ends.

    Raises NotAllowedError. The caller has checked that this member of staff may see this tenant.
    """
    if not policy.may_give_access(staff):
        raise NotAllowedError
    given = credentials.generate(tenant.used_name or tenant.family_name)
    password_hash = passwords.hashed(given.password)
    with db.atomic():
        access = queries.access_of(tenant=tenant)
        if access is None:
            credentials.open_access(given, password_hash, at, tenant=tenant)
            welcome(tenant=tenant, at=at)
        else:
            given = Credentials(access.login, given.password)
            credentials.set_password(access, password_hash, at)
            Access.update(closed_at=None).where(Access.id == access.id).execute()
            throttles.forget(throttles.SIGN_IN_LOGIN, access.login)
        Letter.update(printed_at=at).where(
            Letter.tenant == tenant, Letter.kind == "access_code", Letter.printed_at.is_null()
        ).execute()
        audit.note(act=audit.GAVE_ACCESS_AGAIN if access else audit.OPENED_ACCESS, at=at, staff=staff, tenant=tenant)
    return given


def close_access(*, staff: Staff, tenant: Tenant, at: datetime) -> None:
    """Close a tenant's access and end its sessions at once. Raises NotAllowedError."""
    if not policy.may_give_access(staff):
        raise NotAllowedError
    with db.atomic():
        access = queries.access_of(tenant=tenant)
        if access is None or access.closed_at is not None:
            return
        Access.update(closed_at=at).where(Access.id == access.id).execute()
        sessions.end_all(access=access)
        audit.note(act=audit.CLOSED_ACCESS, at=at, staff=staff, tenant=tenant)


def check_again(*, access: Access, password: str, at: datetime) -> None:
    """Ask a signed-in person for the password again. Raises TooManyTriesError or WrongPasswordError."""
    throttles.count((throttles.SIGN_IN_LOGIN, access.login), at=at)
    if not passwords.is_right(password, access.password_hash):
        raise WrongPasswordError("Ce n’est pas votre mot de passe actuel. Vérifiez-le, puis recommencez.")
    throttles.forget(throttles.SIGN_IN_LOGIN, access.login)


def choose_password(*, access: Access, password: str, about: tuple[str, ...], keep: str, at: datetime) -> None:
    """Set the password a person chose, and end every session but the one whose token is kept.

    Raises DomainError when it is too short, too long or too easily guessed.
    """
    passwords.check_chosen(password, about=(access.login, *_known_of(access), *about))
    password_hash = passwords.hashed(password)
    with db.atomic():
        credentials.set_password(access, password_hash, at, keep)
        audit.note(act=audit.CHANGED_PASSWORD, at=at, **_whose(access))


def _brake(asked: Asked, at: datetime) -> None:
    network = throttles.network_of(asked.address)
    try:
        throttles.count(
            (throttles.REQUEST_ADDRESS, network),
            (throttles.REQUEST_REFERENCE, asked.dwelling_reference),
            (throttles.REQUEST_ALL, ""),
            at=at,
        )
    except TooManyTriesError:
        told = (AccessRequest.outcome == "throttled") & (AccessRequest.asked_at > at - timedelta(hours=1))
        if not AccessRequest.select().where(told, AccessRequest.address == asked.address).exists():
            _keep(asked, "throttled", None, at)  # one line an hour an address: a flood must not fill the disk
        raise


def _to_be_posted(asked: Asked, tenant: Tenant, at: datetime) -> None:
    with db.atomic():
        if _is_granted(asked):
            return
        _keep(asked, "letter", tenant, at)
        waiting = (Letter.tenant == tenant) & (Letter.kind == "access_code") & Letter.printed_at.is_null()
        if not Letter.select().where(waiting).exists():
            Letter.create(tenant=tenant, kind="access_code", asked_at=at)


def _keep(asked: Asked, outcome: str, tenant: Tenant | None, at: datetime) -> None:
    AccessRequest.create(
        asked_at=at,
        outcome=outcome,
        address=asked.address,
        name=asked.name,
        dwelling_reference=asked.dwelling_reference,
        tenant_number=asked.tenant_number,
        tenant=tenant,
        once_key=asked.once_key if outcome in GRANTED else None,
    )


def _is_granted(asked: Asked) -> bool:
    return (
        asked.once_key is not None and AccessRequest.select().where(AccessRequest.once_key == asked.once_key).exists()
    )


def _just_opened(access: Access, asked: Asked, at: datetime) -> bool:
    """Say whether an access was opened by this same press of the button, and nothing has happened to it since."""
    if not asked.seed or access.closed_at or access.password_set_at != access.opened_at:
        return False
    return at - access.opened_at <= SAME_PRESS and (
        AccessRequest.select()
        .where(AccessRequest.once_key == asked.once_key, AccessRequest.tenant == access.tenant_id)
        .exists()
    )


def _whose(access: Access) -> dict:
    return {"by_tenant": access.tenant} if access.tenant_id else {"staff": access.staff}


def _known_of(access: Access) -> tuple[str, ...]:
    tenant = access.tenant
    if tenant is None:
        return tuple(access.staff.name.split()) if access.staff else ()
    return tenant.family_name, tenant.used_name, tenant.first_name, tenant.number, tenant.email.partition("@")[0]
