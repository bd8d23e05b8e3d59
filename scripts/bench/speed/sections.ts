// What `npm run bench` measures, in sections: in each, several servers are asked the same.
import { inNode, nginx, subjectOn, type Subject } from '../servers/contestants.ts'
import { BARE, CONNECTIONS, hello, PIPELINED, type Section } from './section.ts'
import { pythonSections } from './sections-python.ts'
import { availableParallelism } from 'node:os'

export const GROUPS = ['hello', 'python', 'bodies', 'workers', 'floors'] as const
export type Group = (typeof GROUPS)[number]

const makers: Record<Group, (subject: Subject) => Section[] | Promise<Section[]>> = {
  hello: helloSections,
  python: pythonSections,
  bodies: bodySections,
  workers: workerSections,
  floors: floorSections,
}

export async function sectionsOf(group: Group, subject: Subject): Promise<Section[]> {
  return makers[group](subject)
}

function helloSections(subject: Subject): Section[] {
  const contestants = [subjectOn(subject), inNode('node:http'), inNode('net', BARE), nginx()]
  const base = { place: 'apart' as const, contestants }
  return [
    {
      ...base,
      id: 'hello',
      title: `Hello, ${CONNECTIONS} connections, keep-alive`,
      question: hello,
    },
    {
      ...base,
      id: 'pipelined',
      title: `Hello, ${CONNECTIONS} connections, ${PIPELINED} requests at once on each`,
      question: { ...hello, pipeline: PIPELINED },
      note: 'The load cannot tell the latency of pipelined requests.',
    },
  ]
}

function bodySections(subject: Subject): Section[] {
  const contestants = [subjectOn(subject), inNode('node:http')]
  const sizes = [
    { id: '10k', size: 10_240, title: '10 KB' },
    { id: '1m', size: 1_048_576, title: '1 MB' },
  ]
  return sizes.flatMap(({ id, size, title }) => {
    const base = { place: 'apart' as const, contestants }
    return [
      { ...base, id: `${id}-down`, title: `${title} to the client`, question: { ...hello, path: `/${id}` } },
      {
        ...base,
        contestants: [...contestants, inNode('net', BARE)],
        id: `${id}-up`,
        title: `${title} from the client, read whole`,
        question: { ...hello, path: '/length', body: size },
      },
    ]
  })
}

function workerSections(subject: Subject): Section[] {
  const withWorkers = (workers: number) => ({
    ...subjectOn(subject, { workers }),
    name: `workers=${workers}`,
  })
  const cores = availableParallelism()
  const shared = `This machine has ${cores} cores, so that the load takes from the workers what it needs itself.`
  return [
    {
      id: 'workers',
      title: 'Hello, worker processes',
      question: hello,
      place: 'anywhere',
      contestants: [withWorkers(1), withWorkers(2)],
      ...(cores > 2 ? {} : { note: shared }),
    },
  ]
}

function floorSections(subject: Subject): Section[] {
  const floors = [9, 8, 7, 6, 5, 4]
  const onFloor = (floor: number) => ({ ...subjectOn(subject, { floor }), name: `floor ${floor}` })
  return [
    {
      id: 'floors',
      title: 'Hello, on each floor',
      question: hello,
      place: 'apart',
      contestants: floors.map(onFloor),
      note:
        'Floors 4 to 6 close after each answer, so each request pays for a connection. Floors 4 to 7 print every ' +
        'line to the terminal, here to nowhere: a real terminal would cost more.',
    },
  ]
}
