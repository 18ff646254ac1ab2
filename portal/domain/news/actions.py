"""Facts a tenant is to be told by mail: written with the fact, mailed by the worker, once."""

from collections.abc import Collection
from datetime import datetime

from portal.db import db
from portal.domain.messages import outbox
from portal.domain.messages.models import OutboxMail
from portal.domain.messages.outbox import Mail
from portal.domain.news.models import MailChoice, News
from portal.domain.news.policy import TOPICS
from portal.domain.people.models import Tenant


def tell(*, kind: str, tenant: Tenant, key: str, at: datetime, about: str = "", about_id: int | None = None) -> None:
    """Note that a tenant is to be told of a fact, in the fact's own transaction; told twice, it is noted once.

    `key` names the fact (« event:12 »): kind, key and tenant together make the one mail there may be of it.
    """
    News.insert(
        business_key=f"{kind}:{key}:{tenant.id}",
        kind=kind,
        tenant=tenant,
        about=about,
        about_id=about_id,
        happened_at=at,
    ).on_conflict_ignore().execute()


def settle(*, news: News, outcome: str, at: datetime, mail: Mail | None = None) -> None:
    """Put the mail of a fact in the outbox, or note why there is none, in one go: there is never a second.

    An address that was taken away while the mail was written gets none.
    """
    with db.atomic():
        if not News.select().where(News.id == news.id, News.told_at.is_null()).exists():
            return  # another sweep was faster
        if mail and not _is_reached_at(news.tenant):
            outcome, mail = "no_address", None
        sent_as = mail and outbox.queue(recipient=news.tenant.email, mail=mail, at=at)
        row = sent_as and OutboxMail.get(OutboxMail.message_id == sent_as)
        News.update(told_at=at, outcome=outcome, mail=row).where(News.id == news.id).execute()


def take_back_mails(*, tenant: Tenant, at: datetime) -> None:
    """Keep the mails of a tenant's news that have not left yet from ever leaving, in the caller's transaction."""
    theirs = News.select(News.mail).where(News.tenant == tenant, News.mail.is_null(False))
    outbox.take_back(OutboxMail.id.in_(theirs), at=at)


def choose(*, tenant: Tenant, wanted: Collection[str], at: datetime) -> None:
    """Keep which topics a tenant wants mails about; the others are refused."""
    with db.atomic():
        for topic in TOPICS:
            row = {"tenant": tenant, "topic": topic, "wanted": int(topic in wanted), "chosen_at": at}
            MailChoice.insert(row).on_conflict(
                conflict_target=[MailChoice.tenant, MailChoice.topic],
                preserve=[MailChoice.wanted, MailChoice.chosen_at],
            ).execute()


def _is_reached_at(tenant: Tenant) -> bool:
    same = (Tenant.id == tenant.id) & (Tenant.email == tenant.email)
    return Tenant.select().where(same, Tenant.email_confirmed_at.is_null(False)).exists()
