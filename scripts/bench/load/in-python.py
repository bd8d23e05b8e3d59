"""Calls a WSGI application in a loop, as a server that costs nothing would: the limit for a single Python process.

    in-python.py flaskapp 2

Prints as JSON how many calls there were in so many seconds, and the seconds of the processor that they took.
"""

import importlib
import io
import json
import sys
import time


def environ_for(path):
    """What gunicorn makes of the load's request."""
    return {
        'REQUEST_METHOD': 'GET',
        'SCRIPT_NAME': '',
        'PATH_INFO': path,
        'QUERY_STRING': '',
        'RAW_URI': path,
        'SERVER_NAME': '127.0.0.1',
        'SERVER_PORT': '8000',
        'SERVER_PROTOCOL': 'HTTP/1.1',
        'SERVER_SOFTWARE': 'loop',
        'REMOTE_ADDR': '127.0.0.1',
        'REMOTE_PORT': '50000',
        'HTTP_HOST': '127.0.0.1:8000',
        'wsgi.version': (1, 0),
        'wsgi.url_scheme': 'http',
        'wsgi.input': io.BytesIO(),
        'wsgi.errors': sys.stderr,
        'wsgi.multithread': False,
        'wsgi.multiprocess': False,
        'wsgi.run_once': False,
    }


def call(app, path):
    answer = []

    def start_response(status, headers, exc_info=None):
        answer.append((status, headers))

    body = app(environ_for(path), start_response)
    try:
        page = b''.join(body)
    finally:
        if hasattr(body, 'close'):
            body.close()
    return answer[0][0], page


def measure(app, path, seconds):
    calls = 0
    began, had = time.perf_counter(), time.process_time()
    while (taken := time.perf_counter() - began) < seconds:
        call(app, path)
        calls += 1
    return {'requests': calls, 'seconds': taken, 'cpu': time.process_time() - had}


if __name__ == '__main__':
    sys.path.insert(0, '.')
    name, seconds = sys.argv[1:]
    app = importlib.import_module(name).app
    measure(app, '/hello', 0.5)
    status, _ = call(app, '/hello')
    print(json.dumps({'status': status, **measure(app, '/hello', float(seconds))}))
