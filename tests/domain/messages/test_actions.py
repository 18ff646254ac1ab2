"""Messages between the Office and its tenants, as the Office would tell it."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from portal.domain.errors import DomainError, NotAllowedError
from portal.domain.files.actions import CheckedFile
from portal.domain.housing.models import Building
from portal.domain.messages import actions, queries
from portal.domain.messages.actions import Words
from portal.domain.messages.models import Message, Thread
from tests.people import NOW, People

pytestmark = pytest.mark.usefixtures("database")
TODAY = date(2026, 11, 23)
LATER = NOW + timedelta(hours=1)


def words(body: str = "Bonjour", key: str = "a" * 32, **more: object) -> Words:
    return Words(body, key, **more)


def opened(people: People, **more: object) -> Thread:
    return actions.open_thread(tenant=people.aminata, subject="loyer", words=words(**more), at=NOW)


def notified(people: People, **more: object):
    asked = {"staff": people.manager, "urgent_until": None} | more
    building = Building.get(Building.code == "PEU-A")
    return actions.write_to_building(
        building=building, subject="Coupure d’eau", words=words("Demain."), on=TODAY, at=NOW, **asked
    )


def test_a_tenants_words_are_unread_by_the_office_until_someone_opens_them(people: People) -> None:
    thread = Thread.get_by_id(opened(people).id)
    assert queries.count_unread_by_office(staff=people.manager, on=TODAY) == 1
    actions.read_as_office(thread=thread)
    assert queries.count_unread_by_office(staff=people.manager, on=TODAY) == 0


def test_the_offices_answer_is_unread_by_the_tenant_until_opened_and_the_office_knows_when(people: People) -> None:
    thread = opened(people)
    actions.answer_as_office(thread=thread, staff=people.manager, words=words("Oui", "b" * 32), at=NOW)
    assert queries.mailbox_of(tenant=people.aminata, on=TODAY).unread == 1
    actions.read_as_tenant(thread=queries.thread_of(tenant=people.aminata, id=thread.id), at=LATER)
    assert queries.mailbox_of(tenant=people.aminata, on=TODAY).unread == 0
    assert Thread.get_by_id(thread.id).tenant_read_at == LATER


def test_a_message_that_arrives_while_the_thread_is_being_opened_stays_unread(people: People) -> None:
    thread = opened(people)
    actions.answer_as_office(thread=thread, staff=people.manager, words=words("Un", "b" * 32), at=NOW)
    loaded = queries.thread_of(tenant=people.aminata, id=thread.id)
    actions.answer_as_office(thread=thread, staff=people.manager, words=words("Deux", "c" * 32), at=NOW)
    actions.read_as_tenant(thread=loaded, at=LATER)
    assert queries.mailbox_of(tenant=people.aminata, on=TODAY).unread == 1


def test_the_same_form_sent_twice_opens_one_thread_and_answers_once(people: People) -> None:
    thread = opened(people)
    assert opened(people) == thread
    answers = [actions.answer_as_tenant(thread=thread, words=words("Merci", "b" * 32), at=NOW) for _ in range(2)]
    assert answers[0] == answers[1]
    assert Message.select().count() == 2


def test_a_key_that_served_a_neighbour_is_refused(people: People) -> None:
    opened(people)
    with pytest.raises(DomainError, match="déjà servi"):
        actions.open_thread(tenant=people.bruno, subject="loyer", words=words(), at=NOW)


def test_an_answer_bears_the_function_of_its_writer_and_not_the_name(people: People) -> None:
    answer = actions.answer_as_office(thread=opened(people), staff=people.manager, words=words("Oui", "b" * 32), at=NOW)
    assert answer.author == "Service gestion locative"


def test_a_notice_reaches_each_tenant_of_the_building_and_nobody_of_another(people: People) -> None:
    notified(people)
    reached = {thread.tenant for thread in Thread.select()}
    assert reached == {people.aminata, people.bruno, people.nadia}
    assert queries.mailbox_of(tenant=people.charlie, on=TODAY).unread == 0


def test_a_notice_sent_twice_is_one_notice(people: People) -> None:
    assert notified(people) == notified(people)
    assert Thread.select().count() == 3


def test_an_urgent_notice_is_a_banner_until_the_end_of_its_last_day(people: People) -> None:
    notified(people, urgent_until=TODAY)
    assert len(queries.mailbox_of(tenant=people.aminata, on=TODAY).urgent) == 1
    assert queries.mailbox_of(tenant=people.aminata, on=TODAY + timedelta(days=1)).urgent == []


def test_an_urgent_notice_cannot_end_before_it_is_sent(people: People) -> None:
    with pytest.raises(DomainError, match="déjà passé"):
        notified(people, urgent_until=TODAY - timedelta(days=1))


def test_a_caretaker_writes_to_the_buildings_of_its_lodge_only(people: People) -> None:
    notified(people, staff=people.loge)
    with pytest.raises(NotAllowedError):
        notified(people, staff=people.other_loge)


def test_a_caretaker_counts_and_opens_the_threads_of_its_lodge_only(people: People) -> None:
    thread = opened(people)
    assert queries.count_unread_by_office(staff=people.loge, on=TODAY) == 1
    assert queries.count_unread_by_office(staff=people.other_loge, on=TODAY) == 0
    assert queries.thread_for_staff(staff=people.other_loge, id=thread.id, on=TODAY) is None


def test_a_neighbour_finds_neither_the_thread_nor_its_file(people: People, tmp_path: Path) -> None:
    file = CheckedFile("a.pdf", "application/pdf", b"%PDF-1.4 %%EOF")
    thread = opened(people, files=[file], folder=tmp_path)
    attachment = queries.messages_of(thread=thread)[0].files[0]
    assert queries.attachment_of(tenant=people.aminata, id=attachment.id)
    assert queries.attachment_of(tenant=people.bruno, id=attachment.id) is None
    assert queries.thread_of(tenant=people.bruno, id=thread.id) is None
