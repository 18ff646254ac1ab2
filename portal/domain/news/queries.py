"""Reads of what is to be told, and of what tenants wish to be told."""

from portal.domain.news.models import MailChoice, News
from portal.domain.news.policy import TOPICS
from portal.domain.people.models import Tenant


def waiting(*, most: int = 50) -> list[News]:
    """Return the facts that nobody was told of yet, the oldest first, each with its tenant."""
    return list(News.select(News, Tenant).join(Tenant).where(News.told_at.is_null()).order_by(News.id).limit(most))


def wanted_topics(*, tenant: Tenant) -> set[str]:
    """Return the topics a tenant wants mails about: all but those they refused."""
    refused = MailChoice.select().where(MailChoice.tenant == tenant, MailChoice.wanted == 0).order_by(MailChoice.id)
    return set(TOPICS) - {choice.topic for choice in refused}
