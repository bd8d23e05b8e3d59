"""Settings of a site without a database, sessions or templates."""

# A site that signs anything, such as sessions or password resets, needs a real key, and keeps it out of its source.
SECRET_KEY = 'this-site-signs-nothing-and-so-keeps-no-secrets'

DEBUG = False
ALLOWED_HOSTS = ['127.0.0.1', 'localhost']

# No CsrfViewMiddleware: the form changes nothing, so another site gains nothing by posting it.
MIDDLEWARE = [
    'django.middleware.security.SecurityMiddleware',
    'django.middleware.common.CommonMiddleware',
]

ROOT_URLCONF = 'helloworld.urls'
WSGI_APPLICATION = 'helloworld.wsgi.application'

TIME_ZONE = 'UTC'
USE_TZ = True
