"""A true mail server on this machine, which misbehaves on demand."""

import email
import email.policy
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage

from aiosmtpd.controller import Controller

from portal.config import MailSettings


class Box:
    """Keeps the mails it takes; `answers` are those it gives to the next ones, « hang up » after having it all.

    `accepted` are the Message-IDs of those it said it would deliver.
    """

    def __init__(self, port: int) -> None:
        self.taken: list[EmailMessage] = []
        self.answers: list[str] = []
        self.accepted: list[str] = []
        self.settings = MailSettings(host="127.0.0.1", port=port, sender="oph@x.example")

    async def handle_DATA(self, server, _session, envelope) -> str:  # noqa: N802 (aiosmtpd's name)
        """Take a mail, or do what the next answer says."""
        self.taken.append(email.message_from_bytes(envelope.content, policy=email.policy.default))
        answer = self.answers.pop(0) if self.answers else "250 OK"
        if answer == "hang up":
            server.transport.abort()
        elif answer.startswith("250"):
            self.accepted.append(self.taken[-1]["Message-ID"])
        return answer

    async def handle_RCPT(self, _server, _session, envelope, address, _options) -> str:  # noqa: N802 (aiosmtpd's name)
        """Refuse the address that does not exist."""
        if address.startswith("inconnu"):
            return "550 no such user"
        envelope.rcpt_tos.append(address)
        return "250 OK"


@contextmanager
def mail_server(*, smtputf8: bool = True) -> Iterator[Box]:
    """Run a mail server on a free port, and give what it takes; some take no address with an accent."""
    with socket.socket() as finder:
        finder.bind(("127.0.0.1", 0))
        port = finder.getsockname()[1]
    box = Box(port)
    controller = Controller(box, hostname="127.0.0.1", port=port, enable_SMTPUTF8=smtputf8)
    controller.start()
    try:
        yield box
    finally:
        controller.stop()
