"""Reference data of joint investigation teams, loaded once and edited by staff afterwards."""

from jits.reference.law import load

__all__ = ["load"]
