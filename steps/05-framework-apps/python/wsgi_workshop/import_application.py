"""Finds the application: imports the module, and takes the callable from it."""

import inspect
import os
import sys

from .answer import print_traceback


class Refused(Exception):
    """There is no such application. The message is for the person who asked for it."""


def load(file, folder, module, name):
    """`name` may have dots: `app.wsgi_app`. Raises Refused."""
    here = os.path.dirname(os.path.dirname(__file__))
    # Where Python put the folder of worker.py, an application expects its own.
    sys.path[:] = [folder, *(entry for entry in sys.path if entry != here)]
    found = import_module(file, module)
    application = found
    for part in name.split("."):
        if not hasattr(application, part):
            raise Refused(f'{os.path.basename(file)} has no "{name}". {suggestion(found)}')
        application = getattr(application, part)
    if not callable(application):
        kind = type(application).__name__
        short = os.path.basename(file)
        raise Refused(f'"{name}" in {short} is of type {kind}, which cannot be called. {suggestion(found)}')
    return application


def import_module(file, module):
    short = os.path.basename(file)
    try:
        __import__(module)
    except BaseException as error:
        print_traceback(error)
        raise Refused(why_not(error, short)) from None
    found = sys.modules[module]
    if not is_file_of(found, file):
        raise Refused(f'Python has a module "{module}" of its own, which hides {short}: give the file another name.')
    return found


def why_not(error, short):
    if isinstance(error, ModuleNotFoundError):
        package = (error.name or "").partition(".")[0]
        where = f"the environment {shown(sys.prefix)}"
        remedy = "install it" if os.environ.get("VIRTUAL_ENV") else "activate the environment that has it, or install it"
        install = f"{shown(sys.executable)} -m pip install {package}"
        return f'{short} imports "{package}", which is not in {where}. If it is a package, {remedy}: {install}'
    if isinstance(error, SystemExit):
        return f"{short} ends Python while it is imported: put what it runs under `if __name__ == '__main__':`."
    what = f"{type(error).__name__}: {error}"
    return f"{short} cannot be imported ({what}). Python says above where: mend it there."


def shown(path):
    """As short as it can be typed where the learner stands: npm itself always stands at the root."""
    try:
        relative = os.path.relpath(path, os.environ.get("INIT_CWD", os.curdir))
    except ValueError:  # Another drive, on Windows.
        return path
    return relative if len(relative) < len(path) else path


def is_file_of(module, file):
    """A module named like one of Python's own may be that one. A package stands for the files in it."""
    found = getattr(module, "__file__", None)
    return found is not None and os.path.realpath(found) == os.path.realpath(file)


def suggestion(module):
    names = [name for name, value in vars(module).items() if could_be_meant(module, name, value)]
    if not names:
        return "Nothing in it can be called as application(environ, start_response)."
    return f"What could be meant: {', '.join(names)}."


def could_be_meant(module, name, value):
    if name.startswith("_") or not callable(value):
        return False
    if inspect.isclass(value) or inspect.isroutine(value):
        # What is only imported, under its own name, is hardly the application.
        if value.__module__ != module.__name__ and value.__name__ == name:
            return False
    try:
        inspect.signature(value).bind("environ", "start_response")
    except Exception:  # It takes other arguments, or, like Flask's proxies, does not like to be looked at now.
        return False
    return True
