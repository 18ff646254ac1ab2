"""Messages both ways, some of them unread, and notices to whole buildings, one of them urgent."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from peewee import chunked, fn

from portal.db import db
from portal.demo import letters
from portal.demo.chance import Chance
from portal.demo.households import Progress
from portal.demo.letters import OFFICE, Circular, Letter
from portal.demo.letters import Thread as Told
from portal.demo.neighbourhood import Household, by_building
from portal.demo.staff import SERVICES
from portal.domain.messages.models import Message, Notice, Thread
from portal.domain.people.models import Staff
from portal.kernel.clock import paris_day
from portal.kernel.holidays import is_day_off

WRITE_TO_THE_OFFICE = 0.14
BUILDINGS_A_NOTICE = 5
ROWS = 500
CAST_THREADS = {
    "up_to_date": letters.FOR_THE_GUEST,
    "in_arrears": letters.FOR_THE_LATE,
    "neighbour": letters.FOR_THE_NEIGHBOUR,
}


class Mailroom:
    """Puts threads and messages down with their numbers, so that who has read what is exact."""

    def __init__(self, staff: dict[str, Staff], now: datetime) -> None:
        self.staff, self.now = staff, now
        self.threads: list[dict] = []
        self.messages: list[dict] = []
        self.next_thread = (Thread.select(fn.MAX(Thread.id)).scalar() or 0) + 1
        self.next_message = (Message.select(fn.MAX(Message.id)).scalar() or 0) + 1

    def put(self, told: Told, household: Household, hour: int, notice: Notice | None = None) -> None:
        """Put one thread down. `hour` spreads the messages over the day."""
        thread = {
            "id": self.next_thread,
            "tenant": household.tenant_id,
            "subject": told.subject,
            "service": told.service,
            "notice": notice,
            "tenant_read_at": None,
            "office_last_id": 0,
            "tenant_last_id": 0,
            "tenant_read_id": 0,
            "office_read_id": 0,
            "office_settled_id": 0,
        }
        at = datetime.min.replace(tzinfo=UTC)
        for letter in told.letters:
            at = max(self._moment(letter, hour), at + timedelta(minutes=30))
            self._write(thread, household, told, letter, at)
            thread.setdefault("began_at", at)
            thread["last_at"] = at
            other = "tenant" if letter.side == OFFICE else "office"
            if letter.read:
                thread[f"{other}_read_id"] = self.next_message
                if other == "tenant":
                    thread["tenant_read_at"] = min(self.now, at + timedelta(hours=9))
            self.next_message += 1
        thread["office_settled_id"] = thread["office_read_id"]  # what this Office has read, it has dealt with
        self.threads.append(thread)
        self.next_thread += 1

    def send(self) -> None:
        """Write what was put down."""
        for rows in chunked(self.threads, ROWS):
            Thread.insert_many(rows).execute()
        for rows in chunked(self.messages, ROWS):
            Message.insert_many(rows).execute()

    def _write(self, thread: dict, household: Household, told: Told, letter: Letter, at: datetime) -> None:
        writer = self.staff[SERVICES[told.service]] if letter.side == OFFICE else None
        thread[f"{letter.side}_last_id"] = self.next_message
        self.messages.append(
            {
                "id": self.next_message,
                "thread": thread["id"],
                "written_at": at,
                "side": letter.side,
                "author": writer.function if writer else household.tenant.full_name,
                "staff": writer,
                "body": letter.words,
                "once_key": f"demo-message-{self.next_message}",
            }
        )

    def _moment(self, letter: Letter, hour: int) -> datetime:
        """Return when a letter was written; the Office does not write on a day off."""
        day = (self.now - timedelta(days=letter.age)).replace(hour=7 + hour % 10, minute=hour * 7 % 60, second=0)
        while letter.side == OFFICE and is_day_off(paris_day(day)):
            day += timedelta(days=1)
        return min(day, self.now - timedelta(minutes=90))


def write(
    chance: Chance, homes: list[Household], staff: dict[str, Staff], now: datetime, progress: Progress = lambda *_: None
) -> None:
    """Write the threads of the cast, those of some tenants, and the notices."""
    room, draws, written = Mailroom(staff, now), chance.stream("mail"), 0
    for done, home in enumerate(homes, start=1):
        progress(done, len(homes))
        hour = draws.randrange(10)
        if not home.first:
            continue
        if home.role:
            for told in CAST_THREADS.get(home.role, ()):
                room.put(told, home, hour)
        elif draws.random() < WRITE_TO_THE_OFFICE:
            room.put(letters.FOR_OTHERS[written % len(letters.FOR_OTHERS)], home, hour)
            written += 1
    neighbours = by_building(homes)
    for circular, building in _notices(list(neighbours)):
        _post(room, circular, neighbours[building], staff, now)
    with db.atomic():
        room.send()


def _notices(buildings: list[int]) -> Iterable[tuple[Circular, int]]:
    """The cast's building has an urgent notice and an ordinary one; one building in five has another."""
    yield letters.URGENT, buildings[0]
    yield letters.NOTICES[0], buildings[0]
    for building in buildings[1::BUILDINGS_A_NOTICE]:
        yield letters.NOTICES[1], building


def _post(room: Mailroom, circular: Circular, homes: list[Household], staff: dict[str, Staff], now: datetime) -> None:
    written_at = now - timedelta(days=circular.age, hours=1)
    notice = Notice.create(
        subject=circular.subject,
        body=circular.words,
        building=homes[0].building_id,
        written_by=staff[SERVICES["loge"]],
        written_at=written_at,
        urgent_until=paris_day(now) + timedelta(days=circular.days_shown) if circular.days_shown else None,
        once_key=f"demo-notice-{circular.subject}-{homes[0].building_id}",
    )
    told = Told(circular.subject, "loge", (Letter(OFFICE, circular.age, circular.words, read=circular.age > 5),))
    for home in homes:
        room.put(told, home, 1, notice)
