"""The points that a team should have thought of, in four parts; each part belongs to a time in the life of the team.

A shipped list: codes stay, words may be made clearer. The points follow what reports on joint investigation teams and the practice
of the region name again and again; the words are our own.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Part(models.TextChoices):
    """When a point should be settled."""

    BEFORE = "before", _("Before the drafting")
    DRAFTING = "drafting", _("While drafting")
    OPERATING = "operating", _("While the team works")
    CLOSING = "closing", _("When the team closes")


class Answer(models.TextChoices):
    """What a team says to a point."""

    OPEN = "open", _("Open")
    YES = "yes", _("Yes")
    NO = "no", _("No")
    NOT_APPLICABLE = "not_applicable", _("Does not apply")


SETTLED: Final = frozenset({Answer.YES, Answer.NOT_APPLICABLE})
"""What lets a gate open. An open point and a plain no do not."""


@dataclass(frozen=True)
class Point:
    """One question of the list."""

    code: str
    part: Part
    question: Promise | str


_B, _D, _O, _C = Part.BEFORE, Part.DRAFTING, Part.OPERATING, Part.CLOSING
POINTS: Final = (
    Point("proceedings", _B, _("Does each party hold proceedings, or can it open them?")),
    Point("link", _B, _("Do suspects, victims, assets, routes or communications link the proceedings across borders?")),
    Point("legal_basis", _B, _("Is there a legal basis that all parties share, or one for each pair of them?")),
    Point("capacity", _B, _("Can each authority be a party under its law, and is it clear who signs and who must consent?")),
    Point("readiness", _B, _("Are the proceedings ready for one another, or can one wait for the other?")),
    Point("priorities", _B, _("Do the parties give the matter the same priority?")),
    Point("added_value", _B, _("Is constant exchange or presence needed, more than a few requests for assistance would give?")),
    Point("measures", _B, _("Are the coercive and special measures that are planned admissible with each party?")),
    Point("admissibility", _B, _("Is it clear which evidence each court admits, what must be disclosed, and what the defence reads?")),
    Point("data_protection", _B, _("Is there a basis for handing personal data to each of the parties?")),
    Point("jurisdiction", _B, _("Was it looked for conflicts of jurisdiction, and for earlier judgments on the same facts?")),
    Point("victims", _B, _("Are needs of victims and protection of witnesses known and provided for?")),
    Point("assets", _B, _("Is it agreed who freezes assets, and how what is confiscated is shared?")),
    Point("languages", _B, _("Are working languages chosen, and translators and interpreters at hand?")),
    Point("early_help", _B, _("Were the Eurojust desk, the liaison prosecutor or the Contact Group brought in early?")),
    Point("purpose", _D, _("Is the purpose wide enough to work with, and free of personal data that it does not need?")),
    Point("duration", _D, _("Does the duration fit the plan, with a way to extend it?")),
    Point("members_annex", _D, _("Do the members stand in an annex, so that a change of them does not reopen the agreement?")),
    Point("prior_evidence", _D, _("Is it said what happens to evidence that a party gathered before?")),
    Point("use_of_information", _D, _("Is there a clause on access, handling and use, above all without a law of the Union?")),
    Point("seconded_powers", _D, _("Are the powers of seconded members described?")),
    Point("media", _D, _("Is there one line for the media, and somebody who speaks?")),
    Point("disclosure", _D, _("Are the rules of disclosure of each party written down?")),
    Point("costs", _D, _("Is it said who bears which costs, and who applies for funds on behalf of the team?")),
    Point("liability", _D, _("Is liability for damage provided for?")),
    Point("signing", _D, _("Is it planned who signs where, in which languages, and in which order?")),
    Point("kick_off", _O, _("Did the team meet at the beginning, prosecutors and police together?")),
    Point("action_plan", _O, _("Does an operational action plan stand, with owners and dates?")),
    Point("channel", _O, _("Is there a secure channel, and equipment for everybody who needs it?")),
    Point("evidence_log", _O, _("Is it logged which evidence was gathered, handed over and received?")),
    Point("meetings", _O, _("Does the team meet regularly?")),
    Point("member_changes", _O, _("Are changes of members told to the parties in writing?")),
    Point("extension", _O, _("Is it decided in time whether the team goes on?")),
    Point("claims", _O, _("Are claims for funding made in time?")),
    Point("action_day", _O, _("Is a coordination centre asked for where measures fall on one day?")),
    Point("prosecution", _C, _("Is it settled who prosecutes what, and were proceedings transferred where needed?")),
    Point("originals", _C, _("Was original evidence handed to the court that needs it?")),
    Point("equipment", _C, _("Was lent equipment given back?")),
    Point("final_claim", _C, _("Was the last claim for funding made?")),
    Point("evaluation", _C, _("Did each party fill in the evaluation?")),
    Point("retention", _C, _("Was it reviewed what may be kept, and until when?")),
)  # fmt: skip
BY_CODE: Final = {point.code: point for point in POINTS}


def codes_of(part: Part) -> frozenset[str]:
    """The points of a part."""
    return frozenset(point.code for point in POINTS if point.part == part)
