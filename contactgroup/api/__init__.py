"""Nominations, votes, decisions and the rules of voting for partner systems. They read them; what binds a person is done by people."""
