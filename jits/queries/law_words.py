"""The sentences of an answer about a legal basis, for whoever prosecutes. The solver gives codes; what is said is said here alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from foundation.components import formats
from jits.queries.law_lines import Cited, Named
from jits.solver import Doubt, Offence, Opinion, Pair, Platform, Reason, Union, Verdict, Why


@dataclass(frozen=True, kw_only=True)
class Words:
    """Names of everything that an answer is about."""

    parties: Mapping[str, Named]
    cited: Mapping[str, Cited]
    crimes: Mapping[Offence, Sequence[str]]
    organised: frozenset[str]
    """Codes of the instruments that are for organised or serious crime."""

    def party(self, code: str) -> str:
        """Its name."""
        return self.parties[code].name

    def listed(self, codes: Iterable[str]) -> str:
        """Parties, one after the other."""
        return ", ".join(self.party(code) for code in codes)

    def cite(self, code: str) -> str:
        """An instrument with its provision."""
        one = self.cited[code]
        return _("%(name)s, %(provision)s") % {"name": one.name, "provision": one.provision}

    def cites(self, codes: Iterable[str]) -> str:
        """Instruments, one after the other."""
        return "; ".join(self.cite(code) for code in codes)


REASONS: Mapping[Why, Promise] = {
    Why.INSTRUMENT_NOT_YET: gettext_lazy("It enters into force on %(day)s."),
    Why.INSTRUMENT_ENDED: gettext_lazy("It was in force until %(day)s."),
    Why.SCOPE: gettext_lazy("%(provision)s is not for: %(offences)s."),
    Why.NOT_A_PARTY: gettext_lazy("%(party)s is not entered as a party."),
    Why.NOT_YET: gettext_lazy("For %(party)s it is in force only from %(day)s."),
    Why.ENDED: gettext_lazy("For %(party)s it was in force until %(day)s."),
    Why.RESERVED: gettext_lazy("%(party)s made a reservation that excludes joint teams under %(provision)s."),
    Why.EU_MEMBERS_ONLY: gettext_lazy(
        "It binds EU Member States alone; %(party)s can only join under an additional basis."
    ),
    Why.PAIRS_ONLY: gettext_lazy("It works between two parties and is no basis of a team as a whole."),
}


def reason(one: Reason, instrument: str, words: Words) -> str:
    """Why an instrument falls away."""
    named = {
        "party": words.party(one.party) if one.party else "",
        "day": _day(one.day),
        "provision": words.cited[instrument].provision,
        "offences": ", ".join(name for offence in one.offences for name in words.crimes.get(offence, ())),
    }
    said = str(REASONS[one.why]) % named
    if one.why is Why.SCOPE and instrument in words.organised:
        said += " " + _("Where an organised criminal group is behind it, choose organised crime as well.")
    return said


def _day(day: date | None) -> str:
    return "" if day is None else formats.day(day)


def headline(common: Sequence[str], union: Union | None, words: Words) -> str:
    """The answer in one sentence."""
    if union is not None and union.additional and not union.without:
        return _(
            "The EU Member States of the team rest on %(acts)s; %(others)s can join under an additional basis."
        ) % {
            "acts": words.cites(union.instruments),
            "others": words.listed(one.party for one in union.additional),
        }
    if not common:
        return _(
            "No instrument binds all parties for these offences on that day: each pair needs a basis of its own, and a written legal"
            " opinion is needed."
        )
    more = len(common) - 1
    if not more:
        return _("The team can rest on one instrument that binds all parties: %(first)s.") % {
            "first": words.cite(common[0])
        }
    said = ngettext(
        "The team can rest on %(first)s, and on %(more)s other instrument that binds all parties.",
        "The team can rest on %(first)s, and on %(more)s other instruments that bind all parties.",
        more,
    )
    return said % {"first": words.cite(common[0]), "more": more}


def pair(one: Pair, words: Words) -> str:
    """What two parties have between them, and what follows."""
    if one.multilateral:
        return _("Both are bound by an instrument on joint teams.")
    if one.bilateral:
        return _("There is an agreement between the two; whether it carries a joint team has to be read in its text.")
    if one.reciprocity:
        return _("There is reciprocity alone: both laws have to allow a joint team on that ground.")
    return _("Nothing is entered between these two: an agreement or a legal opinion has to make a basis.")


def union(one: Union, words: Words) -> str:
    """On what the EU Member States rest."""
    return _("%(members)s rest on a Union legal basis between them: %(acts)s.") % {
        "members": words.listed(one.members),
        "acts": words.cites(one.instruments),
    }


def joining(party: str, instruments: Sequence[str], words: Words) -> str:
    """How a party from outside joins."""
    named = {"party": words.party(party), "instruments": words.cites(instruments)}
    if instruments:
        return _("%(party)s joins under an additional basis: %(instruments)s.") % named
    return (
        _("For %(party)s no additional basis is entered that binds it with every EU Member State of the team.") % named
    )


OPINIONS: Mapping[Doubt, Promise] = {
    Doubt.NOTHING_COMMON: gettext_lazy("No instrument binds all parties for these offences on that day."),
    Doubt.NO_ADDITIONAL_BASIS: gettext_lazy(
        "The EU Member States have a Union legal basis among themselves; %(parties)s has no additional basis with them."
    ),
    Doubt.RECIPROCITY_ONLY: gettext_lazy("Between %(parties)s there is reciprocity alone."),
    Doubt.NOTHING_FOR_PAIR: gettext_lazy("Between %(parties)s nothing is entered at all."),
}


def opinion(one: Opinion, words: Words) -> str:
    """What a written legal opinion has to settle."""
    between = one.doubt in {Doubt.RECIPROCITY_ONLY, Doubt.NOTHING_FOR_PAIR}
    names = [words.party(code) for code in one.parties]
    parties = _("%(first)s and %(second)s") % dict(zip(("first", "second"), names, strict=True)) if between else ""
    return str(OPINIONS[one.doubt]) % {"parties": parties or ", ".join(names)}


RULES = "Regulation (EU) 2023/969"
PLATFORM: Mapping[Verdict, Promise] = {
    Verdict.UNION_BASIS: gettext_lazy("Yes: the team rests on a Union legal basis (%(rules)s, Article 1)."),
    Verdict.WITH_ADDITIONAL_BASIS: gettext_lazy(
        "Yes, where the agreement names the Union legal basis of its EU Member States and the additional basis of %(parties)s"
        " (%(rules)s, Articles 1 and 3(3))."
    ),
    Verdict.NO_EU_MEMBER: gettext_lazy(
        "No: the platform is for teams with a Union legal basis, and none of the parties is an EU Member State"
        " (%(rules)s, Articles 1 and 3(3))."
    ),
    Verdict.ONE_EU_MEMBER: gettext_lazy(
        "No: a Union legal basis needs two EU Member States, and %(parties)s is the only one"
        " (%(rules)s, Articles 1 and 3(3))."
    ),
    Verdict.NO_UNION_BASIS: gettext_lazy(
        "No: on that day no act of the Union binds all EU Member States of the team (%(rules)s, Article 1)."
    ),
    Verdict.NOT_RUNNING: gettext_lazy("No: on that day there is no platform (%(rules)s, Article 28)."),
    Verdict.NOT_BOUND: gettext_lazy("No: not bound by %(rules)s: %(parties)s."),
    Verdict.NO_ADDITIONAL_BASIS: gettext_lazy(
        "Not as it stands: no additional basis is entered for %(parties)s, and a party from outside the Union needs one"
        " (%(rules)s, Article 3(3))."
    ),
}


def platform(one: Platform, words: Words) -> str:
    """May the platform be used, and why."""
    said = str(PLATFORM[one.verdict]) % {"parties": words.listed(one.parties), "rules": RULES}
    if one.day is not None:
        said += " " + _("It starts on %(day)s at the latest.") % {"day": _day(one.day)}
    if one.allowed:
        said += " " + _("Ask whether it is in operation: the entered day is the latest one by law.")
    return said
