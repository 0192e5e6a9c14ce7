"""The marked strings of the product: extracted, offered to translators, and turned into the pseudo-locale of the tests."""
