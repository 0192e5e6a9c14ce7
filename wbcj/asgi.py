"""What an asynchronous web server would load; the product itself is served through WSGI."""

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wbcj.settings.production")
application = get_asgi_application()
