"""The site's views."""

import hashlib
import time

from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST


def text(body):
    return HttpResponse(body, content_type='text/plain; charset=utf-8')


def hello(request):
    return text('Hello world from Django!\n')


@require_POST
def form(request):
    return text(f'{request.POST["name"]} lives in {request.POST["city"]}.\n')


@require_POST
def upload(request):
    digest = hashlib.sha256()
    while piece := request.read(65536):
        digest.update(piece)
    return text(f'{digest.hexdigest()}\n')


def cookies(request):
    response = text('Two cookies.\n')
    response.set_cookie('fruit', 'apple')
    response.set_cookie('colour', 'green')
    return response


def stream(request):
    def count():
        for number in ('one', 'two', 'three'):
            yield f'{number}\n'
            time.sleep(0.05)

    return StreamingHttpResponse(count(), content_type='text/plain; charset=utf-8')


def elsewhere(request):
    return redirect('hello')


def fail(request):
    raise RuntimeError('This view fails on purpose.')


def path(request, rest):
    return text(f'{rest}\n')


def query(request):
    return text(''.join(f'{name}\n' for name in request.GET.getlist('name')))
