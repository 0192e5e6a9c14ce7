from foundation.access import Permission


class PagesPermission(Permission):
    KEEP_DRAFTS = "pages.keep_drafts"
