"""The Office's files, column by column, in the order they are taken in: what is referred to comes first."""

from portal.domain.imports.cells import (
    KeyReader,
    Reader,
    amount,
    charged,
    code,
    day,
    digits,
    hundredths,
    mail,
    month,
    one_of,
    optional,
    phone,
    positive,
    text,
    whole,
)
from portal.domain.imports.staging import Column, Known, Layout
from portal.domain.rents.models import METHODS
from portal.domain.works.models import SERVICE_ORDER_STATES, WORK_ORDER_STATES

SINGLE_NATURES = (
    *("loyer", "annexe", "sls", "troisieme_ligne", "rls", "apl", "remise", "regularisation_charges"),
    *("regularisation_eau", "rappel_apl", "depot_garantie", "echeance_plan", "assurance", "reparations"),
)
CHARGES = (
    *("chauffage", "eau_chaude", "eau_froide", "ascenseur", "electricite", "entretien", "gardiennage"),
    *("espaces_verts", "teom", "vmc", "autre"),
)
NATURES = {nature: nature for nature in (*SINGLE_NATURES, *(f"charges:{kind}" for kind in CHARGES))}
TERM_MODES = {"echu": "in_arrears", "echoir": "in_advance"}
DWELLING_TYPES = {f"T{rooms}": f"T{rooms}" for rooms in range(1, 8)}
CLASSES = {letter: letter for letter in "ABCDEFG"}
UPDATED = ("loges", "residences", "batiments", "logements", "locataires", "baux", "lignes", "entreprises", "ordres")
POSTED = ("termes", "reglements", "rejets")


def layouts(known: Known, dwelling_digits: int, tenant_digits: int) -> dict[str, Layout]:
    """Return the layout of each file, in the order of the taking in."""
    dwelling, tenant = digits(dwelling_digits), digits(tenant_digits)
    lease = known.reader("baux", code)
    found = [
        *_stock(known, dwelling),
        *_people(known, dwelling, tenant),
        *_accounts(lease),
        *_works(known, dwelling),
    ]
    return {each.table: each for each in found}


def _stock(known: Known, dwelling: KeyReader) -> list[Layout]:
    return [
        Layout(
            "loges",
            ("code",),
            (
                Column("code", code, "code"),
                Column("nom", text(), "name"),
                Column("adresse", optional(text()), "address", needed=False, absent=""),
                Column("telephone", optional(phone), "phone", needed=False, absent=""),
                Column("courriel", optional(mail), "email", needed=False, absent=""),
                Column("horaires", optional(text(500)), "hours", needed=False, absent=""),
            ),
            into="lodge",
        ),
        Layout(
            "residences",
            ("code",),
            (
                Column("code", code, "code"),
                Column("nom", text(), "name"),
                Column("loge", known.reader("loges", code), "lodge_id"),
            ),
            into="residence",
        ),
        Layout(
            "batiments",
            ("code",),
            (
                Column("code", code, "code"),
                Column("residence", known.reader("residences", code), "residence_id"),
                Column("nom", text(), "name"),
                Column("adresse", text(), "address"),
                Column("code_postal", digits(5), "postcode"),
                Column("commune", text(), "city"),
            ),
            into="building",
        ),
        Layout(
            "logements",
            ("reference",),
            (
                Column("reference", dwelling, "reference"),
                Column("batiment", known.reader("batiments", code), "building_id"),
                Column("escalier", optional(text(20)), "stair", needed=False, absent=""),
                Column("etage", optional(text(20)), "floor", needed=False, absent=""),
                Column("porte", optional(text(20)), "door", needed=False, absent=""),
                Column("type", optional(one_of(DWELLING_TYPES)), "kind", needed=False, absent=""),
                Column("surface_m2", optional(hundredths(1, 1000)), "area_centi_m2", needed=False),
                Column("annee", optional(whole(1500, 2200)), "built_in", needed=False),
                Column("dpe", optional(one_of(CLASSES)), "energy_class", needed=False, absent=""),
                Column("ges", optional(one_of(CLASSES)), "climate_class", needed=False, absent=""),
                Column("loyer_maximum", optional(positive), "maximum_rent_cents", needed=False),
            ),
            into="dwelling",
        ),
    ]


