"""What the Contact Group of the demo does, in short words. Everything goes through the actions of the apps."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from cases.models import Invitation, InvitationSent
from contactgroup import actions
from contactgroup.choices import Audience, Ground, Outcome, RecusalScope, Voice
from contactgroup.dossier import Dossier, Proposal, Scored
from contactgroup.models import Criterion, Nomination
from foundation.tenancy.choices import OfficeKind
from meetings import actions as meeting_actions
from meetings.models import Meeting
from wbcj.demo.casework import Casework
from wbcj.demo.people import EVERYBODY
from wbcj.demo.stage import DESK, Stage

SEATS = {
    post.partner: person.name
    for person in reversed(EVERYBODY)
    for post in person.posts
    if post.office == OfficeKind.CONTACT_GROUP_SEAT
}
"""Who speaks for each partner: the member, who stands before the deputy."""


@dataclass(frozen=True)
class Gathering:
    """One meeting of the Contact Group."""

    stage: Stage
    meeting: Meeting

    @classmethod
    def called(
        cls, stage: Stage, *, title: str, begins: datetime, called: float, place: str, mode: str, items: Sequence[str]
    ) -> Gathering:
        """Called by the case desk some days before, with items of its own."""
        at = stage.at(called)
        with stage.acting(DESK) as by:
            meeting = meeting_actions.call(
                title=title,
                starts_at=begins,
                ends_at=begins + timedelta(hours=4),
                nominations_until=begins - timedelta(days=7),
                place=place,
                mode=mode,
                by=by,
                at=at,
            )
            for item in items:
                meeting_actions.add_item(meeting=meeting, title=item, by=by, at=at)
        return cls(stage, meeting)

    def hour(self, hours: float) -> datetime:
        """That many hours after the beginning."""
        return self.meeting.starts_at + timedelta(hours=hours)

    def before(self, days: float) -> float:
        """That many days before the meeting, as a day of the stage."""
        return round((self.meeting.starts_at - self.stage.now) / timedelta(days=1)) - days

    def start(self) -> None:
        """The meeting begins."""
        with self.stage.acting(DESK) as by:
            meeting_actions.start(meeting=self.meeting, version=self._version(), by=by, at=self.meeting.starts_at)

    def close(self) -> None:
        """The meeting is over."""
        with self.stage.acting(DESK) as by:
            meeting_actions.close(meeting=self.meeting, version=self._version(), by=by, at=self.meeting.ends_at)

    def _version(self) -> int:
        return Meeting._base_manager.values_list("version", flat=True).get(pk=self.meeting.pk)


@dataclass(frozen=True)
class Candidacy:
    """A case before the Contact Group."""

    work: Casework
    nomination: Nomination

    @classmethod
    def of(cls, work: Casework, *, day: float, audience: str = Audience.CONCERNED) -> Candidacy:
        """The author of the case nominates it."""
        with work.stage.acting(work.plot.by) as by:
            nomination = actions.nominate(
                case=work.case, dossier=_dossier(work), audience=audience, by=by, at=work.stage.at(day)
            )
        return cls(work, nomination)

    @property
    def stage(self) -> Stage:
        """Where the story plays."""
        return self.work.stage

    def put_on(self, gathering: Gathering, *, day: float) -> None:
        """The desk puts it on the agenda."""
        with self.stage.acting(DESK) as by:
            actions.put_on_agenda(
                nomination=self.nomination,
                meeting=gathering.meeting,
                version=self._version(),
                by=by,
                at=self.stage.at(day),
            )

    def vote(self, voices: Mapping[str, Voice], *, at: datetime) -> None:
        """The desk opens the vote and partners speak; a comment is written by those who are not for it."""
        with self.stage.acting(DESK) as by:
            actions.open_voting(
                nomination=self.nomination,
                closes_at=None,
                version=self._version(),
                by=by,
                at=at,
            )
        for partner, voice in voices.items():
            with self.stage.acting(SEATS[partner]) as by:
                actions.cast(
                    nomination=self.nomination,
                    voice=voice,
                    comment=_COMMENTS.get(voice, ""),
                    by=by,
                    at=at + timedelta(minutes=4),
                )

    def speak(self, name: str, voice: Voice, *, at: datetime) -> None:
        """Somebody of a seat, a deputy for instance, votes."""
        with self.stage.acting(name) as by:
            actions.cast(nomination=self.nomination, voice=voice, by=by, at=at)

    def recuse(self, name: str, scope: RecusalScope, ground: Ground, words: str, *, at: datetime) -> None:
        """Somebody of a seat takes no part, or its partner does not."""
        with self.stage.acting(name) as by:
            actions.recuse(nomination=self.nomination, scope=scope, ground=ground, words=words, by=by, at=at)

    def count(self, *, at: datetime) -> None:
        """The desk closes the vote."""
        with self.stage.acting(DESK) as by:
            actions.close_voting(nomination=self.nomination, version=self._version(), by=by, at=at)

    def decide(self, outcome: Outcome, text: str, *, at: datetime) -> None:
        """The desk records the decision; invited partners have six weeks to answer."""
        with self.stage.acting(DESK) as by:
            actions.decide(
                nomination=self.nomination,
                outcome=outcome,
                text=text,
                answer_until=at + timedelta(days=42),
                version=self._version(),
                by=by,
                at=at,
            )

    def ask_for_more(self, text: str, *, at: datetime) -> None:
        """The desk gives the dossier back."""
        with self.stage.acting(DESK) as by:
            actions.ask_for_more(nomination=self.nomination, text=text, version=self._version(), by=by, at=at)

    def withdraw(self, reason: str, *, day: float) -> None:
        """The author takes the nomination back."""
        with self.stage.acting(self.work.plot.by) as by:
            actions.withdraw(
                nomination=self.nomination, reason=reason, version=self._version(), by=by, at=self.stage.at(day)
            )

    def invitation(self, partner: str) -> Invitation:
        """The invitation that the decision sent to a partner."""
        with self.stage.acting(self.work.plot.by) as by:
            sent = InvitationSent.objects.visible_to(by).of(self.work.case.pk)
            return Invitation(pk=sent.values_list("invitation", flat=True).get(partner__code=partner))

    def _version(self) -> int:
        return Nomination._base_manager.values_list("version", flat=True).get(pk=self.nomination.pk)


_COMMENTS = {
    Voice.AGAINST: "We do not see yet what coordination adds.",
    Voice.ABSTAIN: "We have no proceedings of our own.",
    Voice.WITHHOLD: "We ask for time to consult.",
}


def _dossier(work: Casework) -> Dossier:
    pleading = work.plot.dossier
    assert pleading is not None
    criteria = Criterion.objects.valid_on(work.stage.now.date())
    return Dossier(
        title=pleading.title,
        tool=pleading.tool,
        why=pleading.why,
        support=pleading.support,
        scores=tuple(
            Scored(criterion=criterion, score=int(score))
            for criterion, score in zip(criteria, pleading.scores, strict=True)
        ),
        proposals=tuple(
            Proposal(partner=work.stage.partner(one.partner), purpose=one.purpose, text=one.text)
            for one in pleading.invite
        ),
    )
