"""Named like a module of Python's own."""


def app(environ, start_response):
    start_response("200 OK", [])
    return []
