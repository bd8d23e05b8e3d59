"""Fails a few calls deep, so that there is a traceback to look at."""


def prepare():
    return undefined_name  # noqa: F821


prepare()
