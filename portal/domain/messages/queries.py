"""What a person reads of the messages: theirs alone, ordered, in a constant number of queries."""

from dataclasses import dataclass
from datetime import date
from math import ceil
from typing import TypeVar

from peewee import JOIN, ModelSelect, fn

from portal.db import Model, Written, place
from portal.domain.files.models import StoredFile
from portal.domain.housing.holders import LeaseHolder
from portal.domain.housing.models import Building, Dwelling, Lease, Residence
from portal.domain.messages.models import Attachment, Message, Notice, Thread
from portal.domain.people.models import Role, Staff, Tenant
from portal.domain.people.queries import within_reach

PAGE = 20
Row = TypeVar("Row", bound=Model)

unread_by_tenant = Thread.office_last_id > Thread.tenant_read_id
unread_by_office = Thread.tenant_last_id > Thread.office_read_id
waits_for_office = (Thread.tenant_last_id > Thread.office_last_id) & (Thread.tenant_last_id > Thread.office_settled_id)
TO_ANSWER, ALL = "to_answer", "all"


_noticed = Written(
    lambda: (
        Thread.select(Thread, Notice)
        .join(Notice, JOIN.LEFT_OUTER)
        .where(Thread.tenant == place("tenant"), unread_by_tenant | (Notice.urgent_until >= place("on")))
        .order_by(Notice.written_at.desc(), Thread.id.desc())
    )
)


@dataclass(frozen=True)
class Mailbox:
    """How many threads hold a message of the Office the tenant has not opened, and those of urgent notices.

    An urgent notice is one whose end day is not passed; the newest comes first, each thread with its notice.
    """

    unread: int
    urgent: list[Thread]


@dataclass(frozen=True)
class ThreadPage:
    """One page of threads, each with its `tenant` and its `last` message."""

    threads: list[Thread]
    number: int
    pages: int


def mailbox_of(*, tenant: Tenant, on: date) -> Mailbox:
    """Return what a tenant's mailbox asks to be looked at, in one query."""
    threads = _noticed(tenant=tenant.id, on=on.isoformat())
    unread = sum(thread.is_unread_by_tenant for thread in threads)
    return Mailbox(unread, [each for each in threads if each.notice and each.notice.is_urgent(on=on)])


def count_unread_by_office(*, staff: Staff, on: date) -> int:
    """Return how many threads hold a tenant's message no one of the Office has opened; a caretaker counts its own."""
    return _within_reach(staff, on, Thread.select().join(Tenant)).where(unread_by_office).count()


def unread_count(*, staff: Staff, on: date) -> "ModelSelect[Thread]":
    """Return the same number as a query, to be one column of another."""
    return _within_reach(staff, on, Thread.select(fn.COUNT(Thread.id)).join(Tenant)).where(unread_by_office)


def inbox_of(*, tenant: Tenant, page: int) -> ThreadPage:
    """Return a page of a tenant's threads, the latest first."""
    return _page(_threads().where(Thread.tenant == tenant), page, Thread.last_at.desc(), Thread.id.desc())


def inbox_of_office(*, staff: Staff, what: str, on: date, page: int) -> ThreadPage:
    """Return a page of the threads a member of staff may read; a notice nobody answered is not one of them.

    `what` is TO_ANSWER (who has waited longest comes first) or ALL (those to answer first, then the latest).
    """
    spoken = Thread.notice.is_null() | (Thread.tenant_last_id > 0)
    threads = _within_reach(staff, on, _threads()).where(spoken)
    if what == TO_ANSWER:
        return _page(threads.where(waits_for_office), page, Thread.last_at, Thread.id)
    return _page(threads, page, waits_for_office.desc(), Thread.last_at.desc(), Thread.id.desc())


def latest_threads(*, tenant: Tenant, most: int = 5) -> list[Thread]:
    """Return the last threads of a tenant, each with its `last` message."""
    return list(_threads().where(Thread.tenant == tenant).order_by(Thread.last_at.desc(), Thread.id.desc()).limit(most))


