"""Files: kept encrypted, fingerprinted, with a custody record; printed documents and their seals."""
