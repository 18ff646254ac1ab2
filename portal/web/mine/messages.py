"""Threads and their files, loaded only for those who may read them."""

from flask import abort

from portal.domain.messages import notices, queries
from portal.domain.messages.models import Attachment, Notice, Thread
from portal.web.access import the_staff, the_tenant
from portal.web.clock import today


def my_thread_or_404(id: int) -> Thread:
    """Return a thread of the signed-in tenant."""
    return queries.thread_of(tenant=the_tenant(), id=id) or abort(404)


def my_attachment_or_404(id: int) -> Attachment:
    """Return a file of a thread of the signed-in tenant."""
    return queries.attachment_of(tenant=the_tenant(), id=id) or abort(404)


def staff_thread_or_404(id: int) -> Thread:
    """Return a thread the signed-in member of staff may read."""
    return queries.thread_for_staff(staff=the_staff(), id=id, on=today()) or abort(404)


def staff_attachment_or_404(id: int) -> Attachment:
    """Return a file of a thread the signed-in member of staff may read."""
    return queries.attachment_for_staff(staff=the_staff(), id=id, on=today()) or abort(404)


def staff_notice_or_404(id: int) -> Notice:
    """Return a notice the signed-in member of staff may read."""
    return notices.notice_for_staff(staff=the_staff(), id=id) or abort(404)
