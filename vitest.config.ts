// Unit tests lie beside the code they prove and run in plain Node.

import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    environment: 'node',
    exclude: ['**/node_modules/**', 'test/layers/**'],
    projects: [
      // Nothing here leaves a trace in its process, so the next file may have it.
      { extends: true, test: { name: 'window', include: ['src-{renderer,shared}/**/*.test.ts'], isolate: false } },
      {
        extends: true,
        test: {
          name: 'programs',
          include: ['{src-{cli,core,local,main,preload,sandbox},resources,test,scripts}/**/*.test.ts'],
        },
      },
    ],
    // Processes, not threads: tests change the working environment, sign with native code and start servers.
    pool: 'forks',
    // One more than two cores have: tests of programs and of TLS wait half of their time.
    maxWorkers: Math.max(3, availableParallelism() - 1),
    testTimeout: 30_000,
    hookTimeout: 30_000,
    teardownTimeout: 10_000,
    // A loaded machine may take its time; what never comes still fails.
    expect: { poll: { timeout: 10_000 } },
    reporters: ['default'],
  },
})
