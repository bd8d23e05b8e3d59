// The page that the finished server has of itself.

import { expect, test } from 'vitest'
import { callApplication, environFor } from '#given/kit/application/call.ts'
import { application } from '../own-page.ts'

const ask = (target: string) => callApplication(application, environFor({ target }))

test('the page names its process and what there is to be measured', async () => {
  const { status, headers, body } = await ask('/')
  expect([status, headers]).toEqual(['200 OK', [['Content-Type', 'text/html; charset=utf-8']]])
  expect(String(body)).toContain(`Process ${process.pid} answered`)
  for (const command of [
    'npm run matrix',
    'npm run attack',
    'npm run bench limits mine',
    'npm run bench mine',
  ])
    expect(String(body)).toContain(command)
})

test('other pages there are none', async () => {
  expect((await ask('/nothing')).status).toBe('404 Not Found')
})
