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


@dataclass(frozen=True)
class State:
    """A state as a tenant reads it: a word, its tone, the sentence of the timeline, whose turn it is and what to do."""

    word: str
    tone: str
    sentence: str
    turn: str
    turn_tone: str
    advice: str


WAITING = "Vous n’avez rien à faire pour le moment. Vous pouvez ajouter des précisions plus bas."

STATES = {
    "deposee": State(
        "Envoyée", "info", "La réclamation est envoyée à la loge.", "C’est au tour de votre loge", "wait", WAITING
    ),
    "accusee": State(
        "Reçue", "info", "La loge a bien reçu la réclamation.", "C’est au tour de votre loge", "wait", WAITING
    ),
    "en_cours": State(
        "En cours", "info", "La réclamation est en cours de traitement.", "C’est au tour de l’Office", "wait", WAITING
    ),
    "intervention_planifiee": State(
        "Intervention prévue",
        "wait",
        "Une intervention est prévue.",
        "C’est au tour de l’entreprise",
        "wait",
        "Si la date ne vous convient pas, prévenez votre loge ou écrivez-le plus bas.",
    ),
    "intervention_realisee": State(
        "Intervention faite",
        "done",
        "L’intervention est faite.",
        "C’est à vous de nous dire si tout va bien",
        "info",
        "Si ce n’est pas réparé, écrivez-le plus bas : votre loge le lira.",
    ),
    "attente_locataire": State(
        "Attend votre réponse",
        "alert",
        "L’Office attend une réponse de votre part.",
        "C’est à vous de répondre",
        "info",
        "Répondez plus bas, ou appelez votre loge.",
    ),
    "close": State(
        "Terminée",
        "done",
        "La réclamation est terminée.",
        "Personne : c’est terminé",
        "done",
        "Si le problème revient, envoyez une nouvelle réclamation.",
    ),
    "refusee": State(
        "Refusée",
        "neutral",
        "L’Office ne donne pas suite à la réclamation.",
        "Personne : l’Office n’a pas donné suite",
        "done",
        "La raison est écrite plus bas. Si vous n’êtes pas d’accord, écrivez-nous un message.",
    ),
    "annulee": State(
        "Annulée",
        "neutral",
        "La réclamation est annulée.",
        "Personne : la réclamation est annulée",
        "done",
        "Si le problème revient, envoyez une nouvelle réclamation.",
    ),
    "rouverte": State(
        "Rouverte", "alert", "La réclamation est rouverte.", "C’est au tour de l’Office", "wait", WAITING
    ),
}
