"""What tenants complain of and what became of it: believable stories, told by the verbs of both sides."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Step:
    """One thing that happened, `day` days after the filing: a verb (grievances.py), its words, and what it needs."""

    day: float
    verb: str
    words: str = ""
    more: dict = field(default_factory=dict)


@dataclass(frozen=True)
class Story:
    """One claim; `age` is how many days ago it was filed, `followers` how many neighbours follow it."""

    nature: str
    place: str
    words: str
    age: int
    steps: tuple[Step, ...] = ()
    followers: int = 0
    channel: str = "portal"


ACKNOWLEDGED = Step(0, "acknowledge", "Votre réclamation est bien arrivée à la loge.")
PLUMBER, HEATING, ELECTRICIAN = {"trade": "Plomberie"}, {"trade": "Chauffage"}, {"trade": "Électricité"}
PESTS, LOCKS, LIFTS = {"trade": "Lutte contre les nuisibles"}, {"trade": "Serrurerie"}, {"trade": "Ascenseur"}

STORIES = (
    Story(
        "plomberie",
        "dwelling",
        "L’eau coule sous l’évier de la cuisine, j’ai mis une bassine. Cela goutte surtout le soir.",
        6,
        (
            ACKNOWLEDGED,
            Step(0.2, "note", "Vu à 11 h : siphon fendu, rien de grave. Code de la porte : demander à la loge."),
            Step(
                1,
                "assign",
                "Le gardien est passé voir : le siphon est fendu. Le service technique commande l’intervention.",
                {"service": "technique"},
            ),
            Step(
                2,
                "book",
                "L’entreprise Plomberie Varin passera remplacer le siphon.",
                PLUMBER | {"job": "Fuite sous l’évier : remplacer le siphon"},
            ),
            Step(2.3, "agree"),
        ),
    ),
    Story(
        "chauffage_eau_chaude",
        "dwelling",
        "Le radiateur de la petite chambre reste froid alors que les autres chauffent.",
        12,
        (
            ACKNOWLEDGED,
            Step(
                0.5,
                "order",
                "Le chauffagiste est prévenu.",
                HEATING | {"job": "Radiateur froid : purger, contrôler la vanne"},
            ),
            Step(0.6, "agree"),
            Step(5, "report", "Radiateur purgé et vanne changée. Dites-nous si tout va bien."),
        ),
    ),
    Story(
        "eclairage_interphone_acces",
        "shared",
        "L’interphone ne sonne plus chez nous depuis une semaine.",
        2,
        followers=2,
    ),
    Story(
        "ascenseur",
        "shared",
        "L’ascenseur s’arrête entre deux étages, une voisine est restée coincée dix minutes.",
        1,
        (ACKNOWLEDGED,),
        followers=3,
    ),
    Story(
        "humidite_infiltration",
        "dwelling",
        "Une tache noire grandit au plafond de la salle de bains, la peinture s’écaille.",
        12,
        (
            ACKNOWLEDGED,
            Step(
                2,
                "assign",
                "Le service technique cherche d’où vient l’eau. Un technicien visitera aussi l’étage au-dessus.",
                {"service": "technique"},
            ),
            Step(2.1, "note", "Appeler l’assurance du logement du dessus avant toute visite."),
        ),
    ),
    Story(
        "serrurerie_menuiserie",
        "dwelling",
        "La fenêtre du séjour ne ferme plus, on sent l’air passer.",
        20,
        (
            ACKNOWLEDGED,
            Step(3, "ask_tenant", "Nous avons appelé deux fois sans réponse. Quand pouvons-nous passer ?"),
        ),
    ),
    Story(
        "electricite",
        "dwelling",
        "Une prise du couloir fait des étincelles quand on branche l’aspirateur.",
        95,
        (
            ACKNOWLEDGED,
            Step(
                0.2,
                "order",
                "Un électricien passe. N’utilisez plus cette prise.",
                ELECTRICIAN | {"job": "Prise du couloir à remplacer"},
            ),
            Step(0.3, "agree"),
            Step(5, "report", "Prise remplacée, circuit vérifié."),
            Step(9, "say_repaired"),
            Step(9, "rate", "Rapide et propre, merci.", {"stars": 5}),
        ),
    ),
    Story(
        "parties_communes_proprete",
        "shared",
        "Le local des poubelles n’a pas été nettoyé depuis le début du mois.",
        60,
        (
            ACKNOWLEDGED,
            Step(1, "assign", "L’entreprise de nettoyage est rappelée à son contrat.", {"service": "loge"}),
            Step(4, "mark_done", "Le local a été lavé et désinfecté."),
            Step(35, "silence"),
        ),
        followers=1,
    ),
    Story(
        "nuisibles",
        "dwelling",
        "Des blattes dans la cuisine, surtout la nuit, malgré les pièges.",
        30,
        (
            ACKNOWLEDGED,
            Step(
                2,
                "order",
                "L’entreprise Netto’Hygiène traitera votre cuisine et les gaines.",
                PESTS | {"job": "Passage contre les blattes"},
            ),
            Step(2.2, "agree"),
            Step(9, "report", "Premier passage fait, pièges posés."),
            Step(
                23,
                "say_not_repaired",
                "Les blattes sont revenues au bout d’une semaine, il faudrait un second passage.",
            ),
        ),
    ),
    Story(
        "travaux_adaptation",
        "dwelling",
        "Je voudrais une douche à la place de la baignoire, je n’arrive plus à l’enjamber.",
        33,
        (
            ACKNOWLEDGED,
            Step(
                6,
                "assign",
                "La conseillère sociale vous appellera pour préparer le dossier. N’envoyez pas de papier médical.",
                {"service": "technique"},
            ),
        ),
    ),
    Story(
        "stationnement",
        "outside",
        "Une voiture sans roues occupe une place de l’allée depuis des semaines.",
        70,
        (
            ACKNOWLEDGED,
            Step(
                9,
                "refuse",
                "La voie appartient à la ville : nous avons transmis à la police municipale, qui peut la faire enlever.",
            ),
        ),
    ),
    Story(
        "nuisances_voisinage",
        "dwelling",
        "Musique très forte chez le voisin du dessus après 23 h, plusieurs soirs par semaine.",
        28,
        (Step(3, "withdraw", "J’ai pu parler avec mon voisin, c’est réglé."),),
    ),
    Story(
        "facturation_loyer_charges",
        "dwelling",
        "Je ne comprends pas la régularisation de charges de mon avis d’échéance.",
        15,
        (
            ACKNOWLEDGED,
            Step(
                4,
                "assign",
                "Le service comptabilité prépare le détail par nature de charge.",
                {"service": "comptabilite"},
            ),
        ),
    ),
    Story(
        "espaces_verts",
        "outside",
        "Une grosse branche est tombée près des jeux des enfants.",
        110,
        (
            ACKNOWLEDGED,
            Step(0.1, "mark_done", "La zone est balisée et la branche enlevée le jour même."),
            Step(10, "close", "Les autres arbres ont été contrôlés. Merci de nous avoir prévenus."),
            Step(11, "rate", "", {"stars": 4}),
        ),
    ),
    Story(
        "plomberie",
        "dwelling",
        "Plus d’eau chaude à la douche, le mitigeur est dur à tourner.",
        9,
        (
            ACKNOWLEDGED,
            Step(
                1,
                "order",
                "Un plombier passera changer le mitigeur.",
                PLUMBER | {"job": "Mitigeur de douche à remplacer"},
            ),
            Step(1.2, "agree"),
            Step(5, "nobody_came", "J’ai attendu toute la matinée, personne n’a sonné."),
        ),
    ),
    Story(
        "serrurerie_menuiserie",
        "dwelling",
        "La porte d’entrée force, il faut s’y reprendre à trois fois pour fermer à clé.",
        3,
        (
            ACKNOWLEDGED,
            Step(1, "order", "", LOCKS | {"job": "Serrure de la porte palière à régler"}),
        ),
    ),
    Story(
        "electricite",
        "dwelling",
        "La lumière de la salle de bains clignote.",
        4,
        (
            ACKNOWLEDGED,
            Step(1, "order", "", ELECTRICIAN | {"job": "Éclairage de la salle de bains"}),
            Step(1.3, "other_time", "Je travaille le matin."),
        ),
        channel="phone",
    ),
    Story(
        "plomberie",
        "dwelling",
        "La chasse d’eau coule sans arrêt.",
        45,
        (
            ACKNOWLEDGED,
            Step(1, "order", "", PLUMBER | {"job": "Mécanisme de chasse d’eau à remplacer"}),
            Step(1.1, "agree"),
            Step(8, "report", "Mécanisme remplacé."),
            Step(10, "say_not_repaired", "Elle coule de nouveau."),
            Step(
                11,
                "order",
                "Le plombier revient avec une autre pièce.",
                PLUMBER | {"job": "Chasse d’eau : second passage"},
            ),
            Step(11.1, "agree"),
            Step(18, "report", "Robinet d’arrêt et joint changés aussi."),
            Step(19, "say_repaired"),
            Step(19, "rate", "Il a fallu deux passages, mais c’est réparé.", {"stars": 3}),
        ),
    ),
    Story(
        "decence",
        "dwelling",
        "Le tableau électrique est à nu dans l’entrée et il y a de l’humidité partout.",
        52,
        (
            ACKNOWLEDGED,
            Step(
                5, "assign", "Le service technique prépare une visite complète du logement.", {"service": "technique"}
            ),
        ),
        channel="counter",
    ),
)
