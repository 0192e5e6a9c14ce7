"""The documents of a record as one archive, to be handed to a court or taken into a system of one's own."""
