"""Three hundred notes on one case: how months of work by three authorities read. All invented."""

from __future__ import annotations

from cases.choices import NoteAudience
from wbcj.demo.casework import Casework

NOTES = 295
_JOINED = {"Elena Trajkoska": -48, "Jelena Radonja": -46}
_FROM, _TO = -96.0, -0.5
_WHO = ("Arben Kodra", "Elena Trajkoska", "Arben Kodra", "Jelena Radonja")
_AUDIENCES = (NoteAudience.PARTNER, NoteAudience.AUTHORITY, NoteAudience.SELF)
_WHAT = (
    "Container {n}: seals compared with the port's list, two differ",
    "Call of {n} minutes with the liaison magistrate; he needs the request in writing",
    "Kontejneri {n} u kontrollua; asgjë përveç frutave",
    "Haulier {n} changed its telephone numbers again",
    "Складот {n} е под набљудување, ништо ново",
    "Witness {n} will come only with an interpreter she knows",
    "Vaga na granici: {n} kilograma razlike u odnosu na papire",
    "Bank statement {n} received; three transfers to the same company",
    "Expert report {n} is late, the institute asks for a week more",
    "Kamioni {n} priti gjashtë orë në terminal pa arsye",
    "Search order {n} granted, valid for fifteen days",
    "Возачот на камион {n} ги призна двете патувања",
    "Request {n} for subscriber data answered in part",
    "Brodski agent {n} tvrdi da papire nije vidio",
)
_AND = (
    ".",
    "; copy in our own file.",
    ". To be taken up in the next call.",
    ". Nothing to do for the others yet.",
    "; please do not ask the company directly.",
    ". I will say more on the telephone.",
    ".\nSecond point: dates for the next meeting, Tuesday or Thursday.",
)


def keep(work: Casework) -> None:
    """Write the notes, the oldest first; whoever joined later writes from then on. One in five is for the writer's own."""
    for number in range(NOTES):
        day = _FROM + (_TO - _FROM) * number / NOTES
        who = _WHO[number % len(_WHO)]
        if day < _JOINED.get(who, _FROM):
            who = _WHO[0]
        what = _WHAT[number % len(_WHAT)].format(n=number % 37 + 2) + _AND[number % len(_AND)]
        audience = _AUDIENCES[number // 5 % len(_AUDIENCES)] if number % 5 == 0 else NoteAudience.EVERYONE
        work.note(who, what, day=day, audience=audience)
