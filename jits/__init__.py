"""Joint investigation teams: from the legal basis to a sealed, signed agreement.

Rooms that know no database, so that they can be read and tried by themselves: ``solver`` (on which instrument a team can stand),
``agreement`` (clauses, their numbers and parameters, the canonical content that is signed), ``package`` (what was signed, and the
offline check of it). The rest are the rooms of every app.
"""
