"""The address under which a person's meetings can be fetched by a calendar."""

from django.db import models

from laurels.people.models import User


class CalendarFeed(models.Model):
    """An unguessable address; whoever has it sees the meetings of this person, and nothing else."""

    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="calendar_feed")
    key = models.CharField(max_length=43, unique=True)
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"calendar of {self.user}"
