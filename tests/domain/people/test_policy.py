"""Who of the Office may do what with an access, and whose name a typed name is."""

import pytest

from portal.domain.people import policy
from portal.domain.people.models import Role, Staff, Tenant

MAY = {
    policy.may_give_access: {Role.ADMINISTRATOR, Role.MANAGER, Role.CARETAKER},
    policy.may_close_lodges: {Role.ADMINISTRATOR, Role.MANAGER},
    policy.may_read_requests: {Role.ADMINISTRATOR, Role.MANAGER},
    policy.may_print_letters: {Role.ADMINISTRATOR, Role.MANAGER},
    policy.may_manage_staff: {Role.ADMINISTRATOR},
}
DOUBLE = {"family_name": "de Almeida-Şahin", "used_name": "N’Diaye", "first_name": "Nadia Ève"}


@pytest.mark.parametrize("rule", MAY, ids=lambda rule: rule.__name__)
def test_each_right_is_of_these_roles_and_of_no_other(rule):
    assert {role for role in Role.ALL if rule(Staff(role=role))} == MAY[rule]


def names(typed: str, **holder: str) -> bool:
    return policy.names_one_of(typed, [Tenant(**(holder or DOUBLE))])


@pytest.mark.parametrize(
    "typed",
    [
        "de Almeida-Şahin",
        "DE ALMEIDA SAHIN",
        "dealmeidasahin",
        "ndiaye",
        "N'Diaye",
        "de Almeida-Şahin N’Diaye",
        "N’Diaye de Almeida-Şahin",
        "Nadia Ève de Almeida-Şahin",
        "de Almeida-Şahin Nadia Ève",
        "nadia eve NDIAYE",
        "N’Diaye Nadia-Ève",
        "Nadia Ève N’Diaye de Almeida-Şahin",
        *(f"{title} N’Diaye" for title in ("Mme", "M.", "mr", "Mlle", "MADAME", "Monsieur", "Mademoiselle")),
        "Mme Nadia Ève N’Diaye",
    ],
)
def test_a_name_is_recognised_however_it_is_written(typed):
    assert names(typed)


@pytest.mark.parametrize(
    "typed",
    ["", " ", "-", "Mme", "Nadia Ève", "Almeida", "Şahin", "de Almeida-Şahina", "Mme Mme N’Diaye", "Docteur N’Diaye"],
)
def test_part_of_a_name_or_the_first_name_alone_is_nobodys(typed):
    assert not names(typed)


def test_a_tenant_without_a_used_name_or_a_first_name_is_named_by_the_family_name_alone():
    assert names("Keïta", family_name="Keïta")
    assert not names("", family_name="Keïta")


def test_any_holder_of_the_lease_may_be_named():
    holders = [Tenant(family_name="Keïta"), Tenant(family_name="Le Goff")]
    assert policy.names_one_of("Le Goff", holders)
    assert not policy.names_one_of("Le Goff", holders[:1])
    assert not policy.names_one_of("Le Goff", [])


def test_a_tenant_whose_name_is_a_title_is_still_found():
    assert names("M", family_name="M")
