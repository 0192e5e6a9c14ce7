"""What the people of the demo do on their cases, in short words. Everything goes through the actions of the apps."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from cases import actions
from cases.actions.cases import Facts
from cases.choices import DeclineReason, NoteAudience
from cases.choices import Stage as CaseStage
from cases.invitations import actions as invitations
from cases.models import Case, Invitation, Task
from foundation.access import Level
from foundation.sharing import actions as sharing
from wbcj.demo.plots import Plot
from wbcj.demo.stage import Stage


@dataclass(frozen=True)
class Casework:
    """One case while its story is told. ``day`` counts from today; negative is the past."""

    stage: Stage
    plot: Plot
    case: Case

    @classmethod
    def draft(cls, stage: Stage, plot: Plot, *, day: float) -> Casework:
        """Opened by its author, as a draft."""
        facts = Facts(
            title=plot.title,
            summary=plot.summary,
            stage=plot.stage,
            urgency=plot.urgency,
            handling=plot.handling,
            crime_types=stage.crimes(plot.crimes),
            priorities=stage.priorities(plot.priorities),
            partners=[stage.partner(code) for code in plot.partners],
        )
        with stage.acting(plot.by) as by:
            return cls(stage, plot, actions.open_case(facts=facts, by=by, at=stage.at(day)))

    @classmethod
    def opened(cls, stage: Stage, plot: Plot, *, day: float) -> Casework:
        """A draft and, an hour later, an open case."""
        work = cls.draft(stage, plot, day=day)
        with stage.acting(plot.by) as by:
            actions.submit(case=work.case, version=work.version(), by=by, at=stage.at(day + 0.05))
        return work

    def version(self) -> int:
        """The case's version as its author reads it now; call it while somebody acts who sees the case."""
        return Case._base_manager.values_list("version", flat=True).get(pk=self.case.pk)

    def note(self, who: str, text: str, *, day: float, audience: str = NoteAudience.EVERYONE) -> None:
        """Somebody on the case writes a note."""
        with self.stage.acting(who) as by:
            actions.write_note(case=self.case, text=text, audience=audience, by=by, at=self.stage.at(day))

    def proceeding(self, who: str, text: str, *, day: float, opened: float, stage: str = "") -> None:
        """Somebody says what their own authority does."""
        with self.stage.acting(who) as by:
            actions.record_proceeding(
                case=self.case,
                authority=self.stage.membership(who).authority,
                stage=stage or CaseStage.INVESTIGATION,
                opened_date=self.stage.at(opened).date(),
                state_of_play=text,
                by=by,
                at=self.stage.at(day),
            )

    def file_number(self, who: str, number: str, *, day: float) -> None:
        """Somebody notes the own authority's reference, which no other partner reads."""
        with self.stage.acting(who) as by:
            actions.add_file_number(case=self.case, number=number, by=by, at=self.stage.at(day))

    def task(self, who: str, assignee: int, title: str, *, day: float, due: float, text: str = "") -> Task:
        """Somebody gives a task to a principal on the case."""
        with self.stage.acting(who) as by:
            return actions.give_task(
                case=self.case,
                assignee=assignee,
                title=title,
                text=text,
                due_at=self.stage.at(due),
                by=by,
                at=self.stage.at(day),
            )

    def acknowledge(self, who: str, task: Task, *, day: float) -> None:
        """Whoever was given a task says that it was seen."""
        with self.stage.acting(who) as by:
            actions.acknowledge_task(task=task, by=by, at=self.stage.at(day))

    def finish(self, who: str, task: Task, *, day: float) -> None:
        """Whoever was given a task says that it is done."""
        with self.stage.acting(who) as by:
            actions.finish_task(task=task, by=by, at=self.stage.at(day))

    def share(
        self,
        principal: int,
        purpose: str,
        *,
        day: float,
        level: Level = Level.CONTRIBUTE,
        until: datetime | None = None,
    ) -> None:
        """The author shares the case."""
        with self.stage.acting(self.plot.by) as by:
            sharing.share(
                root_id=self.case.pk,
                principal=principal,
                level=level,
                purpose=purpose,
                until=until,
                by=by,
                at=self.stage.at(day),
            )

    def invite(self, partner: str, purpose: str, text: str, *, day: float, answer_until: datetime) -> Invitation:
        """The author invites a partner without the Contact Group."""
        with self.stage.acting(self.plot.by) as by:
            return invitations.invite(
                case=self.case,
                partner=self.stage.partner(partner),
                purpose=purpose,
                text=text,
                answer_until=answer_until,
                by=by,
                at=self.stage.at(day),
            )

    def close(self, reason: str, *, day: float) -> None:
        """The author closes the case."""
        with self.stage.acting(self.plot.by) as by:
            actions.close(case=self.case, reason=reason, version=self.version(), by=by, at=self.stage.at(day))

    def archive(self, *, day: float) -> None:
        """The author puts the closed case away."""
        with self.stage.acting(self.plot.by) as by:
            actions.archive(case=self.case, version=self.version(), by=by, at=self.stage.at(day))


def accept(stage: Stage, invitation: Invitation, *, coordinator: str, prosecutor: str, day: float) -> None:
    """A coordinator takes part and names who is responsible."""
    responsible = stage.membership(prosecutor)
    with stage.acting(coordinator) as by:
        invitations.accept(
            invitation=invitation,
            authority=responsible.authority,
            prosecutor=responsible,
            whole_authority=False,
            version=_version(invitation),
            by=by,
            at=stage.at(day),
        )


def decline(
    stage: Stage, invitation: Invitation, *, coordinator: str, reason: DeclineReason, text: str, day: float
) -> None:
    """A coordinator stays out, for a reason."""
    with stage.acting(coordinator) as by:
        invitations.decline(
            invitation=invitation, reason=reason, text=text, version=_version(invitation), by=by, at=stage.at(day)
        )


def _version(invitation: Invitation) -> int:
    return Invitation._base_manager.values_list("version", flat=True).get(pk=invitation.pk)
