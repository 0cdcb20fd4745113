// Unit tests lie beside the code they prove and run in plain Node.

import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    environment: 'node',
    include: ['{src-*,resources,test,scripts}/**/*.test.ts'],
    exclude: ['**/node_modules/**', 'test/layers/**'],
    // Processes, not threads: tests change the working environment, sign with native code and start servers.
    pool: 'forks',
    // Vitest's own choice leaves one worker on two cores, where TLS tests mostly wait.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    testTimeout: 30_000,
    hookTimeout: 30_000,
    teardownTimeout: 10_000,
    reporters: ['default'],
  },
})
