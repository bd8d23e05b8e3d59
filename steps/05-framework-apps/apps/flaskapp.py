"""A small site, in Flask."""

import hashlib
import time

from flask import Flask, Response, redirect, request, url_for

app = Flask(__name__)


def text(body):
    return Response(body, mimetype='text/plain')


@app.get('/hello')
def hello():
    return text('Hello world from Flask!\n')


@app.post('/form')
def form():
    return text(f'{request.form["name"]} lives in {request.form["city"]}.\n')


@app.post('/upload')
def upload():
    digest = hashlib.sha256()
    while piece := request.stream.read(65536):
        digest.update(piece)
    return text(f'{digest.hexdigest()}\n')


@app.get('/cookies')
def cookies():
    response = text('Two cookies.\n')
    response.set_cookie('fruit', 'apple')
    response.set_cookie('colour', 'green')
    return response


@app.get('/stream')
def stream():
    def count():
        for number in ('one', 'two', 'three'):
            yield f'{number}\n'
            time.sleep(0.05)

    return text(count())


@app.get('/redirect')
def elsewhere():
    return redirect(url_for('hello'))


@app.get('/fail')
def fail():
    raise RuntimeError('This view fails on purpose.')


@app.get('/path/<path:rest>')
def path(rest):
    return text(f'{rest}\n')


@app.get('/query')
def query():
    return text(''.join(f'{name}\n' for name in request.args.getlist('name')))
