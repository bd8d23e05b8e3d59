// What `npm run bench` measures, in sections: in each, several servers are asked the same.
import { availableParallelism } from 'node:os'
import { setUpServers } from '#given/05-framework-apps/python/environment.ts'
import type { Question } from '../load/load.ts'
import type { Place } from '../machine/cores.ts'
import { affordable } from '../machine/describe.ts'
import { count } from '../report/tables.ts'
import { bareLoop, nginx, nodeHttp, subjectOn, subjectsOf, type Contestant } from '../servers/contestants.ts'
import { gunicorn, uwsgi, waitress } from '../servers/python-servers.ts'
import type { Subject } from '../servers/subject.ts'
import { findSteps } from '../../lib/catalogue.ts'

export interface Section {
  /** Those of a curve have the same. */
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
const CONNECTIONS = 32
const PIPELINED = 16
/** Floors below run no application. */
const FIRST_WITH_APPLICATION = 4
const hello: Question = { path: '/hello', connections: CONNECTIONS }

export const makers: Record<string, (subject: Subject) => Section[] | Promise<Section[]>> = {
  hello: helloSections,
  python: pythonSections,
  bodies: bodySections,
  workers: workerSections,
  floors: floorSections,
  growth: growthSections,
}

function helloSections(subject: Subject): Section[] {
  const contestants = [...subjectsOf(subject), nodeHttp, bareLoop, nginx]
  const title = `Hello, ${CONNECTIONS} connections`
  return [
    { id: 'hello', title: `${title}, keep-alive`, question: hello, place: 'apart', contestants },
    {
      id: 'pipelined',
      title: `${title}, ${PIPELINED} requests at once on each`,
      question: { ...hello, pipeline: PIPELINED },
      place: 'apart',
      contestants,
      note: 'The load cannot tell the latency of pipelined requests.',
    },
  ]
}

/** Frameworks of Python run unchanged: on the server under test, and on those made for them. */
async function pythonSections(subject: Subject): Promise<Section[]> {
  const python = await setUpServers((line) => console.log(line))
  const both = (module: string) => [
    subjectOn(subject, { application: `${module}:app` }),
    gunicorn(python, module, 'sync'),
  ]
  const whole = (id: string, framework: string, module: string): Section => ({
    id,
    title: `${framework}, one Python process`,
    question: hello,
    place: ['anywhere', 'busiest apart'],
    contestants: [
      ...both(module),
      gunicorn(python, module, 'gthread'),
      waitress(python, module),
      uwsgi(python, module),
    ],
    inPython: { python, module },
    note: `All are offered keep-alive. gunicorn's sync worker closes each connection, which is how it is built.`,
  })
  const oneCore: Section = {
    id: 'flask-one-core',
    title: 'Flask, every process of the server on one core',
    question: hello,
    place: 'one core',
    contestants: both('flaskapp'),
  }
  return [whole('flask', 'Flask', 'flaskapp'), oneCore, whole('django', 'Django', 'djangoapp')]
}

function bodySections(subject: Subject): Section[] {
  const down = [...subjectsOf(subject), nodeHttp]
  const base = { place: 'apart' as const, contestants: down }
  const both = (id: string, what: string, body: number): Section[] => [
    { ...base, id: `${id}-down`, title: `${what} to the client`, question: { ...hello, path: `/${id}` } },
    {
      ...base,
      id: `${id}-up`,
      title: `${what} from the client, read whole`,
      question: { ...hello, path: '/length', body },
      contestants: [...down, bareLoop],
    },
  ]
  return [...both('10k', '10 KB', 10_240), ...both('1m', '1 MB', 1_048_576)]
}

function workerSections(subject: Subject): Section[] {
  const cores = availableParallelism()
  const shared = `This machine has ${cores} cores, so that the load takes from the workers what it needs itself.`
  const note = cores > 2 ? '' : shared
  const contestants = [1, 2].map((workers) => subjectOn(subject, { name: `workers=${workers}`, workers }))
  return [
    {
      id: 'workers',
      title: 'Hello, worker processes',
      question: hello,
      place: 'anywhere',
      contestants,
      note,
    },
  ]
}

function floorSections(subject: Subject): Section[] {
  const floors = findSteps().flatMap(({ number }) => (number < FIRST_WITH_APPLICATION ? [] : number))
  const contestants = floors.toReversed().map((floor) => subjectOn(subject, { name: `floor ${floor}`, floor }))
  const note =
    'Floors 4 to 6 close after each answer, so each request pays for a connection. Floors 4 to 7 print every ' +
    'line to the terminal, here to nowhere: a real terminal would cost more.'
  return [{ id: 'floors', title: 'Hello, on each floor', question: hello, place: 'apart', contestants, note }]
}

/** How cost grows: with the number of connections, and with the header fields of a request. */
function growthSections(subject: Subject): Section[] {
  const base = { place: 'apart' as const, contestants: [...subjectsOf(subject), nodeHttp] }
  let note = ''
  const most = affordable(10_000, (sentence) => (note = sentence))
  const sizes = [1, 10, 100, 1000, 10_000].filter((size) => size <= most)
  return [
    ...sizes.map((connections) => {
      const question = { ...hello, connections }
      return { ...base, id: 'connections', title: count(connections), question, note }
    }),
    ...[1, 10, 50, 100].map((fields) => {
      return { ...base, id: 'fields', title: String(fields), question: { ...hello, fields } }
    }),
  ]
}
