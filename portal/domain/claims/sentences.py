"""How each move is told, in one sentence that both sides read; it is written with the event and never changes."""

from datetime import datetime

from portal.domain.works.models import Visit
from portal.kernel.french import limit, slot

TO_SERVICES = {
    "loge": "à la loge",
    "gestion_locative": "au service gestion locative",
    "technique": "au service technique",
    "comptabilite": "au service comptabilité",
}
CHANNELS = {
    "portal": "La réclamation est envoyée {to}.",
    "phone": "La réclamation, dite au téléphone, est enregistrée et transmise {to}.",
    "counter": "La réclamation, dite au guichet, est enregistrée et transmise {to}.",
    "letter": "La réclamation, reçue par courrier, est enregistrée et transmise {to}.",
}
TOLD = {
    "add_words": "Des précisions sont ajoutées.",
    "withdraw": "La réclamation est retirée.",
    "say_repaired": "C’est réparé : la réclamation est terminée.",
    "say_not_repaired": "Ce n’est pas réparé : la réclamation est rouverte.",
    "acknowledge": "La réclamation est bien reçue. Elle sera traitée au plus tard le {limit}.",
    "assign": "La réclamation est confiée {to}.",
    "answer": "Une réponse est donnée.",
    "note": "Note interne.",
    "ask_tenant": "Une précision est demandée au locataire ; le délai s’arrête en attendant.",
    "plan": "Une intervention est commandée : {order}.",
    "unplan": "Le passage prévu est annulé.",
    "no_access": "L’entreprise est venue, mais elle n’a pas pu entrer.",
    "follow_on": "Une partie est faite. Il reste à faire : {remains}",
    "mark_done": "L’intervention est faite. Le locataire a 30 jours pour dire si c’est réparé.",
    "close": "La réclamation est terminée.",
    "close_after_silence": "30 jours sont passés sans nouvelle du locataire : la réclamation est terminée.",
    "refuse": "L’Office ne donne pas suite à la réclamation.",
    "merge": "Le même problème était déjà suivi : la réclamation est réunie à celle-ci, qui continue.",
    "reopen": "L’Office rouvre la réclamation.",
    "visit_proposed": "Un passage est proposé : {slot}.",
    "visit_agreed": "Le passage est convenu : {slot}.",
    "visit_other_time": "Un autre moment est proposé par le locataire : {slot}.",
    "visit_moved": "Un autre moment est proposé par l’Office : {slot}.",
    "visit_kept": "Le passage a eu lieu : {slot}.",
    "visit_missed": "Personne n’est venu : {slot}.",
}


def told(verb: str, **facts: object) -> str:
    """Return the sentence of a move; `facts` are what it names."""
    return TOLD[verb].format(**facts)


def filed(channel: str, service: str) -> str:
    """Return the sentence of a filing."""
    return CHANNELS[channel].format(to=TO_SERVICES[service])


def of_slot(visit: Visit) -> str:
    """« mardi 2 juillet 2026, entre 8 h et 10 h »."""
    return slot(visit.day, visit.starts, visit.ends)


def of_limit(at: datetime) -> str:
    """« mardi 2 juillet 2026 »."""
    return limit(at)


def of_hours(visit: Visit) -> str:
    """« entre 8 h et 10 h »."""
    return of_slot(visit).split(", ", 1)[1]
