"""Answers one request: calls the application, sends what it returns, and closes that, whatever happens."""

import os
import sys
import traceback

from .channel import ClientGone
from .head import BrokenContract
from .request import build_environ
from .response import Response

HERE = os.path.dirname(__file__)


def answer(application, request, channel):
    number, payload = request
    environ = build_environ(payload, channel)
    response = Response(channel, number, environ["REQUEST_METHOD"])
    body = None
    try:
        body = application(environ, response.start_response)
        send_body(body, response)
        response.finish()
    except ClientGone:
        response.abandon()
    except BaseException as error:  # Even sys.exit() in an application ends its request only.
        print_traceback(error)
        response.fail(error)
    finally:
        close(body)


def send_body(body, response):
    if isinstance(body, (list, tuple)):
        response.send_list(body)
        return
    if isinstance(body, (str, bytes)) or not hasattr(body, "__iter__"):
        what = type(body).__name__
        raise BrokenContract(f"the application returned {what}, not an iterable of bytes: return a list of them")
    for chunk in body:
        response.send(chunk)


def close(body):
    try:
        if hasattr(body, "close"):
            body.close()
    except BaseException as error:
        print_traceback(error)


def print_traceback(error):
    """As Python prints it, from the application's first line on."""
    trace = error.__traceback__
    while trace is not None and trace.tb_frame.f_code.co_filename.startswith(HERE):
        trace = trace.tb_next
    if trace is None and not isinstance(error, (BrokenContract, SyntaxError)):
        trace = error.__traceback__
    traceback.print_exception(type(error), error, trace)
    sys.stderr.flush()
