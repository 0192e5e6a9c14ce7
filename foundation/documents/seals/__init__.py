"""Seals: a paper is signed electronically when it is printed, and anybody may have a file verified.

``authority`` knows the key, ``sealing`` signs, ``verifying`` answers about a file that somebody brought. Only ``sealing`` and
``inspecting`` import pyHanko; ``inspecting`` reads foreign files, so it runs in a process of its own.
"""
