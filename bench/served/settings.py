"""As the demo runs, with the addresses of the bench, and a second way into the database: to the copies without row security."""

from urllib.parse import urlsplit

from wbcj.settings import environment
from wbcj.settings.production import *  # noqa: F403
from wbcj.settings.production import DATABASES

ROOT_URLCONF = "bench.served.urls"
SECURE_SSL_REDIRECT = False
ALLOWED_HOSTS = ["127.0.0.1"]
_url = environment.addresses().database_url
DATABASES["bare"] = {**DATABASES["default"], **environment.database(_url, search_path="bare,public")}
# The product asks once for each request whether its connection still lives; so do the ways that use two.
DATABASES["bare"]["CONN_HEALTH_CHECKS"] = False
WBCJ_BENCH_DATABASE = urlsplit(_url).path.lstrip("/")
