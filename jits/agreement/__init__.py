"""The model agreement: its clauses as versioned data in seven languages, and what becomes of them. No database, no page.

``shipped.template`` gives a version of the model, ``filling.fill`` makes a document of it, ``content`` is the form that is hashed and
signed, ``comparing`` says what differs between two of them, ``binding`` which languages are no longer in step.
"""
