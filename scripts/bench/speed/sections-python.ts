// The sections in which frameworks of Python run, unchanged: on the server under test, and on those made for them.
import { setUpOrRefuseServers } from '../servers/tools.ts'
import { gunicorn, subjectOn, uwsgi, waitress, type Subject } from '../servers/contestants.ts'
import type { Place } from '../machine/cores.ts'
import { hello, type Section } from './section.ts'

export async function pythonSections(subject: Subject): Promise<Section[]> {
  const python = await setUpOrRefuseServers()
  const reference = (module: string) => subjectOn(subject, { application: `${module}:app` })
  const sync = (module: string) => gunicorn(python, module, 'sync')
  const others = (module: string) => [
    sync(module),
    gunicorn(python, module, 'gthread'),
    waitress(python, module),
    uwsgi(python, module),
  ]
  const base = { question: hello, place: ['anywhere', 'busiest apart'] satisfies Place[] }
  const whole = (id: string, what: string, module: string): Section => ({
    ...base,
    id,
    title: `${what}, one Python process`,
    contestants: [reference(module), ...others(module)],
    inPython: { python, module },
    note: `All are offered keep-alive. gunicorn's sync worker closes each connection, which is how it is built.`,
  })
  return [
    whole('flask', 'Flask', 'flaskapp'),
    {
      ...base,
      id: 'flask-one-core',
      title: 'Flask, every process of the server on one core',
      place: 'one core',
      contestants: [reference('flaskapp'), sync('flaskapp')],
    },
    whole('django', 'Django', 'djangoapp'),
  ]
}
