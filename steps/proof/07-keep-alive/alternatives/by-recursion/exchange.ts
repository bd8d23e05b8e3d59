// A correct step 7 in another style: the conversation has no loop; each request, once answered, leads on to the next.
// Every application is run in the same way, with no shortcut for those that answer at once.

import { offerSignal } from '#given/04-start-response/client-signal.ts'
import type { Application, Environ } from '#wsgi'
import type { ByteReader } from '../02-request-line/byte-reader.ts'
import { Response, type Sink } from '../04-start-response/response.ts'
import { runApplication, type Client } from '../04-start-response/run-application.ts'
import type { RequestInput } from '../06-request-body/input.ts'
import type { BodyLimits } from '../06-request-body/limits.ts'
import { openBody } from '../06-request-body/open-body.ts'
import { MessageFraming } from './framing.ts'

export interface Exchange {
  application: Application
  reader: ByteReader
  sink: Sink
  client: Client
  limits: BodyLimits
  mayPersist?: () => boolean
}

class OneExchange {
  private readonly environ: Environ
  private readonly parts: Exchange
  private readonly framing: MessageFraming
  private readonly response: Response
  private readonly input: RequestInput

  constructor(environ: Environ, parts: Exchange) {
    this.environ = environ
    this.parts = parts
    this.framing = new MessageFraming(environ, () => this.isContent())
    this.response = new Response(parts.sink, this.framing)
    this.input = openBody(environ, parts.reader, parts.limits, () => this.askForTheBody())
  }

  async run(): Promise<boolean> {
    const { application, client } = this.parts
    const offer = offerSignal(this.environ, client)
    try {
      await runApplication(application, this.environ, this.response, client)
    } finally {
      offer.withdraw()
    }
    return this.isOfUse()
  }

  private isContent(): boolean {
    const { mayPersist } = this.parts
    return (mayPersist === undefined || mayPersist()) && !this.input.isLost
  }

  private isOfUse(): boolean | Promise<boolean> {
    if (!this.framing.persists || this.parts.client.isGone) return false
    return this.input.drain(this.parts.limits.unread)
  }

  private async askForTheBody(): Promise<void> {
    if (this.response.headSent) return
    await this.parts.sink.write('HTTP/1.1 100 Continue\r\n\r\n')
  }
}

export function answer(environ: Environ, exchange: Exchange): Promise<boolean> {
  return Promise.resolve().then(() => new OneExchange(environ, exchange).run())
}

export function answerAll(readNext: () => Promise<Environ | null>, exchange: Exchange): Promise<void> {
  return new Promise((resolve, reject) => {
    const goOn = () => {
      readNext()
        .then((environ) => environ !== null && answer(environ, exchange))
        .then((mayFollow) => (mayFollow ? goOn() : resolve()))
        .catch(reject)
    }
    goOn()
  })
}
