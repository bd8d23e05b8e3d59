"""The application of the Django project beside this file."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent / 'helloworld'))

from helloworld import wsgi

app = wsgi.application
