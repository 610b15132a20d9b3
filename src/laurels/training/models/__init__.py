"""The records of training."""

from laurels.training.models.assessment import Appeal, Assessment, HandIn, Moderation, RestsOn, Sort
from laurels.training.models.calendar import CalendarFeed
from laurels.training.models.enrolment import Enrolment, EnrolmentState, Route
from laurels.training.models.evidence import Evidence, EvidenceKind, Patients
from laurels.training.models.hours import HoursEntry, HoursKind, HoursVerdict
from laurels.training.models.offering import Meeting, Offering, OfferingState, Seats, Staff

__all__ = [
    "Appeal",
    "Assessment",
    "CalendarFeed",
    "Enrolment",
    "EnrolmentState",
    "Evidence",
    "EvidenceKind",
    "HandIn",
    "HoursEntry",
    "HoursKind",
    "HoursVerdict",
    "Meeting",
    "Moderation",
    "Offering",
    "OfferingState",
    "Patients",
    "RestsOn",
    "Route",
    "Seats",
    "Sort",
    "Staff",
]
