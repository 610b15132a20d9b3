"""The trace: who did what to what. Append-only; rows hold ids, never names."""

from django.db import models


class Entry(models.Model):
    """One act that changed something."""

    at = models.DateTimeField()
    actor = models.CharField(max_length=40)
    verb = models.CharField(max_length=80)
    thing = models.CharField(max_length=120)
    detail = models.JSONField(default=dict)

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["thing"]), models.Index(fields=["at"])]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.actor} {self.verb} {self.thing}"
