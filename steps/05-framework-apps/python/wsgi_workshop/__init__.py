"""What worker.py is made of. A package, so that no name in it is in the way of an application's own modules."""
