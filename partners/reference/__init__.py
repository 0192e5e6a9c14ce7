"""Partners, authorities, offices and seat rules as data (the CSV files beside this module).

Names are in English with the name in the authority's own language; every authority is marked "to be confirmed by the partner".
"""

from partners.reference.loading import load

__all__ = ["load"]
