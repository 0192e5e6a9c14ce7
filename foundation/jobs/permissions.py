from foundation.access import Permission


class JobsPermission(Permission):
    VIEW = "jobs.view"
    RUN_AGAIN = "jobs.run_again"
