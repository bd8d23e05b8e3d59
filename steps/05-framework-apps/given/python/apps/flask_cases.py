"""Flask, and Flask with the checks of wsgiref around it."""

from wsgiref.validate import validator

from flask import Flask, request

app = Flask(__name__)
valid = validator(app)


@app.route("/form", methods=["GET", "POST"])
def form():
    return {"method": request.method, "form": request.form.to_dict(), "args": request.args.to_dict(flat=False)}


@app.route("/upload", methods=["POST"])
def upload():
    return str(len(request.get_data()))


@app.route("/fails")
def fails():
    raise RuntimeError("as a view does")
