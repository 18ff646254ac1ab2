"""Papers that say the most a paper can say: four holders, sixty letters a name, fourteen lines, a long address."""

from dataclasses import replace
from datetime import date

from portal.domain.papers.codes import code_of
from portal.domain.papers.content import Content, Group, Issuer, Older, Portion, Recipient, Settlement
from portal.domain.papers.keys import Key
from portal.domain.papers.models import NOTICE, RECEIPT, SLIP, Paper
from portal.domain.papers.words import euros_in_words
from portal.kernel.periods import Month
from tests.people import NOW

KEY = Key(1, b"a key for tests")
JUNE = Month(2026, 6)
NAMES = (
    "Mme Aminata-Fatoumata KEÏTA-DIARRASSOUBA DE LA ROCHEFOUCAULD",
    "M. Jean-Christophe DE ALMEIDA-ŞAHIN-WOJCIECHOWSKA",
    "Mme Thị Hồng NGUYỄN-PHẠM",
    "M. Kévin N’DIAYE",
)
CHARGES = (
    ("Chauffage collectif", 4520),
    ("Eau chaude", 1810),
    ("Eau froide", 2840),
    ("Entretien, gardiennage", 3390),
    ("Ascenseur", 980),
    ("Espaces verts", 620),
    ("Ordures ménagères (TEOM)", 1300),
    ("Électricité des parties communes", 595),
)
# The worked example of domain.md: total of the month 366,01 €, net 386,01 €.
RENT = Group("Loyers", "Sous-total loyers", (("Loyer principal", 40755), ("Loyer annexe parking P-118", 4500)))
PROVISIONS = Group("Provisions pour charges", "Sous-total charges", CHARGES)
RLS, APL = ("Réduction de loyer de solidarité (RLS)", -4909), ("APL versée à l’Office (CAF)", -19800)
RECIPIENT = Recipient(
    ("Mme Aminata KEÏTA",),
    ("0001",),
    ("Bâtiment B, esc. 2, étage 4, porte 132", "4 rue Paul Cézanne", "93600 Aulnay-sous-Bois"),
    "002345678901",
    "B-0001",
    "T3, 65 m²",
)
LONG = replace(
    RECIPIENT,
    names=NAMES,
    numbers=("0001", "0002", "0003", "0004"),
    address=(
        "Résidence des Peupliers d’Italie, bâtiment B, esc. 2, étage 12, porte 1232",
        "114 bis avenue du Maréchal-de-Lattre-de-Tassigny",
        "93600 Aulnay-sous-Bois",
    ),
)
ISSUER = Issuer(
    "Office public de l’habitat d’Aulnay-sous-Bois",
    "72 rue Camille Pelletan",
    "93600",
    "Aulnay-sous-Bois",
    "0148790000",
    "27930001200015",
)


def _content(kind: str, cents: int, **says: object) -> Content:
    letter = {RECEIPT: "Q", NOTICE: "A", SLIP: "R"}[kind]
    common = {"issued_on": date(2026, 7, 3), "issuer": ISSUER, "recipient": RECIPIENT, "month": JUNE}
    common |= {"starts_on": JUNE.first_day, "ends_on": JUNE.last_day}
    return Content(
        kind=kind,
        number=f"{letter}-2026-000123",
        verify_url="https://locataires.oph.example/verification",
        amount_cents=cents,
        in_words=euros_in_words(cents),
        **(common | says),
    )


EXAMPLE = {
    NOTICE: _content(
        NOTICE,
        38601,
        groups=(RENT, PROVISIONS, Group("Déductions", "Sous-total déductions", (RLS, APL))),
        total_cents=36601,
        previous_cents=2000,
        due_on=date(2026, 7, 10),
        called_on=date(2026, 6, 26),
        maximum_rent_cents=41280,
    ),
    RECEIPT: _content(
        RECEIPT,
        56401,
        groups=(RENT, PROVISIONS, Group("Déductions", "Sous-total déductions", (RLS,))),
        total_cents=56401,
        benefit_cents=19800,
        tenant_cents=36601,
        is_conditional=True,
        older=Older(2000, 1),
        settlements=(
            Settlement(date(2026, 7, 2), "APL versée par la CAF", 19800, 1),
            Settlement(date(2026, 7, 3), "chèque", 36601, 2),
        ),
        maximum_rent_cents=41280,
    ),
    SLIP: _content(
        SLIP,
        20000,
        month=None,
        starts_on=None,
        ends_on=None,
        settlements=(Settlement(date(2026, 7, 3), "espèces", 20000, 3),),
        portions=(Portion(Month(2026, 5), 2000, 0), Portion(JUNE, 18000, 18601)),
    ),
}
_MORE = tuple((f"{label}, immeuble et parties communes de la résidence", cents) for label, cents in CHARGES[:6])
LONGEST = {
    NOTICE: replace(
        EXAMPLE[NOTICE],
        recipient=LONG,
        groups=(
            replace(RENT, lines=RENT.lines * 2),
            replace(PROVISIONS, lines=CHARGES + _MORE),
            Group(
                "Autres sommes",
                "Sous-total autres sommes",
                (("Régularisation des charges de 2025", 1234), ("Assurance pour compte", 890)),
            ),
            EXAMPLE[NOTICE].groups[2],
        ),
    ),
    RECEIPT: replace(
        EXAMPLE[RECEIPT],
        recipient=LONG,
        groups=(
            replace(RENT, lines=RENT.lines * 2),
            replace(PROVISIONS, lines=CHARGES + _MORE),
            Group(
                "Autres sommes",
                "Sous-total autres sommes",
                (("Régularisation des charges de 2025", 1234), ("Assurance pour compte", 890)),
            ),
            EXAMPLE[RECEIPT].groups[2],
        ),
        settlements=EXAMPLE[RECEIPT].settlements * 3,
    ),
    SLIP: replace(
        EXAMPLE[SLIP],
        recipient=LONG,
        portions=tuple(Portion(Month(2025, 1).plus(number), 1000, 100) for number in range(14)),
    ),
}


def paper_saying(content: Content, **withdrawal: object) -> Paper:
    """Return a paper that says so much, as it would be kept."""
    snapshot = content.dumped()
    return Paper(
        kind=content.kind,
        number=content.number,
        month=content.month,
        snapshot=snapshot,
        issued_on=content.issued_on,
        issued_at=NOW,
        code=code_of(snapshot, key=KEY),
        key=1,
        **withdrawal,
    )
