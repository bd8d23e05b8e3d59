"""Runs an application on gunicorn, waitress or wsgiref, on a free port of 127.0.0.1, which it prints.

    peer.py gunicorn flaskapp

It ends when its standard input does, so that it cannot outlive the process that has started it.
"""

import importlib
import os
import socket
import sys
import threading


def end_with_parent():
    while os.read(0, 1024):
        pass
    os._exit(0)


def run_gunicorn(module, listener):
    from gunicorn.app.wsgiapp import run

    # A worker whose master is gone notices within half of the timeout.
    bind = ['--bind', f'fd://{listener.fileno()}', '--timeout', '10', '--no-control-socket']
    sys.argv = ['gunicorn', *bind, f'{module}:app']
    run()


def run_waitress(module, listener):
    from waitress import serve

    serve(importlib.import_module(module).app, sockets=[listener])


def run_wsgiref(module, listener):
    from wsgiref.simple_server import WSGIRequestHandler, WSGIServer

    server = WSGIServer(listener.getsockname(), WSGIRequestHandler, bind_and_activate=False)
    server.socket.close()
    server.socket = listener
    server.server_name, server.server_port = listener.getsockname()
    server.setup_environ()
    server.set_app(importlib.import_module(module).app)
    server.serve_forever()


RUN = {'gunicorn': run_gunicorn, 'waitress': run_waitress, 'wsgiref': run_wsgiref}

if __name__ == '__main__':
    threading.Thread(target=end_with_parent, daemon=True).start()
    sys.path.insert(0, '.')
    listener = socket.create_server(('127.0.0.1', 0))
    print(listener.getsockname()[1], flush=True)
    RUN[sys.argv[1]](sys.argv[2], listener)
