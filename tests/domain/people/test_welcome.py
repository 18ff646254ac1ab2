"""The first message a tenant finds says what to do when somebody else opened the access."""

import pytest

from portal.domain.messages import queries
from portal.domain.people.welcome import welcome
from tests.people import NOW

pytestmark = pytest.mark.usefixtures("database")


def test_the_welcome_waits_unread_in_the_tenants_inbox_and_in_no_other(people):
    welcome(tenant=people.nadia, at=NOW)
    [thread] = queries.inbox_of(tenant=people.nadia, page=1).threads
    assert (thread.is_unread_by_tenant, thread.began_at, thread.last_at) == (True, NOW, NOW)
    assert queries.mailbox_of(tenant=people.nadia, on=NOW.date()).unread == 1
    assert queries.mailbox_of(tenant=people.aminata, on=NOW.date()).unread == 0


def test_it_asks_no_answer_of_the_office_and_says_what_to_do_if_it_was_somebody_else(people):
    welcome(tenant=people.nadia, at=NOW)
    [message] = queries.messages_of(thread=queries.latest_threads(tenant=people.nadia)[0])
    assert (message.side, message.staff, message.author) == ("office", None, "Service gestion locative")
    assert "Si ce n’est pas vous qui avez demandé cet accès" in message.body
    assert queries.inbox_of_office(staff=people.manager, what=queries.TO_ANSWER, on=NOW.date(), page=1).threads == []


def test_each_tenant_has_a_welcome_of_their_own(people):
    for tenant in (people.nadia, people.aminata):
        welcome(tenant=tenant, at=NOW)
    assert [tenant.threads.count() for tenant in (people.nadia, people.aminata)] == [1, 1]
