"""What an account refuses, each with its sentence."""

from portal.domain.errors import DomainError


class ReferenceUsedError(DomainError):
    """The reference of an entry was used for another one, with other facts."""

    sentence = "Cette référence a déjà servi pour une autre écriture du compte. Vérifiez-la."


class AlreadyUndoneError(DomainError):
    """The entry is undone already: it is undone once."""

    sentence = "Cette écriture est déjà annulée ou rejetée."


class NotUndoableError(DomainError):
    """The entry undoes another one, or is not a payment that a bank rejects."""

    sentence = "Cette écriture ne s’annule pas : passez-la de nouveau si elle manque au compte."


class WrongAmountError(DomainError):
    """The amount is not one that this entry may have."""

    sentence = "Le montant doit être plus grand que zéro."


class WrongDayError(DomainError):
    """The day is not one that this entry may have."""

    sentence = "Cette date n’est pas possible pour cette écriture."


class WrongMonthError(DomainError):
    """The month is not one that this entry may name."""

    sentence = "Ce mois n’a pas été demandé à ce locataire."


class PlanError(DomainError):
    """The repayment plan cannot be agreed or ended so."""

    sentence = "Ce plan d’apurement n’est pas possible."
