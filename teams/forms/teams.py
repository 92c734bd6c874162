from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kortrijk_gebied.limits import at_most
from teams.forms.base import OnceForm, date_input
from teams.models import Membership, Post, PostHolder, Team, User

MOST_DAYS = 15  # as the database holds


class TeamForm(OnceForm):
    class Meta:
        model = Team
        fields = ["name", "phone", "purpose", "ends", "exit_criteria", "report_after_working_days"]
        widgets = {
            "ends": date_input(),
            "purpose": forms.Textarea(attrs={"rows": 4}),
            "exit_criteria": forms.Textarea(attrs={"rows": 3}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.instance.gets_reports:
            del self.fields["report_after_working_days"]
        else:
            said = _("The report leaves before the month is over: choose 15 at most.")
            at_most(self.fields["report_after_working_days"], MOST_DAYS, said)


class PostForm(OnceForm):
    class Meta:
        model = Post
        fields = ["team", "area", "function", "phone"]

    def __init__(self, *args: Any, team: Team, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fix("team", team)
        self.choice("area").queryset = team.areas.current()
        if self.instance.pk:
            for name in ["area", "function"]:
                self.fix(name, getattr(self.instance, name))


class PostHolderForm(OnceForm):
    class Meta:
        model = PostHolder
        fields = ["post", "user", "starts", "ends"]
        widgets = {"starts": date_input(), "ends": date_input()}
        error_messages = {"user": {"required": gettext_lazy("Choose who.")}}

    def __init__(self, *args: Any, post: Post, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fix("post", post)
        people = self.choice("user")
        # Work that goes to the post is read by its holder, so only the team's own people can hold it.
        # Who left the team holds it no more, whatever is said here.
        members = Membership.objects.exclude(ends__lt=timezone.localdate()).filter(team=post.team)
        people.queryset = User.objects.filter(is_active=True, pk__in=members.values("user")).order_by("name", "pk")
        people.error_messages["invalid_choice"] = _("Choose a member of the team.")
        if self.instance.pk:
            people.queryset = User.objects.filter(pk=self.instance.user_id)
            self.fix("user", self.instance.user)
        self.instance.by_rota = False  # what somebody says by hand, the next rota leaves
