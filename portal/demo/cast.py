"""The people of the demonstration whom one signs in as: the same whatever the seed, so that a guide can name them."""

from dataclasses import dataclass

from portal.demo.people import Person


@dataclass(frozen=True)
class Role:
    """What one of the cast lives; the remark tells the visitor why to look at this tenant."""

    name: str
    remark: str
    people: tuple[Person, ...]
    years_before: int
    entered: tuple[int, int]
    dependants: int = 0
    benefit: bool = False
    reduction: bool = False
    in_advance: bool = False
    parking: str = ""
    habit: str = "transfer"
    arrears: str = ""
    has_access: bool = True


def _mail(name: str) -> str:
    return f"{name}@example.org"


UP_TO_DATE = Role(
    name="up_to_date",
    remark="À jour de ses loyers ; un message non lu, des quittances, des réclamations en cours, un OS et un BT",
    people=(Person("Mme", "Keïta", "Aminata", "", "06 39 98 01 01", _mail("aminata.keita")),),
    years_before=10,
    entered=(6, 15),
    dependants=1,
    benefit=True,
    reduction=True,
    parking="Parking n° 118",
    habit="at_once",
)
NEIGHBOUR = Role(
    name="neighbour",
    remark="Voisin de palier : ne doit rien voir du dossier de Mme Keïta",
    people=(Person("M.", "de Almeida", "João", "", "06 39 98 01 02", _mail("joao.de-almeida")),),
    years_before=7,
    entered=(3, 1),
    dependants=2,
    habit="direct_debit",
)
IN_ARREARS = Role(
    name="in_arrears",
    remark="En retard de loyer : paiements partiels et un prélèvement rejeté",
    people=(Person("Mme", "Lefèvre", "Sylvie", "", "06 39 98 01 03", _mail("sylvie.lefevre")),),
    years_before=4,
    entered=(9, 1),
    habit="direct_debit",
    arrears="pays_a_part",
)
NO_ACCESS = Role(
    name="no_access",
    remark="N’a pas encore d’accès : à essayer sur « Demander un code d’accès »",
    people=(
        Person("M.", "Nguyễn", "Văn Hùng", "", "06 39 98 01 04", ""),
        Person("Mme", "Phạm", "Thị Hoa", "Nguyễn", "06 39 98 01 05", ""),
    ),
    years_before=6,
    entered=(11, 2),
    dependants=2,
    benefit=True,
    habit="cheque",
    has_access=False,
)
IN_CREDIT = Role(
    name="in_credit",
    remark="Loyer à échoir, payé d’avance : le solde est en sa faveur",
    people=(
        Person("M.", "N’Diaye", "Ousmane", "", "06 39 98 01 06", _mail("ousmane.ndiaye")),
        Person("Mme", "Le Goff", "Anne-Sophie", "N’Diaye", "06 39 98 01 07", _mail("anne-sophie.le-goff")),
    ),
    years_before=2,
    entered=(2, 1),
    dependants=1,
    in_advance=True,
    habit="rounds_up",
)

CAST = {8: UP_TO_DATE, 9: NEIGHBOUR, 4: IN_ARREARS, 5: NO_ACCESS, 2: IN_CREDIT}
SMALLEST_OFFICE = 12
