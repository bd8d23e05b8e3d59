// Plausible wrong servers of step 6. Each is an edit of the reference, and the suite has to catch it.

import type { Mistake } from '#given/kit/mistake.ts'

export const mistakes: Mistake[] = [
  {
    name: 'length-and-coding-believed',
    misconception: 'With both Transfer-Encoding and Content-Length, the coding simply wins.',
    edit: {
      file: '06-request-body/body.ts',
      find: "length === undefined && environ.SERVER_PROTOCOL !== 'HTTP/1.0'",
      replace: "environ.SERVER_PROTOCOL !== 'HTTP/1.0'",
    },
    test: 'refuses a body that may end in two places',
    seen: 'The status should be 400; it is 200.',
    looksLike: 'a server that believes a length and a coding in the same request',
    hint: 'Another server in front of yours may believe the other one. Where does the next request begin for it?',
  },
  {
    name: 'asks-for-every-body',
    misconception: 'A client that sent a body without Expect does no harm when it is asked for it.',
    edit: {
      file: '06-request-body/open-body.ts',
      find: 'waits ? sendContinue : undefined',
      replace: 'sendContinue',
    },
    test: 'hands a form to the application',
    seen: 'The status should be 200; it is 100.',
    looksLike: 'a server that sends 100 Continue to clients that do not wait for it',
    hint: 'Which header line says that a client waits, and what is a client to do with an answer that it did not expect?',
  },
]
