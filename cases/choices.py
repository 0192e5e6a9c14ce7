"""The words of a case."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Status(models.TextChoices):
    """Where the coordination of a case stands."""

    DRAFT = "draft", _("Draft")
    OPEN = "open", _("Open")
    NOMINATED = "nominated", _("Nominated")
    SELECTED = "selected", _("Selected")
    COORDINATED = "coordinated", _("Coordinated")
    CLOSED = "closed", _("Closed")
    ARCHIVED = "archived", _("Archived")


class Stage(models.TextChoices):
    """How far the proceedings have come; post-arrest work is the prosecution's follow-up of police action."""

    PRE_INVESTIGATION = "pre_investigation", _("Before an investigation")
    INVESTIGATION = "investigation", _("Investigation")
    POST_ARREST = "post_arrest", _("After arrests")
    PROSECUTION = "prosecution", _("Indictment")
    TRIAL = "trial", _("Trial")
    APPEAL = "appeal", _("Appeal")
    ENFORCEMENT = "enforcement", _("Sentence and confiscation")
    ENDED = "ended", _("Ended")


class Urgency(models.TextChoices):
    LOW = "low", _("Low")
    NORMAL = "normal", _("Normal")
    HIGH = "high", _("High")
    CRITICAL = "critical", _("Critical")


class NoteAudience(models.TextChoices):
    """For whom a note is written; the wider ones include the writer."""

    EVERYONE = "everyone", _("Everyone on the case")
    PARTNER = "partner", _("My partner's people on the case")
    AUTHORITY = "authority", _("My authority's people on the case")
    SELF = "self", _("Only me")


class InvitationStatus(models.TextChoices):
    """Lapsed is never stored: it is a sent invitation after its answer date."""

    SENT = "sent", _("Waiting for an answer")
    ACCEPTED = "accepted", _("Accepted")
    DECLINED = "declined", _("Declined")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    LAPSED = "lapsed", _("Not answered in time")


class DeclineReason(models.TextChoices):
    """The grounds on which a partner may stay out; national security and safety need no further words."""

    NO_INVESTIGATION = "no_investigation", _("No investigation is open or can be opened")
    ESSENTIAL_INTEREST = "essential_interest", _("Essential interests of national security")
    ONGOING_INVESTIGATION = "ongoing_investigation", _("It would harm an ongoing investigation")
    SAFETY = "safety", _("It would endanger somebody's safety")
    OTHER = "other", _("Another reason")
