"""What an entry says on the account, in plain French."""

from portal.kernel.periods import Month

MONTHS = "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split()
KIND_LABELS = {
    "rent_call": "Loyer et charges",
    "housing_benefit": "APL versée par la CAF",
    "benefit_recall": "Rappel d’APL",
    "security_deposit": "Dépôt de garantie",
    "charge_adjustment": "Régularisation de charges",
    "remission": "Remise accordée",
    "refund": "Remboursement",
    "deposit_return": "Dépôt de garantie rendu",
    "tenant_repairs": "Réparations locatives",
    "court_costs": "Frais de procédure accordés par le juge",
}
METHOD_LABELS = {
    "virement": "Virement",
    "prelevement": "Prélèvement",
    "cheque": "Chèque",
    "especes": "Espèces",
    "carte": "Paiement par carte",
    "tip": "TIP",
    "caf": "Versement de la CAF",
}
REJECTION_LABELS = {method: f"{label} rejeté" for method, label in METHOD_LABELS.items()}
REJECTION_LABELS["especes"] = "Espèces refusées"


def month_words(month: Month) -> str:
    """« juin 2026 »."""
    return f"{MONTHS[month.number - 1]} {month.year}"


def monthly_label(kind: str, month: Month) -> str:
    """« Loyer et charges, juin 2026 »."""
    return f"{KIND_LABELS[kind]}, {month_words(month)}"


def said(label: str, words: str) -> str:
    """A label, then what the Office adds to it: « Réparations locatives : clé du hall »."""
    return f"{label}\u00a0: {words}" if words else label
