"""Papers: HTML that was made from frozen data becomes tagged PDF, with nothing at hand but that HTML and our own asset table.

``press.printed`` is what others call: it hands the HTML to a process of its own that knows no secret, no network and no file
outside the table. Only ``fetcher`` and ``printer``, which run in that process, import WeasyPrint.
"""
