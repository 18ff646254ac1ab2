"""The words of a réclamation: its natures with an example each, its places, its states, and who must act in each."""

from dataclasses import dataclass

NATURES = {
    "plomberie": ("Plomberie, fuite d’eau", "robinet, évier bouché, chasse d’eau"),
    "electricite": ("Électricité", "prise, interrupteur, coupure chez vous"),
    "chauffage_eau_chaude": ("Chauffage, eau chaude", "radiateur froid, plus d’eau chaude"),
    "ascenseur": ("Ascenseur", "en panne, porte qui ferme mal"),
    "serrurerie_menuiserie": ("Porte, fenêtre, volet, serrure", "ne ferme plus, volet bloqué"),
    "humidite_infiltration": ("Humidité, moisissure, infiltration", "tache au plafond, mur mouillé"),
    "nuisibles": ("Insectes, rats, souris", "blattes, punaises de lit"),
    "parties_communes_proprete": ("Propreté des parties communes", "hall, escalier, local des poubelles"),
    "eclairage_interphone_acces": ("Éclairage, interphone, badge", "lumière de l’escalier, porte d’entrée"),
    "espaces_verts": ("Espaces verts", "arbre, pelouse, aire de jeux"),
    "encombrants_dechets": ("Encombrants, déchets", "meubles laissés dehors, poubelles"),
    "stationnement": ("Stationnement", "voiture abandonnée, place occupée"),
    "nuisances_voisinage": ("Bruit, voisinage", "musique la nuit, disputes"),
    "securite_incivilites": ("Sécurité, incivilités", "dégradations, occupation du hall"),
    "facturation_loyer_charges": ("Loyer, charges", "une ligne de l’avis à expliquer"),
    "administratif": ("Papiers, situation", "attestation, changement de famille"),
    "travaux_adaptation": ("Adapter le logement", "handicap, perte d’autonomie"),
    "decence": ("Logement en mauvais état", "danger, logement qui n’est pas décent"),
    "autre": ("Autre chose", "ce qui n’est pas dans la liste"),
}

PLACES = {
    "dwelling": "Dans mon logement",
    "shared": "Dans les parties communes (hall, escalier, cave, ascenseur)",
    "outside": "Dehors (cour, parking, jardin)",
}

# « Mon » is said by the tenant: the Office writes it down.
PLACES_AT_THE_OFFICE = PLACES | {"dwelling": "Dans le logement"}


# Who deals with each nature first: the loge, unless it is a matter for a service.
SERVICE_OF = dict.fromkeys(NATURES, "loge") | {
    "chauffage_eau_chaude": "technique",
    "ascenseur": "technique",
    "humidite_infiltration": "technique",
    "travaux_adaptation": "technique",
    "decence": "technique",
    "facturation_loyer_charges": "comptabilite",
    "administratif": "gestion_locative",
}


PAYERS = {
    "a_determiner": "",
    "office": "L’Office paie cette réparation.",
    "locataire": "Cette réparation est à votre charge (entretien courant du logement).",
    "contrat_entretien": "Cette réparation est comprise dans un contrat d’entretien : elle est payée par les charges.",
    "assurance": "Cette réparation passe par les assurances : remplissez un constat si l’Office vous le demande.",
}


@dataclass(frozen=True)
class State:
    """A state as a tenant reads it: a word, its tone, and the sentence of an event that has none of its own."""

    word: str
    tone: str
    sentence: str


STATES = {
    "deposee": State("Envoyée", "info", "La réclamation est envoyée à la loge."),
    "accusee": State("Reçue", "info", "La loge a bien reçu la réclamation."),
    "en_cours": State("En cours", "info", "La réclamation est en cours de traitement."),
    "intervention_planifiee": State("Intervention prévue", "wait", "Une intervention est prévue."),
    "intervention_realisee": State("Intervention faite", "done", "L’intervention est faite."),
    "attente_locataire": State("Attend votre réponse", "alert", "L’Office attend une réponse de votre part."),
    "close": State("Terminée", "done", "La réclamation est terminée."),
    "refusee": State("Refusée", "neutral", "L’Office ne donne pas suite à la réclamation."),
    "annulee": State("Retirée", "neutral", "La réclamation est retirée."),
    "rouverte": State("Rouverte", "alert", "La réclamation est rouverte."),
}
# « Votre réponse » is said to the tenant alone: the states as the Office and a neighbour who follows read them.
STATES_AT_THE_OFFICE = STATES | {
    "attente_locataire": State("Attend le locataire", "wait", "L’Office attend une réponse du locataire."),
}
STATES_FOR_FOLLOWERS = STATES | {
    "attente_locataire": State("Attend une précision", "wait", "L’Office attend une précision."),
}
