// The versions of what is measured, for the line under the tables.
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { join } from 'node:path'
import { root } from '../../lib/catalogue.ts'
import { UWSGI } from '../servers/tools.ts'
import { versionOf } from '../../lib/programs.ts'

/** `groups`: those that are measured. */
export async function versionsFor(groups: string[]): Promise<string[]> {
  const nginx = groups.includes('hello')
    ? /[\d.]+/.exec((await versionOf('nginx', ['-v'])) ?? '')?.[0]
    : undefined
  const names = [nginx && `nginx ${nginx}`, ...(groups.includes('python') ? pythonVersions() : [])]
  const known = names.filter((name) => name !== undefined && name !== '')
  return known.length === 0 ? [] : [known.join(', ')]
}

/** As they are pinned, which is as they are installed. */
function pythonVersions(): string[] {
  const [frameworks, servers] = ['requirements.txt', 'requirements-servers.txt'].map((name) =>
    read(fileURLToPath(new URL(`../../steps/05-framework-apps/python/${name}`, import.meta.url))),
  )
  const python = /^version\s*=\s*([\d.]+)/m.exec(read(join(root, '.venv', 'pyvenv.cfg')))?.[1]
  return [
    ...(python === undefined ? [] : [`Python ${python}`]),
    ...['Flask', 'Django'].flatMap((name) => pinned(frameworks, name)),
    ...['gunicorn', 'waitress'].flatMap((name) => pinned(servers, name)),
    `uWSGI ${UWSGI}`,
  ]
}

/** Of a package, in a list of requirements. */
function pinned(text: string | undefined, name: string): string[] {
  const version = new RegExp(`^${name}==([\\d.]+)`, 'm').exec(text ?? '')?.[1]
  return version === undefined ? [] : [`${name} ${version}`]
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}
