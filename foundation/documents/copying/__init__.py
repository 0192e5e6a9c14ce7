"""A copy of a document under another record: chosen, ordered, encrypted anew in the background, filed there like any other."""
