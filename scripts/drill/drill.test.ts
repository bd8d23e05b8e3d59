// What the server of `npm run drill` runs: the applications of a step's suite, each below its name.
import { expect, test } from 'vitest'
import { loadApplication } from '#server/05-framework-apps/server.ts'
import { callApplication, environFor } from '#given/kit/application/call.ts'
import { drillApplication, STEPS_WITH_APPLICATIONS } from './drill.ts'

const asked = { 4: '/greets/x', 5: '/notes/', 6: '/counts/', 7: '/streams/hello', 8: '/reads/' }

test.each(Object.entries(asked))('of step %s, one is found below its name', async (step, target) => {
  const chosen = drillApplication(Number(step), 'a tree')
  const { application } = await loadApplication(chosen?.words ?? '', { places: chosen?.places ?? [] })
  const [found, own] = await Promise.all(
    [target, '/nobody/'].map((path) => callApplication(application, environFor({ target: path }))),
  )
  expect(found?.status).toBe('200 OK')
  expect(found?.body).not.toEqual(own?.body)
})

test('every step that has applications is asked here, and a step without them serves its own page', () => {
  expect(STEPS_WITH_APPLICATIONS.map(String)).toEqual(Object.keys(asked))
  expect(drillApplication(3, 'a tree')).toBeUndefined()
})
