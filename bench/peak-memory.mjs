// Loaded into a measured program by --import: writes the most memory it ever held (bytes) to the file BENCH_PEAK_FILE as it ends.
import { writeFileSync } from 'node:fs'

process.once('exit', () => writeFileSync(process.env.BENCH_PEAK_FILE, String(process.resourceUsage().maxRSS * 1024)))
