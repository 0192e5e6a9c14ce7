from foundation.access import Permission


class PartnerPermission(Permission):
    """Acts on the directory and on people. They concern no root: the acts check partner and person themselves."""

    DIRECTORY = "partners.directory"
    PROFILE = "partners.profile"
    CONFIRM = "partners.confirm"
    ADMINISTER = "partners.administer"
    FOUND = "partners.found"
    AUTHORITIES = "partners.authorities"
