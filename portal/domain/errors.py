"""What the Office refuses, and why. The message of each error is a French sentence that can be shown as it is."""

from datetime import datetime


class DomainError(Exception):
    """Something the Office's rules refuse."""

    sentence = "Cette action n’est pas possible."

    def __init__(self, sentence: str | None = None) -> None:
        super().__init__(sentence or self.sentence)


class NotAllowedError(DomainError):
    """The person may not do this."""

    sentence = "Vous n’avez pas le droit de faire cette action."


class NotFoundError(DomainError):
    """No such thing, or not for this person."""

    sentence = "Nous ne trouvons pas ce que vous demandez."


class TooManyTriesError(DomainError):
    """Too many tries; `until` says when the next one is allowed."""

    def __init__(self, sentence: str, until: datetime) -> None:
        super().__init__(sentence)
        self.until = until


class InvalidFileError(DomainError):
    """A file that was sent cannot be kept."""

    sentence = "Ce fichier n’a pas pu être lu. Envoyez une photo (JPEG, PNG, WebP) ou un document PDF."