def thread_of(*, tenant: Tenant, id: int) -> Thread | None:
    """Return one of a tenant's threads."""
    return Thread.select(Thread, Tenant).join(Tenant).where(Thread.id == id, Thread.tenant == tenant).first()


def thread_for_staff(*, staff: Staff, id: int, on: date) -> Thread | None:
    """Return a thread a member of staff may read, with its tenant."""
    return _within_reach(staff, on, Thread.select(Thread, Tenant).join(Tenant)).where(Thread.id == id).first()


def messages_of(*, thread: Thread) -> list[Message]:
    """Return the messages of a thread, oldest first, each with its `files`."""
    messages = list(Message.select().where(Message.thread == thread).order_by(Message.id))
    attachments = (
        Attachment.select(Attachment, StoredFile)
        .join(StoredFile)
        .join_from(Attachment, Message)
        .where(Message.thread == thread)
        .order_by(Attachment.id)
    )
    files: dict[int, list[Attachment]] = {}
    for attachment in attachments:
        files.setdefault(attachment.message_id, []).append(attachment)
    for message in messages:
        message.files = files.get(message.id, [])
    return messages


def attachment_of(*, tenant: Tenant, id: int) -> Attachment | None:
    """Return an attachment of one of a tenant's threads, with its file."""
    return _attachments().where(Attachment.id == id, Thread.tenant == tenant).first()


def attachment_for_staff(*, staff: Staff, id: int, on: date) -> Attachment | None:
    """Return an attachment of a thread a member of staff may read, with its file."""
    return _within_reach(staff, on, _attachments()).where(Attachment.id == id).first()


def message_of_key(*, once_key: str) -> Message | None:
    """Return the message a form's one-time key has already sent, with its thread."""
    return Message.select(Message, Thread).join(Thread).where(Message.once_key == once_key).first()


def count_threads_of(*, notice: Notice) -> int:
    """Return how many tenants a notice was written to."""
    return Thread.select().where(Thread.notice == notice).count()


def buildings_of(*, staff: Staff) -> list[Building]:
    """Return the buildings a member of staff may write to, by residence, with their residence."""
    buildings = Building.select(Building, Residence).join(Residence)
    if staff.role == Role.CARETAKER:
        buildings = buildings.where(Residence.lodge == staff.lodge_id)
    return list(buildings.order_by(Residence.name, Building.name, Building.id))


def tenants_in(*, building: Building, on: date) -> list[Tenant]:
    """Return the tenants with a lease running in a building on a day, by number, each once."""
    return list(
        Tenant.select()
        .join(LeaseHolder)
        .join(Lease)
        .join(Dwelling)
        .where(Dwelling.building == building, Lease.starts_on <= on, Lease.ends_on.is_null() | (Lease.ends_on >= on))
        .distinct()
        .order_by(Tenant.number, Tenant.id)
    )


def _within_reach(staff: Staff, on: date, rows: "ModelSelect[Row]") -> "ModelSelect[Row]":
    return rows.where(within_reach(staff=staff, on=on)) if staff.role == Role.CARETAKER else rows


def _threads() -> "ModelSelect[Thread]":
    last = fn.MAX(Thread.office_last_id, Thread.tenant_last_id)
    return (
        Thread.select(Thread, Tenant, Message)
        .join(Tenant)
        .join_from(Thread, Message, on=(Message.id == last), attr="last")
    )


def _attachments() -> "ModelSelect[Attachment]":
    return (
        Attachment.select(Attachment, StoredFile)
        .join(StoredFile)
        .join_from(Attachment, Message)
        .join(Thread)
        .join(Tenant)
    )


def _page(threads: "ModelSelect[Thread]", number: int, *order: object) -> ThreadPage:
    pages = max(1, ceil(threads.count() / PAGE))
    return ThreadPage(list(threads.order_by(*order).paginate(number, PAGE)), number, pages)
