from typing import Any

from allauth.account.forms import LoginForm


class SignInForm(LoginForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # The link for a forgotten password would stand between the label and its box; the page has it below the button.
        self.fields["password"].help_text = ""
