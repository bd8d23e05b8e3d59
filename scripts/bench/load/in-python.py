"""Calls a WSGI application in a loop, as a server that costs nothing would: the limit for a single Python process.

    in-python.py flaskapp 2

Prints as JSON how many calls there were in so many seconds, and the seconds of the processor that they took.
"""

import importlib
import io
import json
import sys
import time
from wsgiref.util import setup_testing_defaults

# What gunicorn makes of the load's request, with this input for each call.
ENVIRON = {'PATH_INFO': '/hello', 'SCRIPT_NAME': '', 'QUERY_STRING': '', 'REMOTE_ADDR': '127.0.0.1'}
setup_testing_defaults(ENVIRON)


def call(app):
    answer = []

    def start_response(status, headers, exc_info=None):
        answer.append(status)

    body = app({**ENVIRON, 'wsgi.input': io.BytesIO()}, start_response)
    try:
        b''.join(body)
    finally:
        if hasattr(body, 'close'):
            body.close()
    return answer[0]


def measure(app, seconds):
    calls = 0
    began, had = time.perf_counter(), time.process_time()
    while (taken := time.perf_counter() - began) < seconds:
        status = call(app)
        calls += 1
    if status != '200 OK':
        sys.exit('it answers ' + status)
    return {'requests': calls, 'seconds': taken, 'cpu': time.process_time() - had}


sys.path.insert(0, '.')
name, seconds = sys.argv[1:]
app = importlib.import_module(name).app
measure(app, 0.5)
print(json.dumps(measure(app, float(seconds))))
