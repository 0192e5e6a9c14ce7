"""The register of an authority that works with WBCJ Coordination by its interface. It imports nothing but the standard library."""
