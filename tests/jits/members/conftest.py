from tests.jits.team.conftest import browser, cast

__all__ = ["browser", "cast"]
