"""How a file comes in: it arrives (at once or in pieces), is said what it is, is looked into, and is filed or refused."""
