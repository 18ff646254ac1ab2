"""The first message a tenant finds: the access is open, and what to do if somebody else opened it."""

import secrets
from datetime import datetime

from portal.domain.messages.models import Message, Thread
from portal.domain.people.models import Tenant

AUTHOR = "Service gestion locative"
SUBJECT = "Bienvenue dans votre espace"
BODY = (
    "Bonjour,\n\n"
    "Votre accès à l’espace locataires est ouvert. Vous pouvez y lire nos messages, suivre vos réclamations, "
    "voir votre compte, garder vos quittances et payer votre loyer.\n\n"
    "Gardez votre identifiant et votre mot de passe en lieu sûr. L’Office ne vous demandera jamais votre mot "
    "de passe, ni par téléphone, ni par courriel.\n\n"
    "Si ce n’est pas vous qui avez demandé cet accès, répondez à ce message ou appelez-nous : nous le fermons "
    "aussitôt."
)


def welcome(*, tenant: Tenant, at: datetime) -> None:
    """Leave the welcome in the tenant's inbox, unread; inside the transaction that opens the access."""
    thread = Thread.create(tenant=tenant, subject=SUBJECT, began_at=at, last_at=at)
    message = Message.create(
        thread=thread, written_at=at, side="office", author=AUTHOR, body=BODY, once_key=secrets.token_hex(16)
    )
    Thread.update(office_last_id=message.id).where(Thread.id == thread.id).execute()
