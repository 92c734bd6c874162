from typing import TYPE_CHECKING, Any, ClassVar

import pghistory
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kortrijk_gebied.ids import uuid7
from teams.models.organisations import Organisation

if TYPE_CHECKING:
    from teams.access import Access


def stored_as(_person: "User", _filename: str) -> str:
    """What somebody called the file is nobody's business, and a name is never used twice."""
    return f"people/{uuid7()}.jpg"


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def managed_by(self, viewer: "Access") -> models.QuerySet["User"]:
        """The people of the viewer's own organisation, for its administrator; for anybody else nobody."""
        from teams.models.teams import Function

        if viewer.organisation_id is None or not viewer.holds(Function.ADMINISTRATOR):
            return self.none()
        return self.filter(organisation_id=viewer.organisation_id)


@pghistory.track(model_name="UserChange", exclude=["password", "last_login"])
class User(AbstractBaseUser):
    """A person who signs in. What they may do comes from memberships valid today, nowhere else:
    no groups of their own, no permissions of their own, no superuser."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    email = models.EmailField(_("e-mail address"), unique=True)
    name = models.CharField(_("name"), max_length=120)
    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="people",
        verbose_name=_("organisation"),
    )
    phone = models.CharField(_("phone"), max_length=30, blank=True)
    hours = models.CharField(
        _("working hours"), max_length=120, blank=True, help_text=_("For instance “Monday to Thursday, 8.30 to 17.00”.")
    )
    deputy = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="deputises_for", verbose_name=_("deputy"),
        help_text=_("Who answers when you cannot be reached."),
    )  # fmt: skip
    photo = models.FileField(_("photo"), upload_to=stored_as, blank=True)
    is_active = models.BooleanField(_("active"), default=True)
    # What each asks for at “My page”; a mail holds a link, never words of a signal.
    mail_mentions = models.BooleanField(_("a mail when a colleague mentions me"), default=False)
    mail_offers = models.BooleanField(_("a mail when my team is asked something"), default=False)
    mail_overdue = models.BooleanField(_("a mail on Monday with what is over its date"), default=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        ordering = ["name"]
        verbose_name = _("person")
        verbose_name_plural = _("people")
        constraints = [
            models.UniqueConstraint(Lower("email"), name="user_email_unique_whatever_case"),
            models.CheckConstraint(condition=~models.Q(name=""), name="user_has_a_name"),
            models.CheckConstraint(
                condition=models.Q(deputy=None) | ~models.Q(deputy=models.F("id")),
                name="user_has_another_as_deputy",
                violation_error_message=_("Nobody is their own deputy."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def has_perm(self, perm: str, obj: Any = None) -> bool:
        """Never: Django's permission strings are not how this house asks. See teams/access.py."""
        return False

    def has_module_perms(self, app_label: str) -> bool:
        return False

    @property
    def is_administrator(self) -> bool:
        from teams.access import access_of
        from teams.models import Function

        return access_of(self).holds(Function.ADMINISTRATOR)

    def get_full_name(self) -> str:
        return self.name
