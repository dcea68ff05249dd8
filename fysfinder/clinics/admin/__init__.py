"""Staff's desks: the clinics, what visitors report, and what is to be looked after."""

from fysfinder.clinics.admin import care, clinics, reports

__all__ = ["care", "clinics", "reports"]
