"""The REST API of partner systems and the document that describes it."""

from wbcj.settings import environment

# Requests of one token in a minute; whoever asks more often is told how long to wait.
WBCJ_API_REQUESTS_PER_MINUTE = environment.number("WBCJ_API_REQUESTS_PER_MINUTE", 600)
# Refused tokens from one network in a quarter of an hour, after which it waits: an office behind one address makes mistakes, a
# guesser more.
WBCJ_API_WRONG_TOKENS = environment.number("WBCJ_API_WRONG_TOKENS", 100)

# How many days of changes are kept for the feed of partner systems, and from which day on: 2026-01-01:90,2027-01-01:120.
WBCJ_CHANGES_KEPT = environment.dated_numbers("WBCJ_CHANGES_KEPT", "2026-01-01:90")

# Nothing is left to the library's defaults: each address says by its base class what holds there (foundation/pages/api).
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [],
    "DEFAULT_PERMISSION_CLASSES": [],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "UNAUTHENTICATED_USER": None,
    "URL_FORMAT_OVERRIDE": None,
}
SPECTACULAR_SETTINGS = {
    "OAS_VERSION": "3.1.0",
    "TITLE": "WBCJ Coordination",
    "VERSION": "1.0",
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "PREPROCESSING_HOOKS": ["foundation.pages.api.addresses.endpoints"],
    "POSTPROCESSING_HOOKS": [],
    "DESCRIPTION": (
        "Partner systems read and do what their partner may in the browser, by the same rules. A system is an account with a"
        " membership of its own; its token says what it may be used for and never gives a right. Every look is on record.\n\n"
        "Send `Authorization: Bearer wbcj_…` with each request. Instants are in UTC with their offset, enumerations are `code` and"
        " `label`, lists have places (`next`), answers have a strong `ETag`, errors are problem documents (RFC 9457). What is hidden"
        " from the bearer and what does not exist answer alike.\n\n"
        "Clients ignore fields that they do not know: new ones may come at any time. How versions end stands in docs/api.md."
    ),
    "TAGS": [
        {"name": "entry", "description": "Where everything begins."},
        {"name": "me", "description": "Who the token acts as."},
        {"name": "partners", "description": "The directory of partners."},
        {"name": "authorities", "description": "The directory of authorities and people."},
        {"name": "changes", "description": "What changed, what came into sight and what is gone."},
        {"name": "cases", "description": "Cases, with proceedings, notes, tasks and participants."},
        {"name": "invitations", "description": "Invitations to take part in a case."},
        {"name": "nominations", "description": "Nominations to the Contact Group, with votes, recusals and decisions."},
        {"name": "criteria", "description": "By what a nomination is scored today."},
        {"name": "legal-basis", "description": "On what a joint investigation team can rest."},
        {"name": "crime-types", "description": "Forms of serious crime that a case can name today."},
        {"name": "priorities", "description": "Priorities of the European Union that a case can name today."},
        {"name": "voting-rules", "description": "How votes of the Contact Group are counted."},
        {"name": "meetings", "description": "Meetings and agendas."},
        {"name": "teams", "description": "Joint investigation teams and their checklists."},
        {"name": "sharing", "description": "Who sees a record, and why."},
    ],
}
