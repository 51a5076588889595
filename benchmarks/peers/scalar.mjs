// Serves an OpenAPI document with Scalar's mock server, which is a library: node scalar.mjs DOCUMENT PORT
import { readFileSync } from 'node:fs'
import { serve } from '@hono/node-server'
import { createMockServer } from '@scalar/mock-server'

const [path, port] = process.argv.slice(2)
const app = await createMockServer({ document: readFileSync(path, 'utf8'), logger: false })
serve({ fetch: app.fetch, hostname: '127.0.0.1', port: Number(port) })