def _people(known: Known, dwelling: KeyReader, tenant: KeyReader) -> list[Layout]:
    return [
        Layout(
            "locataires",
            ("numero",),
            (
                Column("numero", tenant, "number"),
                Column("civilite", optional(text(20)), "title", needed=False, absent=""),
                Column("nom", text(), "family_name"),
                Column("nom_usage", optional(text()), "used_name", needed=False, absent=""),
                Column("prenom", optional(text()), "first_name", needed=False, absent=""),
                Column("telephone", optional(phone), "phone", needed=False, absent=""),
                Column("courriel", optional(mail), "email", needed=False, absent=""),
            ),
            into="tenant",
        ),
        Layout(
            "baux",
            ("numero",),
            (
                Column("numero", code, "number"),
                Column("logement", known.reader("logements", dwelling), "dwelling_id"),
                Column("debut", day, "starts_on"),
                Column("fin", optional(day), "ends_on", needed=False),
                Column("titulaires", _holders(known, tenant)),
                Column("terme", one_of(TERM_MODES), "term_mode"),
                Column("jour_exigibilite", whole(1, 31), "due_day"),
            ),
            into="lease",
        ),
    ]


def _accounts(lease: Reader) -> list[Layout]:
    return [
        Layout(
            "lignes",
            ("bail", "nature", "libelle", "debut"),
            (
                Column("bail", lease, "lease_id"),
                Column("nature", one_of(NATURES), "nature"),
                Column("libelle", text(), "label"),
                Column("debut", day, "starts_on"),
                Column("fin", optional(day), "ends_on", needed=False),
                Column("montant", amount, "amount_cents"),
            ),
            into="rent_line",
        ),
        Layout(
            "termes",
            ("bail", "mois", "nature", "libelle"),
            (
                Column("bail", lease),
                Column("mois", month),
                Column("nature", one_of(NATURES)),
                Column("libelle", text()),
                Column("montant", amount),
                Column("date_emission", day),
                Column("date_exigibilite", day),
            ),
        ),
        Layout(
            "reglements",
            ("reference",),
            (
                Column("reference", code),
                Column("bail", lease),
                Column("date", day),
                Column("mode", one_of({method: method for method in METHODS})),
                Column("montant", positive),
                Column("terme", optional(month), needed=False),
            ),
        ),
        Layout(
            "rejets",
            ("reference",),
            (
                Column("reference", code),
                Column("reglement", code),
                Column("date", day),
                Column("motif", optional(text()), needed=False),
            ),
        ),
    ]


def _works(known: Known, dwelling: KeyReader) -> list[Layout]:
    return [
        Layout(
            "entreprises",
            ("code",),
            (
                Column("code", code, "code"),
                Column("nom", text(), "name"),
                Column("siret", optional(digits(14)), "siret", needed=False, absent=""),
                Column("telephone", optional(phone), "phone", needed=False, absent=""),
                Column("corps_etat", optional(text()), "trade", needed=False, absent=""),
            ),
            into="contractor",
        ),
        Layout(
            "ordres",
            ("numero",),
            (
                Column("numero", code, "number"),
                Column("sorte", one_of({"OS": "OS", "BT": "BT"}), "kind"),
                Column("date", day, "issued_on"),
                Column("logement", optional(known.reader("logements", dwelling)), "dwelling_id", False, None, True),
                Column("batiment", optional(known.reader("batiments", code)), "building_id", False, None, True),
                Column("entreprise", known.reader("entreprises", code), "contractor_id"),
                Column("corps_etat", text(), "trade"),
                Column("objet", text(1000), "subject"),
                Column("date_prevue", optional(day), "planned_on", needed=False),
                Column("creneau", optional(text(60)), "slot", needed=False, absent=""),
                Column("delai_jours", optional(whole(0, 3650)), "execution_days", needed=False),
                Column(
                    "etat", one_of({state: state for state in (*SERVICE_ORDER_STATES, *WORK_ORDER_STATES)}), "state"
                ),
                Column("date_fin", optional(day), "done_on", needed=False),
                Column("a_la_charge_du_locataire", optional(charged), "tenant_share_cents", needed=False),
            ),
            into="works_order",
        ),
    ]


def _holders(known: Known, tenant: KeyReader) -> Reader:
    """Tenant numbers joined by « + », returned as a JSON list of ids in the order of the file."""
    reference = known.reader("locataires", tenant)

    def read(cell: str) -> str:
        ids = [reference(part) for part in cell.split("+")]
        if len(set(ids)) < len(ids):
            raise ValueError("des numéros de locataires différents, joints par « + »")
        return f"[{','.join(map(str, ids))}]"

    return read
