"""What one may write about, how long, and who answers."""

from portal.domain.people.models import Role, Staff

LONGEST_BODY = 5000
LONGEST_SUBJECT = 120
MOST_FILES = 5

# What a tenant may open a thread about: the key of the form, the subject as written, the service that answers.
SUBJECTS = (
    ("loyer", "Mon loyer, mes charges, mon compte", "comptabilite"),
    ("paiement", "Un paiement, un prélèvement", "comptabilite"),
    ("difficulte", "J’ai du mal à payer", "gestion_locative"),
    ("bail", "Mon bail, les personnes qui vivent avec moi", "gestion_locative"),
    ("attestation", "Un document ou une attestation", "gestion_locative"),
    ("demenagement", "Déménager, changer de logement", "gestion_locative"),
    ("travaux", "Des travaux, un rendez-vous", "technique"),
    ("voisinage", "La vie dans l’immeuble", "loge"),
    ("autre", "Une autre question", "gestion_locative"),
)
SERVICES = {
    "gestion_locative": "Service gestion locative",
    "comptabilite": "Service comptabilité",
    "technique": "Service technique",
    "loge": "Votre loge",
}


def subjects() -> list[tuple[str, str]]:
    """Return the key and the words of each subject, as the list shows them."""
    return [(key, words) for key, words, _ in SUBJECTS]


def subject_of(key: str) -> tuple[str, str]:
    """Return the words and the service of a subject. Raises KeyError for one that is not in the list."""
    words = {each: (subject, service) for each, subject, service in SUBJECTS}
    return words[key]


def may_write_to_building(staff: Staff, *, lodge_id: int) -> bool:
    """A caretaker writes to the buildings of its lodge; the other services write to any."""
    return staff.role != Role.CARETAKER or staff.lodge_id == lodge_id
