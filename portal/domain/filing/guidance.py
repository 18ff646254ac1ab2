"""What a tenant is told before filing: where each nature may be met, and who repairs what.

Who repairs what: law of 6 July 1989, art. 6, 7 c and 7 d; décret 87-712 (réparations locatives). The sentences say what
is usual; the Office decides for each réclamation.
"""

from dataclasses import dataclass

from portal.domain.claims.natures import NATURES

DWELLING, SHARED, OUTSIDE = "dwelling", "shared", "outside"


@dataclass(frozen=True)
class Guidance:
    """A nature in the guide: its pictogram, where it may be, the two sentences said before filing.

    `everywhere` says that the sentences hold in the shared parts too; `also` is one more thing to know;
    `visit` is false for what nobody comes to the dwelling for.
    """

    icon: str
    places: tuple[str, ...]
    yours: str
    ours: str
    also: str = ""
    everywhere: bool = False
    visit: bool = True


@dataclass(frozen=True)
class Place:
    """A place in the guide: its word, an example, its pictogram."""

    word: str
    like: str
    icon: str


PLACES = {
    DWELLING: Place("Dans mon logement", "cuisine, salle de bains, chambre, balcon", "home"),
    SHARED: Place("Dans les parties communes", "hall, escalier, ascenseur, cave, local des poubelles", "stairs"),
    OUTSIDE: Place("Dehors", "cour, parking, jardin, aire de jeux", "tree"),
}

SHARED_PARTS = (
    "Vous n’avez rien à réparer ni à payer ici : c’est à l’Office de le faire.",
    "Une partie de l’entretien courant est comptée dans les charges de l’immeuble.",
)

