"""The mock server: it answers with any error of a catalog, as the catalog documents it.

What is in here needs the extra ``mock``; nothing else of Errorbook imports it.
"""

from errorbook.mock.app import create_app
from errorbook.mock.server import ListenError, serve

__all__ = ["ListenError", "create_app", "serve"]
