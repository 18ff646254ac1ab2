"""How a tenant is reached, and the links sent by mail: to confirm an address, to choose a new password."""

import secrets
from collections.abc import Callable
from datetime import datetime, timedelta

from peewee import fn

from portal.db import db, insert_when
from portal.domain.audit import actions as audit
from portal.domain.errors import DomainError
from portal.domain.messages import outbox
from portal.domain.messages.models import OutboxMail
from portal.domain.messages.outbox import Mail
from portal.domain.news.actions import take_back_mails
from portal.domain.people import actions, queries, throttles
from portal.domain.people.models import MailLink, Tenant
from portal.domain.people.sessions import token_hash

CONFIRM, NEW_PASSWORD = "confirm_email", "new_password"
LIVES = {CONFIRM: timedelta(days=2), NEW_PASSWORD: timedelta(minutes=30)}

NOBODY = 0  # the number of no row

Compose = Callable[[str], Mail]


class DeadLinkError(DomainError):
    """A link that was used, is too old, or never was."""

    sentence = "Ce lien ne marche plus : il a déjà servi, ou il est trop ancien. Demandez-en un autre."


def change_phone(*, tenant: Tenant, phone: str, at: datetime) -> None:
    """Set a tenant's telephone number; an empty one takes it away."""
    with db.atomic():
        Tenant.update(phone=phone).where(Tenant.id == tenant.id).execute()
        audit.note(act=audit.CHANGED_CONTACT, at=at, by_tenant=tenant, detail="phone")


def ask_to_confirm_email(*, tenant: Tenant, email: str, compose: Compose, at: datetime) -> None:
    """Send a link to a new address; the address becomes the tenant's once the link is followed.

    `compose` writes the mail of a token. Raises TooManyTriesError.
    """
    email = canonical_email(email)
    throttles.count((throttles.LOST_EMAIL, email), at=at)
    with db.atomic():
        _send(tenant.id, CONFIRM, email, compose, at)


def confirm_email(*, token: str, at: datetime) -> Tenant:
    """Make the address a link was sent to that of its tenant. Raises DeadLinkError."""
    with db.atomic():
        link = _use(token, CONFIRM, at)
        Tenant.update(email=link.email, email_confirmed_at=at).where(Tenant.id == link.tenant_id).execute()
        audit.note(act=audit.CHANGED_CONTACT, at=at, by_tenant=link.tenant, detail="email")
    return link.tenant


def remove_email(*, tenant: Tenant, at: datetime) -> None:
    """Forget a tenant's address: the links sent to it die, and the mails that have not left yet never will."""
    with db.atomic():
        alive = (MailLink.tenant == tenant) & MailLink.used_at.is_null()
        for link in MailLink.select().where(alive).order_by(MailLink.id):
            outbox.take_back((OutboxMail.recipient == link.email) & (OutboxMail.queued_at == link.made_at), at=at)
        MailLink.update(used_at=at).where(alive).execute()
        take_back_mails(tenant=tenant, at=at)
        Tenant.update(email="", email_confirmed_at=None).where(Tenant.id == tenant.id).execute()
        audit.note(act=audit.CHANGED_CONTACT, at=at, by_tenant=tenant, detail="email")


def ask_for_new_password(*, email: str, address: str, compose: Compose, at: datetime) -> None:
    """Send a link to choose a new password, if one open access has this confirmed address; say nothing of it.

    An address nobody has confirmed costs the same work: the mail is written, the same statements run and are
    committed together (they find no tenant and insert nothing), the request is noted. Raises TooManyTriesError.
    """
    email, token = canonical_email(email), secrets.token_urlsafe(32)
    throttles.count((throttles.LOST_ADDRESS, throttles.network_of(address)), (throttles.LOST_EMAIL, email), at=at)
    access = queries.open_access_by_confirmed_email(email=email)
    tenant = access.tenant if access else None
    with db.atomic():
        _send(tenant.id if tenant else NOBODY, NEW_PASSWORD, email, compose, at, token)
        audit.note(act=audit.ASKED_FOR_LINK, at=at, by_tenant=tenant)


def set_new_password(*, token: str, password: str, about: tuple[str, ...], at: datetime) -> None:
    """Set the password chosen through a link, which serves once; every open session ends.

    Raises DeadLinkError, or DomainError when the password is refused (the link then still serves).
    """
    with db.atomic():
        access = queries.open_access_of_link(token=token, kind=NEW_PASSWORD, at=at)
        if access is None:
            raise DeadLinkError
        _use(token, NEW_PASSWORD, at)
        actions.choose_password(access=access, password=password, about=about, keep="", at=at)
        throttles.forget(throttles.SIGN_IN_LOGIN, access.login)


def canonical_email(typed: str) -> str:
    """Return an address as it is kept and compared: without case or spaces around it."""
    return typed.strip().casefold()


def _send(tenant_id: int, kind: str, email: str, compose: Compose, at: datetime, token: str = "") -> None:
    token = token or secrets.token_urlsafe(32)
    same = (MailLink.tenant == tenant_id) & (MailLink.kind == kind) & MailLink.used_at.is_null()
    MailLink.update(used_at=at).where(same).execute()  # the last link sent is the only one that serves
    known = fn.EXISTS(Tenant.select().where(Tenant.id == tenant_id))
    insert_when(
        MailLink,
        known,
        token_hash=token_hash(token),
        kind=kind,
        tenant=tenant_id,
        email=email,
        made_at=at,
        expires_at=at + LIVES[kind],
    )
    outbox.queue(recipient=email, mail=compose(token), at=at, when=known)


def _use(token: str, kind: str, at: datetime) -> MailLink:
    link = queries.link_of(token=token, kind=kind, at=at)
    if link is None:
        raise DeadLinkError
    MailLink.update(used_at=at).where(MailLink.id == link.id).execute()
    return link
