"""Cases for partner systems: the same rows by the same queries as the pages."""
