"""What comes from the server: keeps the frames that come while another one is waited for. And what goes to it."""

import os
from collections import deque
from time import monotonic

from .frames import ABORT, BROKEN, CREDIT, END, FIRST_CREDIT, HEADER, NUMBER, READ, READ_SIZE, REQUEST
from .readiness import Readiness

RECEIVE_SIZE = 65536
# For so long, in seconds, nothing is looked for that may have come (an ABORT, say), and responses may be held.
TURN = 0.001


class ClientGone(ConnectionError):
    """The client of the current request has left, so nobody is there to read from or to write to."""

    def __init__(self):
        super().__init__("The client has gone away")


class Channel:
    def __init__(self, source, outbox):
        self.source = source
        self.outbox = outbox
        self.readiness = Readiness(source)
        self.received = b""  # The beginning of a frame whose rest has not come.
        self.waiting = deque()  # Requests that are not begun: number and payload.
        self.turn_end = 0
        self.server_gone = False
        self.begin(None)

    def begin(self, number):
        """What follows is about this request."""
        self.current = number
        self.client_gone = self.server_gone
        self.credit = FIRST_CREDIT
        self.body_answer = None

    def next_request(self):
        """Waits for a request: its number and its payload. None when the server has ended the connection."""
        self.begin(None)
        if self.waiting:
            self.look()
        while not self.waiting:
            if self.server_gone:
                return None
            self.receive()
        request = self.waiting.popleft()
        self.begin(request[0])
        return request

    def look(self):
        """Takes what has come, without waiting, unless that was done a moment ago."""
        if monotonic() <= self.turn_end:
            return
        while not self.server_gone and self.readiness.has_data():
            self.receive()
        self.turn_end = monotonic() + TURN

    def check_client(self):
        """Raises ClientGone."""
        self.look()
        if self.client_gone:
            raise ClientGone

    def read_body(self, size, line):
        """Asks the server for up to `size` bytes of the request's body, or for a line, and waits for them."""
        self.check_client()
        self.send(READ, self.current, READ_SIZE.pack(line, size))
        while self.body_answer is None:
            self.receive()
            if self.client_gone:
                raise ClientGone
        (kind, payload), self.body_answer = self.body_answer, None
        if kind == BROKEN:
            raise OSError(payload.decode("utf-8", "replace"))
        return payload

    def wait_for_credit(self):
        """How many bytes of the response may be sent. Waits until there is room for one. Raises ClientGone."""
        self.check_client()
        while self.credit <= 0:
            self.receive()
            if self.client_gone:
                raise ClientGone
        return self.credit

    def receive(self):
        """Waits for bytes, and takes the frames that are whole with them."""
        data = os.read(self.source, RECEIVE_SIZE)
        if not data:
            self.server_gone = self.client_gone = True
            return
        self.turn_end = monotonic() + TURN
        data = self.received + data
        start = 0
        while len(data) >= start + HEADER.size:
            length, kind, number = HEADER.unpack_from(data, start)
            payload = start + HEADER.size
            if len(data) < payload + length:
                break
            start = payload + length
            self.take(kind, number, data[payload:start])
        self.received = data[start:]

    def take(self, kind, number, payload):
        if kind == REQUEST:
            self.waiting.append((number, payload))
        elif kind == ABORT and number != self.current:
            self.drop(number)
        elif number != self.current:
            pass  # It is about a request that is over.
        elif kind == ABORT:
            self.client_gone = True
        elif kind == CREDIT:
            self.credit += NUMBER.unpack(payload)[0]
        else:
            self.body_answer = kind, payload

    def drop(self, number):
        """Takes a request out of those that wait. It may be over already."""
        kept = deque(request for request in self.waiting if request[0] != number)
        if len(kept) < len(self.waiting):
            self.waiting = kept
            self.send(END, number)

    def send(self, kind, number, payload=b""):
        self.outbox.send(HEADER.pack(len(payload), kind, number) + payload)

    def send_last(self, kind, number, payload):
        """Sends what is the end of a response. It may go with the next one, if that is to be expected within the turn."""
        frame = HEADER.pack(len(payload), kind, number) + payload
        if not self.waiting or monotonic() > self.turn_end or not self.outbox.hold(frame):
            self.outbox.send(frame)
