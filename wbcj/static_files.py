"""Which static files of our libraries are served."""

from django.contrib.staticfiles.apps import StaticFilesConfig


class OurStaticFiles(StaticFilesConfig):
    """Leaves out what no page of ours asks for: compressing it would be half of the work of the first start."""

    ignore_patterns = [*StaticFilesConfig.ignore_patterns, "admin", "htmx-4*", "htmax-4*", "ext"]
