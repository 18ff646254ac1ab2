"""What people do with messages: open a thread, answer, write to a building, read."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from portal.db import db
from portal.domain.errors import DomainError, NotAllowedError
from portal.domain.files.actions import CheckedFile, on_disk
from portal.domain.files.models import StoredFile
from portal.domain.housing.models import Building
from portal.domain.messages import policy, queries
from portal.domain.messages.models import Attachment, Message, Notice, Thread
from portal.domain.news import actions as news
from portal.domain.people.models import Staff, Tenant

OFFICE, TENANT = "office", "tenant"
SENT_ELSEWHERE = "Cette page a déjà servi. Rechargez-la, puis recommencez."


@dataclass(frozen=True)
class Words:
    """What is sent: a text, its files (kept in `folder`), and the one-time key of the form it came from."""

    body: str
    once_key: str
    files: Sequence[CheckedFile] = ()
    folder: Path = Path()


def open_thread(*, tenant: Tenant, subject: str, words: Words, at: datetime) -> Thread:
    """Open a thread from a tenant's words; `subject` is a key of policy.SUBJECTS. The same key twice opens one."""
    title, service = policy.subject_of(subject)
    with on_disk(words.files, folder=words.folder, at=at) as files, db.atomic():
        if sent := queries.message_of_key(once_key=words.once_key):
            return _same_tenant(sent, tenant).thread
        thread = _new_thread(tenant, title, at, service=service)
        _add(thread, words, files, at, side=TENANT, author=tenant.full_name)
        return thread


def answer_as_tenant(*, thread: Thread, words: Words, at: datetime) -> Message:
    """Add a tenant's words to a thread. The same key twice adds them once."""
    with on_disk(words.files, folder=words.folder, at=at) as files, db.atomic():
        if sent := queries.message_of_key(once_key=words.once_key):
            return _same_thread(sent, thread)
        return _add(thread, words, files, at, side=TENANT, author=thread.tenant.full_name)


def answer_as_office(*, thread: Thread, staff: Staff, words: Words, at: datetime) -> Message:
    """Add the Office's words to a thread, in the name of the writer's function. The same key twice adds them once."""
    with on_disk(words.files, folder=words.folder, at=at) as files, db.atomic():
        if sent := queries.message_of_key(once_key=words.once_key):
            return _same_thread(sent, thread)
        return _add(thread, words, files, at, side=OFFICE, author=staff.function, staff=staff)


def write_to_tenant(
    *, tenant: Tenant, author: str, subject: str, words: Words, at: datetime, staff: Staff | None = None
) -> Thread:
    """Open a thread from the Office to a tenant, for a function; `staff` is none when the portal writes itself."""
    with on_disk(words.files, folder=words.folder, at=at) as files, db.atomic():
        if sent := queries.message_of_key(once_key=words.once_key):
            return _same_tenant(sent, tenant).thread
        thread = _new_thread(tenant, subject, at)
        _add(thread, words, files, at, side=OFFICE, author=author, staff=staff)
        return thread


def write_to_building(
    *, building: Building, staff: Staff, subject: str, words: Words, urgent_until: date | None, on: date, at: datetime
) -> Notice:
    """Write to every tenant with a lease running in a building on the day `on`: one notice, one thread each.

    `urgent_until` makes it a banner until the end of that day. The same key twice writes once. Raises NotAllowedError
    for a building the writer may not write to, DomainError when nobody lives there or the end day is passed.
    """
    if not policy.may_write_to_building(staff, lodge_id=building.residence.lodge_id):
        raise NotAllowedError
    if urgent_until and urgent_until < on:
        raise DomainError("Le dernier jour de l’alerte est déjà passé.")
    with on_disk(words.files, folder=words.folder, at=at) as files, db.atomic():
        if sent := Notice.get_or_none(Notice.once_key == words.once_key):
            return sent
        tenants = queries.tenants_in(building=building, on=on)
        if not tenants:
            raise DomainError("Personne n’habite ce bâtiment aujourd’hui.")
        notice = Notice.create(
            subject=subject,
            body=words.body,
            building=building,
            written_by=staff,
            written_at=at,
            urgent_until=urgent_until,
            once_key=words.once_key,
        )
        for tenant in tenants:
            thread = _new_thread(tenant, subject, at, notice=notice)
            own = Words(words.body, f"{words.once_key}-{tenant.id}")
            _add(thread, own, files, at, side=OFFICE, author=staff.function, staff=staff)
        return notice


def read_as_tenant(*, thread: Thread, at: datetime) -> None:
    """Note that the tenant has read what the Office had written when the thread was loaded, and when."""
    Thread.update(tenant_read_id=thread.office_last_id, tenant_read_at=at).where(
        Thread.id == thread.id, Thread.tenant_read_id < thread.office_last_id
    ).execute()


def read_as_office(*, thread: Thread) -> None:
    """Note that the Office has read what the tenant had written when the thread was loaded."""
    Thread.update(office_read_id=thread.tenant_last_id).where(
        Thread.id == thread.id, Thread.office_read_id < thread.tenant_last_id
    ).execute()


def settle(*, thread: Thread) -> None:
    """Mark what the tenant had written when the thread was loaded as read and asking for no answer."""
    last = thread.tenant_last_id
    Thread.update(office_settled_id=last, office_read_id=last).where(
        Thread.id == thread.id, Thread.office_settled_id < last
    ).execute()


def _new_thread(tenant: Tenant, subject: str, at: datetime, **more: object) -> Thread:
    return Thread.create(tenant=tenant, subject=subject, began_at=at, last_at=at, **more)


def _add(
    thread: Thread,
    words: Words,
    files: Iterable[StoredFile],
    at: datetime,
    *,
    side: str,
    author: str,
    staff: Staff | None = None,
) -> Message:
    message = Message.create(
        thread=thread, written_at=at, side=side, author=author, staff=staff, body=words.body, once_key=words.once_key
    )
    for file in files:
        if file.id is None:  # the messages of a notice share the files of the first
            file.save(force_insert=True)
        Attachment.create(message=message, file=file)
    last = {Thread.office_last_id: message.id} if side == OFFICE else {Thread.tenant_last_id: message.id}
    Thread.update({Thread.last_at: at, **last}).where(Thread.id == thread.id).execute()
    if side == OFFICE:
        key = f"message:{message.id}"
        news.tell(kind="message_received", tenant=thread.tenant, key=key, about_id=message.id, at=at)
    return message


def _same_tenant(sent: Message, tenant: Tenant) -> Message:
    if sent.thread.tenant_id != tenant.id:
        raise DomainError(SENT_ELSEWHERE)
    return sent


def _same_thread(sent: Message, thread: Thread) -> Message:
    if sent.thread_id != thread.id:
        raise DomainError(SENT_ELSEWHERE)
    return sent
