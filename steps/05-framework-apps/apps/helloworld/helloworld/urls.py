"""Which view answers which path."""

from django.urls import path

from . import views

urlpatterns = [
    path('hello', views.hello, name='hello'),
    path('form', views.form),
    path('upload', views.upload),
    path('cookies', views.cookies),
    path('stream', views.stream),
    path('redirect', views.elsewhere),
    path('fail', views.fail),
    path('path/<path:rest>', views.path),
    path('query', views.query),
]