GUIDANCE = {
    "plomberie": Guidance(
        "droplet",
        (DWELLING, SHARED, OUTSIDE),
        "À vous : les joints, le flexible de la douche, les petites pièces de la chasse d’eau, l’évier bouché.",
        "À l’Office : les fuites dans les murs et les colonnes, et ce qui est usé par le temps.",
        "L’eau a abîmé des choses ? Prévenez aussi votre assurance, avec un constat de dégât des eaux.",
    ),
    "electricite": Guidance(
        "bolt",
        (DWELLING, SHARED, OUTSIDE),
        "À vous : les ampoules, les fusibles, une prise ou un interrupteur cassé.",
        "À l’Office : le tableau, les fils, ce qui est usé, une panne qui ne vient pas de vos appareils.",
        "Une prise chauffe ou fait des étincelles ? Coupez le courant au tableau et appelez votre loge.",
    ),
    "chauffage_eau_chaude": Guidance(
        "temperature",
        (DWELLING,),
        "À vous : l’entretien courant, comme purger un radiateur ou régler un robinet.",
        "À l’Office : le chauffage de l’immeuble, la chaudière et les radiateurs en panne ou usés.",
    ),
    "ascenseur": Guidance(
        "elevator",
        (SHARED,),
        "Vous n’avez rien à réparer : l’Office prévient l’entreprise de l’ascenseur.",
        "Quelqu’un est bloqué dedans ? Appelez tout de suite le numéro écrit dans la cabine.",
        everywhere=True,
    ),
    "serrurerie_menuiserie": Guidance(
        "door",
        (DWELLING, SHARED),
        "À vous : les clés perdues, une vitre cassée, les poignées, les gonds, un peu de graisse.",
        "À l’Office : les portes, fenêtres, volets et serrures usés par le temps ou mal posés.",
    ),
    "humidite_infiltration": Guidance(
        "wall",
        (DWELLING, SHARED),
        "À vous : aérer chaque jour, ne pas boucher les grilles, nettoyer les petites taches.",
        "À l’Office : chercher d’où vient l’eau, et réparer le toit, la façade, les tuyaux ou la ventilation.",
        "L’eau vient de chez un voisin ? Prévenez aussi votre assurance, avec un constat de dégât des eaux.",
    ),
    "nuisibles": Guidance(
        "bug",
        (DWELLING, SHARED, OUTSIDE),
        "À vous : prévenir dès les premiers insectes, et préparer le logement avant le traitement.",
        "À l’Office : faire traiter l’immeuble quand plusieurs logements sont touchés.",
    ),
    "parties_communes_proprete": Guidance("building", (SHARED, OUTSIDE), *SHARED_PARTS),
    "eclairage_interphone_acces": Guidance(
        "bulb",
        (DWELLING, SHARED, OUTSIDE),
        "À vous : l’ampoule de votre logement, un badge perdu.",
        "À l’Office : l’interphone, la lumière de l’immeuble, la porte d’entrée et son badge usé.",
    ),
    "espaces_verts": Guidance("tree", (OUTSIDE,), *SHARED_PARTS),
    "encombrants_dechets": Guidance(
        "trash",
        (SHARED, OUTSIDE),
        "À vous : déposer vos meubles le jour du ramassage de la ville, ou à la déchèterie.",
        "À l’Office : faire enlever ce qui est abandonné ; le prix peut être demandé à celui qui l’a laissé.",
        everywhere=True,
    ),
    "stationnement": Guidance(
        "car",
        (OUTSIDE,),
        "À vous : écrire où est la voiture, sa couleur, et depuis quand elle est là.",
        "À l’Office : prévenir le propriétaire ou faire enlever la voiture, ce qui prend du temps.",
        everywhere=True,
    ),
    "nuisances_voisinage": Guidance(
        "volume",
        (DWELLING, SHARED, OUTSIDE),
        "À vous : en parler d’abord à la personne, si vous le pouvez, et noter les jours et les heures.",
        "À l’Office : écrire au locataire qui gêne, puis le recevoir si cela continue.",
        "Du bruit la nuit, une menace ? Appelez la police, au 17.",
        everywhere=True,
        visit=False,
    ),
    "securite_incivilites": Guidance(
        "shield-check",
        (SHARED, OUTSIDE),
        "À vous : si vous êtes en danger ou si vous voyez un délit, appeler la police, au 17.",
        "À l’Office : réparer ce qui est abîmé et prévenir la police ; votre nom n’est pas donné.",
        everywhere=True,
    ),
    "facturation_loyer_charges": Guidance(
        "file-invoice",
        (DWELLING,),
        "À vous : nous dire quel mois et quelle ligne de l’avis vous étonnent.",
        "À l’Office : vous expliquer chaque ligne, et corriger s’il y a une erreur.",
        visit=False,
    ),
    "administratif": Guidance(
        "file-text",
        (DWELLING,),
        "À vous : préparer le justificatif (assurance, naissance, mariage, départ).",
        "À l’Office : mettre votre dossier à jour et vous donner les attestations, gratuitement.",
        visit=False,
    ),
    "travaux_adaptation": Guidance(
        "heart-handshake",
        (DWELLING,),
        "À vous : nous dire ce qui est difficile chez vous, sans parler de votre santé.",
        "À l’Office : étudier avec vous les travaux possibles.",
        "Vous voulez faire les travaux à vos frais ? La loi demande une lettre recommandée : sans réponse de l’Office "
        "dans les deux mois, vous avez son accord. Cette page ne remplace pas la lettre.",
    ),
    "decence": Guidance(
        "alert-triangle",
        (DWELLING,),
        "À l’Office : vous louer un logement décent, sans danger pour vous.",
        "Sans réponse de l’Office dans les deux mois, vous pouvez demander de l’aide à la commission de conciliation.",
    ),
    "autre": Guidance(
        "help-circle",
        (DWELLING, SHARED, OUTSIDE),
        "À vous : le petit entretien de tous les jours.",
        "À l’Office : ce qui est usé, ce qui est cassé sans que ce soit votre faute, et tout ce qui est commun.",
    ),
}


def natures_at(place: str) -> dict[str, tuple[str, str]]:
    """Return the natures one may meet at a place, in the order of the list: code → word and example."""
    return {code: words for code, words in NATURES.items() if place in GUIDANCE[code].places}


def advice(place: str, nature: str) -> tuple[str, ...]:
    """Return the two sentences (at times a third) that say who repairs what; the shared parts are the Office's."""
    said = GUIDANCE[nature]
    if place != DWELLING and not said.everywhere:
        return SHARED_PARTS
    return tuple(sentence for sentence in (said.yours, said.ours, said.also) if sentence)


def needs_visit(place: str, nature: str) -> bool:
    """Say whether somebody may have to come into the dwelling."""
    return place == DWELLING and GUIDANCE[nature].visit
