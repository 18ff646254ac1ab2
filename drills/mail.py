"""An hour with a mail server that refuses, hangs up, says nothing or is away; then it is back."""

import logging
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from random import Random
from unittest.mock import patch

from bench.figures import Figure
from drills.cast import Cast
from drills.context import Drill, some
from portal import db, jobs
from portal.config import MailSettings
from portal.domain.messages import outbox
from portal.domain.messages.models import OutboxMail
from tests.mail_server import Box, mail_server

MAILS = 200
SWEEPS_OF_AN_HOUR, SWEEPS_ONCE_BACK = 12, 12
AWAY, MUTE = "absent", "muet"
TROUBLES = (AWAY, MUTE, "hang up", "451 4.7.1 try again later", "421 4.3.2 closing", "452 4.2.2 full")
PATIENCE_SECONDS = 0.2
ACCENTED = "élodie@exemple.fr"


def relay(drill: Drill) -> list[Figure]:
    """All the mails leave once the server is back, none twice; and one that it can never take is one mail's fault."""
    cast, mails = Cast.in_folder(drill.fresh("courriels")), drill.times(MAILS)
    logging.getLogger("portal.jobs").setLevel(logging.CRITICAL)
    to = [f"locataire{rank}@exemple.fr" for rank in range(mails)]
    with db.db.connection_context():
        left, accepted = an_hour_of_trouble(cast, to, drill.chance())
        held, _ = an_hour_of_trouble(cast, [ACCENTED, *to], drill.chance(), smtputf8=False)
    twice = [message_id for message_id in set(accepted) if accepted.count(message_id) > 1]
    behind = f"{mails} courriels ; le serveur : {', '.join(TROUBLES)}"
    others = [address for address in held if address != ACCENTED]
    return [
        Figure("Courriels jamais partis après une heure de panne", len(left), 0, some(left) or behind, unit=""),
        Figure("Courriels acceptés deux fois par le serveur", len(twice), 0, f"{len(accepted)} acceptés", unit=""),
        Figure(
            "Courriels retenus par l’adresse accentuée d’un autre", len(others), 0, "serveur sans SMTPUTF8", unit=""
        ),
    ]


def an_hour_of_trouble(
    cast: Cast, recipients: list[str], chance: Random, *, smtputf8: bool = True
) -> tuple[list[str], list[str]]:
    """Write to people through a server in trouble, then back; return who was never written to, and what it accepted."""
    OutboxMail.delete().execute()
    for address in recipients:
        mail = outbox.Mail("Un message de l’Office vous attend", "Bonjour.", "<p>Bonjour.</p>")
        outbox.queue(recipient=address, mail=mail, at=cast.app.clock.now())
    with mail_server(smtputf8=smtputf8) as box, patch.object(jobs, "PATIENCE_SECONDS", PATIENCE_SECONDS):
        for _ in range(SWEEPS_OF_AN_HOUR):
            with in_trouble(box, chance) as settings:
                sweep(cast, settings)
        box.answers.clear()
        for _ in range(SWEEPS_ONCE_BACK):
            sweep(cast, box.settings)
        accepted = list(box.accepted)
    left = OutboxMail.select().where(OutboxMail.message_id.not_in(accepted)).order_by(OutboxMail.id)
    return [mail.recipient for mail in left], accepted


def sweep(cast: Cast, settings: MailSettings) -> None:
    """Empty the outbox as the worker does, then wait for the next time."""
    jobs.empty_outbox(settings=settings, sender_name="OPH", clock=cast.app.clock)
    cast.app.clock.at += outbox.PAUSE


@contextmanager
def in_trouble(box: Box, chance: Random) -> Iterator[MailSettings]:
    """Give the way to a server in one kind of trouble, which may have taken a few mails before."""
    trouble = chance.choice(TROUBLES)
    if trouble == AWAY:
        yield MailSettings(host="127.0.0.1", port=1, sender=box.settings.sender)
    elif trouble == MUTE:
        with socket.create_server(("127.0.0.1", 0)) as silent:
            yield MailSettings(host="127.0.0.1", port=silent.getsockname()[1], sender=box.settings.sender)
    else:
        box.answers[:] = [*["250 OK"] * chance.randrange(5), *[trouble] * 60]
        yield box.settings
