import sys

sys.exit("I am a script")
