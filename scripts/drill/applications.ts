// What the server of a drill runs: every application of the step's suite, each below its own name, so that whatever a
// mistake needs to be seen is there to be asked for. Everything else is the step's own page.
// Here are the steps that have applications, and whose suite needs nothing else beside them.
import { application as hello } from '#given/04-start-response/hello.ts'
import { application as forms } from '#given/06-request-body/forms.ts'
import { application as counts } from '#given/07-keep-alive/counts.ts'
import { application as weather } from '#given/08-hostile-clients/weather.ts'
import type { Application } from '#wsgi'

export const step4 = among(() => import('#given/04-start-response/applications.ts'), hello)
export const step5 = among(() => import('#given/05-framework-apps/applications.ts'), hello)
export const step6 = among(() => import('#given/06-request-body/applications.ts'), forms)
export const step7 = among(() => import('#given/07-keep-alive/applications.ts'), counts)
export const step8 = among(() => import('#given/08-hostile-clients/applications.ts'), weather)

function among(load: () => Promise<object>, own: Application): Application {
  return async (environ, startResponse) => {
    const [, name = '', ...rest] = environ.PATH_INFO.split('/')
    const application: unknown = new Map(Object.entries(await load())).get(name)
    if (!isApplication(application)) return own(environ, startResponse)
    environ.SCRIPT_NAME += `/${name}`
    environ.PATH_INFO = `/${rest.join('/')}`
    return application(environ, startResponse)
  }
}

function isApplication(value: unknown): value is Application {
  return typeof value === 'function' && value.length === 2
}
