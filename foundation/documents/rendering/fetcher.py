"""The only way from a paper to anything outside its own HTML."""

from __future__ import annotations

from collections.abc import Mapping

from weasyprint.urls import URLFetcher, URLFetcherResponse

from foundation.documents.rendering.table import SCHEME, Asset


class Refused(ValueError):
    """The address is not in the asset table."""


class Fetcher(URLFetcher):  # type: ignore[misc]  # the library brings no types
    """Knows the names of the asset table and no protocol at all: the handlers of the library's own fetcher are never made.

    What is refused is left out and counted; the paper is printed without it.
    """

    def __init__(self, assets: Mapping[str, Asset]) -> None:
        self._assets = assets
        self._fail_on_errors = False
        self.refused = 0

    def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:
        """The asset of that name. Raises Refused for every other address, whatever its protocol."""
        asset = self._assets.get(url.removeprefix(SCHEME)) if url.startswith(SCHEME) else None
        if asset is None:
            self.refused += 1
            raise Refused("not in the asset table")
        return URLFetcherResponse(url, asset.content, {"Content-Type": asset.kind})

    def open(self, url: object, data: object = None, timeout: object = None) -> URLFetcherResponse:
        """The library's other way in, closed to whatever is not a plain name."""
        return self.fetch(url if isinstance(url, str) else "")
