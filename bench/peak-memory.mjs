// Loaded into a measured program by --import: writes, as it ends, the most memory it ever held (bytes) and the processor time it took (milliseconds) to the file BENCH_PEAK_FILE.
import { writeFileSync } from 'node:fs'

process.once('exit', () => {
  const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage()
  const usage = { peak: maxRSS * 1024, processor: (userCPUTime + systemCPUTime) / 1000 }
  writeFileSync(process.env.BENCH_PEAK_FILE, JSON.stringify(usage))
})
