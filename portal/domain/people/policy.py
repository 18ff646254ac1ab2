"""Who may do what with an access, and when a typed name is the tenant's."""

from portal.domain.people.models import Role, Staff, Tenant
from portal.kernel.references import comparable_name

TITLES = ("mme", "m", "mr", "mlle", "madame", "monsieur", "mademoiselle")
GIVES_ACCESS = (Role.ADMINISTRATOR, Role.MANAGER, Role.CARETAKER)
CLOSES_LODGES = (Role.ADMINISTRATOR, Role.MANAGER)
READS_REQUESTS = (Role.ADMINISTRATOR, Role.MANAGER)
PRINTS_LETTERS = (Role.ADMINISTRATOR, Role.MANAGER)


def may_give_access(staff: Staff) -> bool:
    """Administrators, managers and caretakers give an access; whom they may give it to is a matter of what they see."""
    return staff.role in GIVES_ACCESS


def may_close_lodges(staff: Staff) -> bool:
    """Which lodge is closed, and who stands in, is for administrators and managers to say."""
    return staff.role in CLOSES_LODGES


def may_read_requests(staff: Staff) -> bool:
    """Requests hold what people typed: administrators and managers read them."""
    return staff.role in READS_REQUESTS


def may_print_letters(staff: Staff) -> bool:
    """Letters may hold passwords: administrators and managers print them."""
    return staff.role in PRINTS_LETTERS


def may_manage_staff(staff: Staff) -> bool:
    """Only an administrator gives a colleague a new password, closes or reopens an access."""
    return staff.role == Role.ADMINISTRATOR


def names_one_of(typed: str, holders: list[Tenant]) -> bool:
    """Say whether a typed name is that of one of the holders of a lease.

    Lenient on purpose, for it is the numbers that are compared exactly: no case, accents, hyphens, apostrophes or
    spaces; family or used name, alone, double, or with the first name in either order; a title before it is ignored.
    """
    words = typed.split()
    forms = {comparable_name(typed)}
    if words and comparable_name(words[0]) in TITLES:
        forms.add(comparable_name(" ".join(words[1:])))
    return any(forms & _forms_of(holder) for holder in holders)


def _forms_of(holder: Tenant) -> set[str]:
    family, used, first = (comparable_name(each) for each in (holder.family_name, holder.used_name, holder.first_name))
    names = {name for name in (family, used, family + used, used + family) if name}
    return {form for name in names for form in (name, name + first, first + name)}
