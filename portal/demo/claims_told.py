"""What tenants complain of and what became of it: one believable story for each state a claim can be in."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Step:
    """One thing that happened: how many days after the filing, the state it led to, the words shown to the tenant."""

    day: int
    state: str
    words: str = ""


@dataclass(frozen=True)
class Story:
    """One claim; `age` is how many days ago it was filed."""

    nature: str
    place: str
    words: str
    age: int
    steps: tuple[Step, ...] = ()


ACKNOWLEDGED = Step(0, "accusee", "Votre réclamation est bien arrivée à la loge.")

STORIES = (
    Story("plomberie", "dwelling", "L’eau coule sous l’évier de la cuisine, j’ai mis une bassine. Cela goutte surtout le soir.", 6, (
        ACKNOWLEDGED,
        Step(1, "en_cours", "Le gardien est passé voir : le siphon est fendu. Le service technique commande l’intervention."),
        Step(2, "intervention_planifiee", "L’entreprise Plomberie Varin passera remplacer le siphon."),
    )),
    Story("chauffage_eau_chaude", "dwelling", "Le radiateur de la petite chambre reste froid alors que les autres chauffent.", 34, (
        ACKNOWLEDGED,
        Step(1, "en_cours", "Le chauffagiste est prévenu."),
        Step(3, "intervention_planifiee", "Rendez-vous pris avec vous par téléphone."),
        Step(5, "intervention_realisee", "Radiateur purgé et vanne changée. Dites-nous si tout va bien."),
    )),
    Story("eclairage_interphone_acces", "shared", "L’interphone ne sonne plus chez nous depuis une semaine.", 2),
    Story("ascenseur", "shared", "L’ascenseur s’arrête entre deux étages, une voisine est restée coincée dix minutes.", 1, (
        ACKNOWLEDGED,
    )),
    Story("humidite_infiltration", "dwelling", "Une tache noire grandit au plafond de la salle de bains, la peinture s’écaille.", 12, (
        ACKNOWLEDGED,
        Step(2, "en_cours", "Le service technique cherche d’où vient l’eau. Un technicien visitera aussi l’étage au-dessus."),
    )),
    Story("serrurerie_menuiserie", "dwelling", "La fenêtre du séjour ne ferme plus, on sent l’air passer.", 20, (
        ACKNOWLEDGED,
        Step(3, "attente_locataire", "Nous avons appelé deux fois sans réponse. Dites-nous quand nous pouvons passer."),
    )),
    Story("electricite", "dwelling", "Une prise du couloir fait des étincelles quand on branche l’aspirateur.", 95, (
        ACKNOWLEDGED,
        Step(1, "intervention_planifiee", "Un électricien passe demain matin. N’utilisez plus cette prise."),
        Step(2, "intervention_realisee", "Prise remplacée, circuit vérifié."),
        Step(12, "close", "Vous nous avez dit que tout est réparé. Nous fermons ce dossier."),
    )),
    Story("parties_communes_proprete", "shared", "Le local des poubelles n’a pas été nettoyé depuis le début du mois.", 60, (
        ACKNOWLEDGED,
        Step(1, "en_cours", "L’entreprise de nettoyage est rappelée à son contrat."),
        Step(4, "intervention_realisee", "Le local a été lavé et désinfecté."),
        Step(15, "close", "Sans nouvelle de votre part, nous fermons ce dossier."),
    )),
    Story("nuisibles", "dwelling", "Des blattes dans la cuisine, surtout la nuit, malgré les pièges.", 45, (
        ACKNOWLEDGED,
        Step(2, "intervention_planifiee", "L’entreprise Netto’Hygiène traitera votre cuisine et les gaines."),
        Step(9, "intervention_realisee", "Premier passage fait, pièges posés."),
        Step(23, "rouverte", "Les blattes sont revenues au bout d’une semaine, il faudrait un second passage."),
    )),
    Story("travaux_adaptation", "dwelling", "Je voudrais une douche à la place de la baignoire, je n’arrive plus à l’enjamber.", 33, (
        ACKNOWLEDGED,
        Step(6, "en_cours", "La conseillère sociale vous appellera pour préparer le dossier. N’envoyez pas de papier médical."),
    )),
    Story("stationnement", "outside", "Une voiture sans roues occupe une place de l’allée depuis cet été.", 70, (
        ACKNOWLEDGED,
        Step(9, "refusee", "La voie appartient à la ville : nous avons transmis à la police municipale, qui peut la faire enlever."),
    )),
    Story("nuisances_voisinage", "dwelling", "Musique très forte chez le voisin du dessus après 23 h, plusieurs soirs par semaine.", 28, (
        Step(3, "annulee", "J’ai pu parler avec mon voisin, c’est réglé."),
    )),
    Story("facturation_loyer_charges", "dwelling", "Je ne comprends pas la régularisation de charges de l’avis de juin.", 15, (
        ACKNOWLEDGED,
        Step(4, "en_cours", "Le service comptabilité prépare le détail par nature de charge."),
    )),
    Story("espaces_verts", "outside", "Une grosse branche est tombée près des jeux des enfants.", 110, (
        ACKNOWLEDGED,
        Step(0, "intervention_realisee", "La zone est balisée et la branche enlevée le jour même."),
        Step(10, "close", "Les autres arbres ont été contrôlés. Merci de nous avoir prévenus."),
    )),
)  # fmt: skip
