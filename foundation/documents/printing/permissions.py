from foundation.access import Level, Permission


class PrintingPermission(Permission):
    """Printing takes no more than sight: a paper shows what its reader sees on the page. Staff count papers and see none."""

    PRINT = "documents.print", Level.VIEW
    COUNT = "documents.print.count"
