// What `npm run bench` measures, in sections: in each, several servers are asked the same.
import { availableParallelism } from 'node:os'
import { setUpServers } from '#given/05-framework-apps/python/setup/environment.ts'
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

/** Without `more`, its servers run apart from the load, and are asked for the short page. */
function section(id: string, title: string, contestants: Contestant[], more: Partial<Section> = {}): Section {
  return { id, title, contestants, question: hello, place: 'apart', ...more }
}

function helloSections(subject: Subject): Section[] {
  const contestants = [...subjectsOf(subject), nodeHttp, bareLoop, nginx]
  const title = `Hello, ${CONNECTIONS} connections`
  return [
    section('hello', `${title}, keep-alive`, contestants),
    section('pipelined', `${title}, ${PIPELINED} requests at once on each`, contestants, {
      question: { ...hello, pipeline: PIPELINED },
      note: 'The load cannot tell the latency of pipelined requests.',
    }),
  ]
}

/** Frameworks of Python run unchanged: on the server under test, and on those made for them. */
async function pythonSections(subject: Subject): Promise<Section[]> {
  const python = await setUpServers((line) => console.log(line))
  const both = (module: string) => [
    subjectOn(subject, { application: `${module}:app` }),
    gunicorn(python, module, 'sync'),
  ]
  const whole = (id: string, framework: string, module: string): Section => {
    const others = [gunicorn(python, module, 'gthread'), waitress(python, module), uwsgi(python, module)]
    return section(id, `${framework}, one Python process`, [...both(module), ...others], {
      place: ['anywhere', 'busiest apart'],
      inPython: { python, module },
      note: `All are offered keep-alive. gunicorn's sync worker closes each connection, which is how it is built.`,
    })
  }
  const title = 'Flask, every process of the server on one core'
  const oneCore = section('flask-one-core', title, both('flaskapp'), { place: 'one core' })
  return [whole('flask', 'Flask', 'flaskapp'), oneCore, whole('django', 'Django', 'djangoapp')]
}

function bodySections(subject: Subject): Section[] {
  const two = [...subjectsOf(subject), nodeHttp]
  const both = (id: string, what: string, body: number): Section[] => [
    section(`${id}-down`, `${what} to the client`, two, { question: { ...hello, path: `/${id}` } }),
    section(`${id}-up`, `${what} from the client, read whole`, [...two, bareLoop], {
      question: { ...hello, path: '/length', body },
    }),
  ]
  return [...both('10k', '10 KB', 10_240), ...both('1m', '1 MB', 1_048_576)]
}

function workerSections(subject: Subject): Section[] {
  const cores = availableParallelism()
  const shared = `This machine has ${cores} cores, so that the load takes from the workers what it needs itself.`
  const note = cores > 2 ? '' : shared
  const contestants = [1, 2].map((workers) => subjectOn(subject, { name: `workers=${workers}`, workers }))
  return [section('workers', 'Hello, worker processes', contestants, { place: 'anywhere', note })]
}

function floorSections(subject: Subject): Section[] {
  const floors = findSteps().flatMap(({ number }) => (number < FIRST_WITH_APPLICATION ? [] : number))
  const contestants = floors
    .toReversed()
    .map((floor) => subjectOn(subject, { name: `floor ${floor}`, floor }))
  const note =
    'Floors 4 to 6 close after each answer, so each request pays for a connection. Floors 4 to 7 print every ' +
    'line to the terminal, here to nowhere: a real terminal would cost more.'
  return [section('floors', 'Hello, on each floor', contestants, { note })]
}

/** How cost grows: with the number of connections, and with the header fields of a request. */
function growthSections(subject: Subject): Section[] {
  const contestants = [...subjectsOf(subject), nodeHttp]
  let note = ''
  const most = affordable(10_000, (sentence) => (note = sentence))
  const sizes = [1, 10, 100, 1000, 10_000].filter((size) => size <= most)
  const ofSize = (connections: number) =>
    section('connections', count(connections), contestants, { question: { ...hello, connections }, note })
  const ofFields = (fields: number) =>
    section('fields', String(fields), contestants, { question: { ...hello, fields } })
  return [...sizes.map(ofSize), ...[1, 10, 50, 100].map(ofFields)]
}
