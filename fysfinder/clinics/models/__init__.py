"""WHAT WE LIST: clinics and everything that is known of them."""

from fysfinder.clinics.models.care import Finding, Merge, Twins
from fysfinder.clinics.models.clinic import Clinic, ClinicSlug, DirectoryVersion
from fysfinder.clinics.models.facts import Fact, PastFact, Report
from fysfinder.clinics.models.offers import ClinicTopic, Price, TeamMember, WaitingTime
from fysfinder.clinics.models.opening import OpeningException, OpeningHours

__all__ = [
    "Clinic",
    "ClinicSlug",
    "ClinicTopic",
    "DirectoryVersion",
    "Fact",
    "Finding",
    "Merge",
    "OpeningException",
    "OpeningHours",
    "PastFact",
    "Price",
    "Report",
    "TeamMember",
    "Twins",
    "WaitingTime",
]
