"""One learner in one offering, or alone by the informal route."""

import uuid

from django.db import models

from laurels.awards.models import Award
from laurels.catalogue.models import Version
from laurels.people.models import Address, User
from laurels.training.models.offering import Offering


class EnrolmentState(models.TextChoices):
    """The life of an enrolment. Hours stay with it in every state."""

    INVITED = "invited"
    WAITING = "waiting"
    ENROLLED = "enrolled"
    WITHDRAWN = "withdrawn"
    NO_SHOW = "no-show"
    AWARDED = "awarded"


LIVE = (EnrolmentState.INVITED, EnrolmentState.WAITING, EnrolmentState.ENROLLED)


class Route(models.TextChoices):
    """How somebody came to be enrolled."""

    OWN = "own"
    INVITATION = "invitation"
    ROSTER = "roster"
    INFORMAL = "informal"


class Enrolment(models.Model):
    """One learner on the way to one version. It keeps its version, whatever is approved later."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="enrolments")
    offering = models.ForeignKey(
        Offering, null=True, blank=True, on_delete=models.PROTECT, related_name="enrolments", help_text="None: alone."
    )
    address = models.ForeignKey(Address, on_delete=models.PROTECT, related_name="enrolments")
    name = models.CharField(max_length=120, help_text="As the unit knows the learner: never in the badge.")
    route = models.CharField(max_length=12, choices=Route.choices)
    state = models.CharField(max_length=10, choices=EnrolmentState.choices)
    state_words = models.TextField(blank=True, help_text="Why it ended.")
    enrolled_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    enrolled_at = models.DateTimeField(help_text="Also the place in the waiting list.")
    ended_at = models.DateTimeField(null=True, blank=True)
    signed_off_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    signed_off_at = models.DateTimeField(null=True, blank=True)
    award = models.OneToOneField(Award, null=True, blank=True, on_delete=models.PROTECT, related_name="enrolment")

    class Meta:
        ordering = ["enrolled_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "address"], condition=models.Q(state__in=LIVE), name="one_live_enrolment"
            )
        ]
        indexes = [models.Index(fields=["offering", "state"]), models.Index(fields=["address", "state"])]

    def __str__(self) -> str:
        return f"{self.name}: {self.version}"
