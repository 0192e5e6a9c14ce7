"""Where webhooks of partner systems may go, and whom they trust."""

import os

from wbcj.settings import environment

# Networks besides the public internet, such as 127.0.0.0/8: for tests. The deploy check refuses them together with a public host.
WBCJ_WEBHOOK_NETWORKS = environment.listed("WBCJ_WEBHOOK_NETWORKS")
# Certificates that are trusted besides those of the machine, as a file of PEM.
WBCJ_WEBHOOK_CA_FILE = os.environ.get("WBCJ_WEBHOOK_CA_FILE", "")
# What finds the addresses of a name.
WBCJ_WEBHOOK_RESOLVER = "foundation.webhooks.destinations.of_the_system"
