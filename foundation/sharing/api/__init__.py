"""Who sees a record, for partner systems: read, and decided by whoever manages it."""
