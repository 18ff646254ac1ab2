"""The notices of the Office: to which building, who has read them, who has answered."""

from dataclasses import dataclass
from math import ceil

from peewee import JOIN, ModelSelect, fn

from portal.domain.housing.models import Building, Residence
from portal.domain.messages.models import Notice, Thread
from portal.domain.messages.queries import PAGE
from portal.domain.people.models import Role, Staff, Tenant

has_read = Thread.tenant_read_id > 0
has_answered = Thread.tenant_last_id > 0


@dataclass(frozen=True)
class NoticePage:
    """One page of notices, each with `reached`, `read` and `answered` (how many tenants)."""

    notices: list[Notice]
    number: int
    pages: int


def notices_of(*, staff: Staff, page: int) -> NoticePage:
    """Return a page of the notices a member of staff may read, the latest first, with their building."""
    notices = _within_reach(staff)
    pages = max(1, ceil(notices.count() / PAGE))
    counted = (
        notices.select_extend(
            fn.COUNT(Thread.id).alias("reached"),
            fn.COALESCE(fn.SUM(has_read), 0).alias("read"),
            fn.COALESCE(fn.SUM(has_answered), 0).alias("answered"),
        )
        .join_from(Notice, Thread, JOIN.LEFT_OUTER)
        .group_by(Notice.id)
        .order_by(Notice.written_at.desc(), Notice.id.desc())
        .paginate(page, PAGE)
    )
    return NoticePage(list(counted), page, pages)


def notice_for_staff(*, staff: Staff, id: int) -> Notice | None:
    """Return a notice a member of staff may read, with its building and who wrote it."""
    return _within_reach(staff).select_extend(Staff).join_from(Notice, Staff).where(Notice.id == id).first()


def threads_of(*, notice: Notice) -> list[Thread]:
    """Return the threads of a notice with their tenants: who answered, then who read, then the others, by number."""
    return list(
        Thread.select(Thread, Tenant)
        .join(Tenant)
        .where(Thread.notice == notice)
        .order_by(has_answered.desc(), has_read.desc(), Tenant.number, Thread.id)
    )


def _within_reach(staff: Staff) -> "ModelSelect[Notice]":
    """A caretaker reads the notices to the buildings of its lodge; the others read all."""
    notices = (
        Notice.select(Notice, Building, Residence).join(Building, JOIN.LEFT_OUTER).join(Residence, JOIN.LEFT_OUTER)
    )
    return notices.where(Residence.lodge == staff.lodge_id) if staff.role == Role.CARETAKER else notices
