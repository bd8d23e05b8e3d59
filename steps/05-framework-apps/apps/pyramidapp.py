"""A small site, in Pyramid."""

import hashlib
import logging
import time

from pyramid.config import Configurator
from pyramid.exceptions import URLDecodeError
from pyramid.httpexceptions import HTTPBadRequest, HTTPFound, HTTPInternalServerError
from pyramid.response import Response
from pyramid.view import exception_view_config, view_config

ROUTES = {
    'hello': '/hello',
    'form': '/form',
    'upload': '/upload',
    'cookies': '/cookies',
    'stream': '/stream',
    'redirect': '/redirect',
    'fail': '/fail',
    'path': '/path/{rest:.*}',
    'query': '/query',
}


@view_config(route_name='hello', renderer='string')
def hello(request):
    return 'Hello world from Pyramid!\n'


@view_config(route_name='form', request_method='POST', renderer='string')
def form(request):
    return f'{request.POST["name"]} lives in {request.POST["city"]}.\n'


@view_config(route_name='upload', request_method='POST', renderer='string')
def upload(request):
    digest = hashlib.sha256()
    while piece := request.body_file.read(65536):
        digest.update(piece)
    return f'{digest.hexdigest()}\n'


@view_config(route_name='cookies', renderer='string')
def cookies(request):
    request.response.set_cookie('fruit', 'apple')
    request.response.set_cookie('colour', 'green')
    return 'Two cookies.\n'


@view_config(route_name='stream')
def stream(request):
    def count():
        for number in (b'one\n', b'two\n', b'three\n'):
            yield number
            time.sleep(0.05)

    return Response(content_type='text/plain', app_iter=count())


@view_config(route_name='redirect')
def elsewhere(request):
    return HTTPFound(location=request.route_url('hello'))


@view_config(route_name='fail')
def fail(request):
    raise RuntimeError('This view fails on purpose.')


@view_config(route_name='path', renderer='string')
def path(request):
    return f'{request.matchdict["rest"]}\n'


@view_config(route_name='query', renderer='string')
def query(request):
    return ''.join(f'{name}\n' for name in request.GET.getall('name'))


# Pyramid has no page of its own for what a view raises: it leaves that to an exception view, or to the server.
@exception_view_config(Exception)
def failed(error, request):
    logging.getLogger(__name__).error('%s failed', request.path_info, exc_info=error)
    return HTTPInternalServerError()


@exception_view_config(URLDecodeError)
def not_utf8(error, request):
    return HTTPBadRequest()


with Configurator() as config:
    for name, pattern in ROUTES.items():
        config.add_route(name, pattern)
    config.scan()
    app = config.make_wsgi_app()
