"""A server whose disk fills up under people who write, then is freed; and one that can write nothing any more."""

import http.client
import os
import resource
import secrets
import subprocess
import urllib.error
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from bench.figures import Figure
from drills.context import Drill, some
from portal import db
from portal.domain.messages.models import Message
from tests.crash.offices import furnish
from tests.crash.server import Writer, cookie_of, end, free_port, serve

REFUSALS, MOST_FORMS = 20, 2000
DISK_KILOBYTES, LEFT_KILOBYTES = 8192, 512
WORDS = "Une longue réponse. " * 150  # 3 ko: a full disk is met within some dozens of them
UNLIMITED = resource.RLIM_INFINITY


@dataclass
class Answered:
    """What became of the forms that were sent: kept, or refused; and the refusals that did not say plainly why."""

    writer: Writer
    kept: list[str] = field(default_factory=list)
    refused: list[dict[str, str]] = field(default_factory=list)
    unclear: list[str] = field(default_factory=list)

    def write(self) -> bool:
        """Answer the Office's message with new words; say whether the server kept them."""
        return self.send({"body": WORDS, "once_key": secrets.token_hex(16)})

    def send(self, words: dict[str, str]) -> bool:
        """Send an answer; say whether the server kept it. It is clear when the page is a 503 of ours, not a fault."""
        try:
            self.writer.send(self.writer.thread, self.hidden | words)
        except urllib.error.HTTPError as refusal:
            with refusal:
                if refusal.code != http.client.SERVICE_UNAVAILABLE or b"<h1" not in refusal.read():
                    self.unclear.append(f"réponse {refusal.code}")
        except (OSError, http.client.HTTPException) as error:
            self.unclear.append(type(error).__name__)
        else:
            self.kept.append(words["once_key"])
            return True
        self.refused.append(words)
        return False

    def unread(self, times: int = 3) -> int:
        """Return how often, out of so many times, the page of the thread did not come."""
        found = 0
        for _ in range(times):
            with suppress(OSError, http.client.HTTPException):
                found += bool(self.writer.hidden(self.writer.thread))
        return times - found

    def __post_init__(self) -> None:
        self.hidden = self.writer.hidden(self.writer.thread)


def full_disk(drill: Drill) -> list[Figure]:
    """On a full disk people read why, what was acknowledged is there, and all goes on once there is room again."""
    refusals = drill.times(REFUSALS)
    with small_disk(drill.fresh("disque")) as disk, served(disk.folder) as (answered, server):
        disk.fill(server)
        for _ in range(MOST_FORMS):
            answered.write()
            if len(answered.refused) == refusals:
                break
        else:
            raise SystemExit(f"Le disque ne s’est pas rempli en {MOST_FORMS} formulaires.")
        first, unclear = len(answered.kept), list(answered.unclear)
        disk.free(server)
        still = sum(not answered.send(words) for words in list(answered.refused)) + answered.unread()
        lost = set(answered.kept) - stored(disk.folder)
    told = f"{first} acquittées, puis {refusals} refusées ; {disk.told}"
    return [
        Figure("Disque plein : réponses sans phrase claire", len(unclear), 0, some(unclear) or told, unit=""),
        Figure("Disque plein : écritures acquittées perdues", len(lost), 0, some(sorted(lost)) or told, unit=""),
        Figure("Place rendue : formulaires et pages encore refusés", still, 0, "sans redémarrage", unit=""),
    ]


def nothing_written(drill: Drill) -> list[Figure]:
    """When nothing can be written any more, what is read is read, and what is sent is refused in clear."""
    folder, tries = furnish(drill.fresh("lecture-seule")), drill.times(REFUSALS)
    with served(folder) as (answered, server):
        limit(server, 0)
        for _ in range(tries):
            answered.write()
        unread, unclear, taken = answered.unread(), list(answered.unclear), len(answered.kept) - 1
        limit(server, UNLIMITED)
        still = sum(not answered.send(words) for words in list(answered.refused))
        lost = set(answered.kept) - stored(folder)
    return [
        Figure("Base en lecture seule : pages qui ne se lisent plus", unread, 0, "trois lectures", unit=""),
        Figure("Base en lecture seule : réponses sans phrase claire", len(unclear), 0, some(unclear), unit=""),
        Figure("Base en lecture seule : acquittées ou perdues", taken + len(lost), 0, "", unit=""),
        Figure("Base rendue à l’écriture : formulaires encore refusés", still, 0, "sans redémarrage", unit=""),
    ]


@contextmanager
def served(folder: Path) -> Iterator[tuple[Answered, subprocess.Popen]]:
    """Serve an office, and give what Aminata is answered there."""
    port, cookie = free_port(), cookie_of(folder, "aminata")
    db.close()
    server = serve(folder, port)
    try:
        answered = Answered(Writer(port, cookie, 1))
        if not answered.write():
            raise SystemExit("Le formulaire est refusé avant même la panne : l’exercice n’apprendrait rien.")
        yield answered, server
    finally:
        end(server)


def stored(folder: Path) -> set[str]:
    """Return the keys of the messages that are there, once SQLite has checked the base."""
    db.use(folder / "portal.sqlite")
    with db.db.connection_context():
        if db.db.execute_sql("PRAGMA integrity_check").fetchone() != ("ok",):
            return set()
        return {message.once_key for message in Message.select()}


@dataclass(frozen=True)
class Disk:
    """A data folder that can be filled and freed: a small file system, or files that may not grow."""

    folder: Path
    mounted: bool

    @property
    def told(self) -> str:
        """What it is, in words."""
        return f"un disque de {DISK_KILOBYTES} ko" if self.mounted else "des fichiers qui ne peuvent plus grandir"

    @property
    def ballast(self) -> Path:
        """The file that takes the room."""
        return self.folder / "ballast"

    def fill(self, server: subprocess.Popen) -> None:
        """Leave little room."""
        if self.mounted:
            left = os.statvfs(self.folder)
            self.ballast.write_bytes(b"\0" * (left.f_bavail * left.f_frsize - LEFT_KILOBYTES * 1024))
        else:
            limit(server, (self.folder / "portal.sqlite-wal").stat().st_size + LEFT_KILOBYTES * 1024)

    def free(self, server: subprocess.Popen) -> None:
        """Give the room back."""
        if self.mounted:
            self.ballast.unlink()
        else:
            limit(server, UNLIMITED)


@contextmanager
def small_disk(folder: Path) -> Iterator[Disk]:
    """Give a furnished data folder on a small file system of its own where one may mount it; elsewhere, a plain one."""
    mount = ["mount", "-t", "tmpfs", "-o", f"size={DISK_KILOBYTES}k", "portal-drill", str(folder)]
    mounted = subprocess.run(mount, check=False, stderr=subprocess.DEVNULL).returncode == 0
    try:
        yield Disk(furnish(folder), mounted)
    finally:
        db.close()
        if mounted:
            subprocess.run(["umount", str(folder)], check=True)


def limit(server: subprocess.Popen, largest: int) -> None:
    """Let no process of a server write beyond so many bytes in a file; 0 lets them write nothing."""
    children = Path(f"/proc/{server.pid}/task/{server.pid}/children").read_text("ascii").split()
    for process in (server.pid, *map(int, children)):
        resource.prlimit(process, resource.RLIMIT_FSIZE, (largest, UNLIMITED))
