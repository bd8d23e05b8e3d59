// What `npm run bench` measures, in sections: in each, several servers are asked the same.
import { availableParallelism } from 'node:os'
import type { Question } from '../load/load.ts'
import type { Place } from '../machine/cores.ts'
import { bareLoop, nginx, nodeHttp, subjectOn, type Contestant } from '../servers/contestants.ts'
import { gunicorn, setUpOrRefuseServers, uwsgi, waitress } from '../servers/python-servers.ts'
import type { Subject } from '../servers/subject.ts'

export interface Section {
  id: string
  title: string
  question: Question
  /** Where the servers run. Of several places, each server has the one in which it was faster in a trial. */
  place: Place | Place[]
  /** The first one is what the others are compared with. */
  contestants: Contestant[]
  /** The module that is also called in a loop inside Python, and the interpreter for it. */
  inPython?: { python: string; module: string }
  /** What one should know to read it. */
  note?: string
}

/** Clients at a time. */
export const CONNECTIONS = 32
const PIPELINED = 16
const hello: Question = { path: '/hello', connections: CONNECTIONS }

export const makers: Record<string, (subject: Subject) => Section[] | Promise<Section[]>> = {
  hello: helloSections,
  python: pythonSections,
  bodies: bodySections,
  workers: workerSections,
  floors: floorSections,
}

function helloSections(subject: Subject): Section[] {
  const contestants = [subjectOn(subject), nodeHttp(), bareLoop(), nginx()]
  const base = { place: 'apart' as const, contestants }
  return [
    { ...base, id: 'hello', title: `Hello, ${CONNECTIONS} connections, keep-alive`, question: hello },
    {
      ...base,
      id: 'pipelined',
      title: `Hello, ${CONNECTIONS} connections, ${PIPELINED} requests at once on each`,
      question: { ...hello, pipeline: PIPELINED },
      note: 'The load cannot tell the latency of pipelined requests.',
    },
  ]
}

/** Frameworks of Python run unchanged: on the server under test, and on those made for them. */
async function pythonSections(subject: Subject): Promise<Section[]> {
  const python = await setUpOrRefuseServers()
  const reference = (module: string) => subjectOn(subject, { application: `${module}:app` })
  const sync = (module: string) => gunicorn(python, module, 'sync')
  const base = { question: hello, place: ['anywhere', 'busiest apart'] satisfies Place[] }
  const whole = (id: string, what: string, module: string): Section => ({
    ...base,
    id,
    title: `${what}, one Python process`,
    contestants: [
      reference(module),
      sync(module),
      gunicorn(python, module, 'gthread'),
      waitress(python, module),
      uwsgi(python, module),
    ],
    inPython: { python, module },
    note: `All are offered keep-alive. gunicorn's sync worker closes each connection, which is how it is built.`,
  })
  const oneCore: Section = {
    ...base,
    id: 'flask-one-core',
    title: 'Flask, every process of the server on one core',
    place: 'one core',
    contestants: [reference('flaskapp'), sync('flaskapp')],
  }
  return [whole('flask', 'Flask', 'flaskapp'), oneCore, whole('django', 'Django', 'djangoapp')]
}

function bodySections(subject: Subject): Section[] {
  const down = [subjectOn(subject), nodeHttp()]
  const up = [...down, bareLoop()]
  const sizes = [
    { id: '10k', size: 10_240, title: '10 KB' },
    { id: '1m', size: 1_048_576, title: '1 MB' },
  ]
  return sizes.flatMap(({ id, size, title }): Section[] => [
    {
      id: `${id}-down`,
      title: `${title} to the client`,
      question: { ...hello, path: `/${id}` },
      place: 'apart',
      contestants: down,
    },
    {
      id: `${id}-up`,
      title: `${title} from the client, read whole`,
      question: { ...hello, path: '/length', body: size },
      place: 'apart',
      contestants: up,
    },
  ])
}

function workerSections(subject: Subject): Section[] {
  const cores = availableParallelism()
  const note = `This machine has ${cores} cores, so that the load takes from the workers what it needs itself.`
  return [
    {
      id: 'workers',
      title: 'Hello, worker processes',
      question: hello,
      place: 'anywhere',
      contestants: [1, 2].map((workers) => subjectOn(subject, { name: `workers=${workers}`, workers })),
      ...(cores > 2 ? {} : { note }),
    },
  ]
}

function floorSections(subject: Subject): Section[] {
  return [
    {
      id: 'floors',
      title: 'Hello, on each floor',
      question: hello,
      place: 'apart',
      contestants: [9, 8, 7, 6, 5, 4].map((floor) => subjectOn(subject, { name: `floor ${floor}`, floor })),
      note:
        'Floors 4 to 6 close after each answer, so each request pays for a connection. Floors 4 to 7 print every ' +
        'line to the terminal, here to nowhere: a real terminal would cost more.',
    },
  ]
}
