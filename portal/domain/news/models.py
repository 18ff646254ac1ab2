"""What a tenant is to be told by mail, and what they wish to be told."""

from peewee import Check, ForeignKeyField, IntegerField, TextField

from portal.db import InstantField, Model, one_of
from portal.domain.messages.models import OutboxMail
from portal.domain.people.models import Tenant

KINDS = (
    "claim_received",
    "claim_answered",
    "claim_done",
    "claim_followed",
    "visit_proposed",
    "visit_moved",
    "visit_tomorrow",
    "message_received",
)
TOPICS = ("claims", "visits", "followed", "messages")
OUTCOMES = ("mailed", "no_address", "not_wanted", "stale")


class News(Model):
    """A fact a tenant is to be told by mail, written in the transaction of the fact; the worker writes the mail.

    `business_key` is the fact itself: told twice, it makes one mail. `about` is the number of the claim, `about_id` the
    row the mail is about (a visit, an event, a thread).
    """

    business_key = TextField(unique=True)
    kind = TextField()
    tenant = ForeignKeyField(Tenant, backref="news", on_delete="RESTRICT")
    about = TextField(default="")
    about_id = IntegerField(null=True)
    happened_at = InstantField()
    told_at = InstantField(null=True)
    outcome = TextField(default="")
    mail = ForeignKeyField(OutboxMail, unique=True, null=True, on_delete="RESTRICT")

    class Meta:
        table_name = "news"
        constraints = [
            one_of("kind", *KINDS),
            one_of("outcome", "", *OUTCOMES),
            Check("(told_at IS NULL) = (outcome = '')"),
            Check("(outcome = 'mailed') = (mail_id IS NOT NULL)"),
        ]
        indexes = ((("told_at", "id"), False),)


class MailChoice(Model):
    """Whether a tenant wants the mails of a topic; without a row, they do."""

    tenant = ForeignKeyField(Tenant, backref="mail_choices", on_delete="RESTRICT")
    topic = TextField()
    wanted = IntegerField()
    chosen_at = InstantField()

    class Meta:
        table_name = "mail_choice"
        constraints = [one_of("topic", *TOPICS), Check("wanted IN (0, 1)")]
        indexes = ((("tenant", "topic"), True),)
