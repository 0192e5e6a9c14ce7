"""Reference data of cases: forms of serious crime and European Union priorities."""

from cases.reference.loading import load

__all__ = ["load"]
