"""What the Office and the tenants write to each other."""

from dataclasses import dataclass

OFFICE, TENANT = "office", "tenant"


@dataclass(frozen=True)
class Letter:
    """One message: who wrote it, how many days ago, and whether the other side has read it."""

    side: str
    age: int
    words: str
    read: bool = True


@dataclass(frozen=True)
class Thread:
    """A subject, the service that follows it, and the messages in order."""

    subject: str
    service: str
    letters: tuple[Letter, ...]


@dataclass(frozen=True)
class Circular:
    """A notice to everyone in one building; `days_shown` gives an urgent one its end."""

    subject: str
    words: str
    age: int
    days_shown: int = 0


FOR_THE_GUEST = (
    Thread(
        "Votre attestation d’assurance arrive à échéance",
        "gestion_locative",
        (
            Letter(
                OFFICE,
                1,
                "Bonjour,\n\nL’attestation d’assurance que nous avons prend fin le mois prochain. Merci de nous envoyer la "
                "nouvelle : une photo lisible suffit.\n\nLe service gestion locative",
                read=False,
            ),
        ),
    ),
    Thread(
        "Badge du parking",
        "loge",
        (
            Letter(TENANT, 40, "Bonjour, mon badge de parking ne marche plus depuis hier. Que dois-je faire ? Merci."),
            Letter(
                OFFICE, 39, "Bonjour Madame,\nPassez à la loge avec le badge, nous le réinitialisons en deux minutes."
            ),
            Letter(TENANT, 38, "C’est fait, merci beaucoup !"),
        ),
    ),
    Thread(
        "Régularisation de vos charges",
        "comptabilite",
        (
            Letter(
                OFFICE,
                160,
                "Bonjour,\n\nVotre régularisation de charges figure sur un avis d’échéance. Le décompte par nature de charge "
                "peut être consulté pendant six mois.\n\nLe service comptabilité",
            ),
        ),
    ),
)

FOR_THE_LATE = (
    Thread(
        "Votre loyer : parlons-en",
        "comptabilite",
        (
            Letter(
                OFFICE,
                18,
                "Bonjour Madame,\n\nUne partie de vos derniers loyers n’est pas réglée. Nous pouvons vous proposer un plan "
                "d’apurement. Appelez-nous ou répondez ici.\n\nLe service comptabilité",
            ),
            Letter(
                TENANT,
                16,
                "Bonjour, j’ai été en arrêt deux mois. Je reprends le travail lundi. Peut-on étaler sur un an ?",
                read=False,
            ),
        ),
    ),
)

FOR_THE_NEIGHBOUR = (
    Thread(
        "Place de parking",
        "gestion_locative",
        (
            Letter(TENANT, 14, "Bonjour, y a-t-il une place de parking libre dans la résidence ? Merci."),
            Letter(OFFICE, 12, "Bonjour Monsieur,\nPas pour le moment. Nous vous inscrivons sur la liste d’attente."),
        ),
    ),
)

FOR_OTHERS = (
    Thread(
        "Changement de numéro de téléphone",
        "gestion_locative",
        (Letter(TENANT, 9, "Bonjour, j’ai changé de numéro de téléphone. Pouvez-vous le corriger ?", read=False),),
    ),
    Thread(
        "Attestation de loyer pour la CAF",
        "gestion_locative",
        (
            Letter(TENANT, 25, "Bonjour, la CAF me demande une attestation de loyer. Comment l’obtenir ?"),
            Letter(
                OFFICE,
                23,
                "Bonjour,\nNous la transmettons directement à la CAF chaque été ; pour cette fois, elle est partie ce matin.",
            ),
        ),
    ),
    Thread(
        "Bruit la nuit dans le hall",
        "loge",
        (
            Letter(
                TENANT,
                4,
                "Bonsoir, des jeunes restent dans le hall jusqu’à deux heures du matin. Pouvez-vous faire quelque chose ?",
                read=False,
            ),
        ),
    ),
    Thread(
        "Merci pour l’intervention",
        "technique",
        (Letter(TENANT, 12, "Le plombier est venu à l’heure et tout est propre. Merci."),),
    ),
    Thread(
        "Enquête sur l’occupation du parc social",
        "gestion_locative",
        (
            Letter(
                OFFICE,
                30,
                "Bonjour,\n\nL’enquête obligatoire sur l’occupation du parc social commence. Merci de remplir le questionnaire "
                "reçu par la poste.\n\nLe service gestion locative",
                read=False,
            ),
        ),
    ),
    Thread(
        "Demande de logement plus grand",
        "gestion_locative",
        (
            Letter(
                TENANT,
                75,
                "Nous attendons un deuxième enfant et nous vivons à trois dans un T2. Comment demander un T3 ?",
            ),
            Letter(
                OFFICE,
                71,
                "Bonjour,\nFélicitations. Déposez une demande de mutation, avec le livret de famille, au siège ou par courrier.",
            ),
            Letter(TENANT, 70, "Merci, je passe au siège cette semaine."),
        ),
    ),
)

NOTICES = (
    Circular(
        "Coupure d’eau froide",
        "Bonjour,\n\nPour remplacer une vanne, l’eau froide sera coupée de 9 h à 11 h 30 dans votre bâtiment. "
        "Pensez à remplir une carafe et à fermer vos robinets.\n\nVotre loge",
        12,
    ),
    Circular(
        "Passage des encombrants",
        "Bonjour,\n\nLes encombrants peuvent être descendus la veille au soir, devant le local des poubelles, "
        "sans gêner le passage.\n\nVotre loge",
        33,
    ),
)
URGENT = Circular(
    "Ascenseur à l’arrêt",
    "L’ascenseur est à l’arrêt pour votre sécurité. Le réparateur vient aujourd’hui. Si vous ne pouvez pas "
    "descendre, appelez la loge : nous montons vos courses.",
    0,
    2,
)
