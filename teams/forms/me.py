from django import forms

from teams.models import User


class MailForm(forms.ModelForm):  # type: ignore[type-arg]  # not subscriptable when it runs
    """Each asks for as much mail as they like; in the product everything stands anyway."""

    class Meta:
        model = User
        fields = ["mail_mentions", "mail_offers", "mail_overdue"]
