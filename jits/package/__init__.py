"""The signed package: what was signed, and the offline check of it. No database, and to check not even Django.

``building`` makes a package, ``checking`` looks through one; both stand on ``manifest`` (what the package says of itself), ``marks``
(what each frozen file says of itself) and ``archive`` (the ZIP, byte for byte). Only ``seals``, ``evidence`` and ``revision`` read
PDF files and signatures with pyHanko. ``verify`` is the command; ``verify_sums`` stands alone and goes into each package.
"""
