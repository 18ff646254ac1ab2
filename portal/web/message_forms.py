"""What every message has, whoever writes it: words, files, a one-time key."""

from wtforms import TextAreaField

from portal.domain.messages import policy
from portal.domain.messages.actions import Words
from portal.web.application import settings
from portal.web.forms import OnceForm, at_most, needed
from portal.web.uploads import UploadsField

TOO_LONG = "Votre message est trop long : 5 000 caractères au plus."


class MessageForm(OnceForm):
    """Words and files."""

    body = TextAreaField("Votre message", [needed("Écrivez votre message."), at_most(policy.LONGEST_BODY, TOO_LONG)])
    files = UploadsField("Joindre des photos ou des documents", most=policy.MOST_FILES)

    def words(self) -> Words:
        """Return what the verb sends."""
        return Words(self.body.data, self.once_key.data, self.files.checked, settings().uploads)
