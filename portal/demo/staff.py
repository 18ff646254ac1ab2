"""The Office's people: one for each role, and a caretaker for each lodge."""

from portal.domain.housing.models import Lodge
from portal.domain.people.models import Role, Staff

SERVICES = {
    "gestion_locative": Role.MANAGER,
    "comptabilite": Role.ACCOUNTANT,
    "technique": Role.TECHNICAL,
    "loge": Role.CARETAKER,
}
PEOPLE = (
    ("Claire Fontaine", Role.ADMINISTRATOR, "Direction"),
    ("Samira Haddad", Role.MANAGER, "Service gestion locative"),
    ("Thomas Le Roux", Role.ACCOUNTANT, "Service comptabilité"),
    ("Nadège Célestin", Role.TECHNICAL, "Service technique"),
)
CARETAKERS = ("Manuel Tavares", "Fatou Sow", "Gérard Petit", "Dragana Jovanović", "Kévin Payet", "Rose-Aimée Lubin")


def hire() -> dict[str, Staff]:
    """Write the staff and return one member for each role; the caretaker is that of the first lodge."""
    hired = {
        role: Staff.create(name=name, role=role, function=function, email=f"{role}@example.org")
        for name, role, function in PEOPLE
    }
    for rank, lodge in enumerate(Lodge.select().order_by(Lodge.code)):
        name = CARETAKERS[rank % len(CARETAKERS)]
        caretaker = Staff.create(name=name, role=Role.CARETAKER, function="Votre loge", email=lodge.email, lodge=lodge)
        hired.setdefault(Role.CARETAKER, caretaker)
    return hired
