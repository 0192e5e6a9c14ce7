"""Meetings and agendas for partner systems: each reads the items that its pages would show it."""
