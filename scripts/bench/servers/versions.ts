// The versions of what is measured, for the lines above the tables and under the chart.
import { join } from 'node:path'
import { UWSGI } from './python-servers.ts'
import { root } from '../../lib/catalogue.ts'
import { versionOf } from '../../lib/machine/programs.ts'
import { read } from '../../lib/read.ts'

/** In one line, or none. `groups`: those that are measured. */
export async function versionsFor(groups: string[]): Promise<string[]> {
  const nginx = groups.includes('hello') && (await versionOf('nginx', ['-v']))
  const number = /[\d.]+/.exec(nginx || '')?.[0]
  const known = number === undefined ? [] : [`nginx ${number}`]
  if (groups.includes('python')) known.push(...pythonVersions())
  return known.length === 0 ? [] : [known.join(', ')]
}

/** As they are pinned, which is as they are installed. */
function pythonVersions(): string[] {
  const lists = ['requirements.txt', 'requirements-servers.txt'].map((name) =>
    join(root, 'steps', '05-framework-apps', 'python', 'setup', name),
  )
  const text = [join(root, '.venv', 'pyvenv.cfg'), ...lists].map((file) => read(file) ?? '').join('\n')
  // The Python of an environment is its `version = 3.11.7`.
  const found = text.matchAll(/^(version|Flask|Django|gunicorn|waitress) *==? *([\d.]+)/gm)
  const names = [...found].map(([, name, number]) => `${name === 'version' ? 'Python' : name} ${number}`)
  return [...names, `uWSGI ${UWSGI}`]
}
