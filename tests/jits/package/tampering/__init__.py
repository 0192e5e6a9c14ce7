"""Changes to a clean package, each with the reasons for which it may be refused and no other.

``outside`` is whoever has the package and no key of the service. ``inside`` has that key, so all that the seal covers is sealed anew,
and only what the signatures, the frozen files and the manifest say of each other can give it away.
"""
